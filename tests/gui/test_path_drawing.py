import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.path_drawing import PathDrawing
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import PixelMap, ViewWindow

LINE = np.stack([np.linspace(-3, 3, 65), np.zeros(65)], axis=1).astype(np.float32)
DOTS = LINE[::16]


def painted(behind):
    image = QImage(400, 200, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing = PathDrawing(LINE, DOTS, np.array([behind] * 65), np.array([behind] * 5))
    drawing.paint(painter, PixelMap(ViewWindow(0, 0, 4, 2), 400, 200), DARK)
    painter.end()
    return image


@pytest.mark.parametrize(("behind", "alpha"), [(False, 255), (True, 200)])
def test_the_line_runs_through_its_frames_fainter_behind_a_globe(qapp, behind, alpha):
    image = painted(behind)
    between = image.pixelColor(250, 100)
    assert between.alpha() <= alpha
    assert image.pixelColor(250, 120).alpha() == 0
    if not behind:
        assert between == QColor(DARK.accent)


def test_its_ends_are_discs_with_letters(qapp):
    image = painted(False)
    for x in (50, 350):
        assert image.pixelColor(x - 6, 100) == QColor(DARK.accent)
        inside = [image.pixelColor(x + dx, 100 + dy) for dx in range(-4, 5) for dy in range(-4, 5)]
        assert any(each.lightness() < 80 for each in inside)  # a letter in the dark of the accent's text
