import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.canvas_marks import RING, MarkedPath, NumberedRings
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import PixelMap, ViewWindow

MAP = PixelMap(ViewWindow(0, 0, 1, 1), 200, 200)  # 100 pixels a unit, its middle at 100, 100


@pytest.fixture
def painted(qapp):
    def paint(drawing):
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(QColor(DARK.canvas))
        painter = QPainter(image)
        drawing.paint(painter, MAP, DARK)
        painter.end()
        return image

    return paint


def is_accent(image, x, y):
    """Nearer to the accent than to the ground."""
    found = np.array(image.pixelColor(round(x), round(y)).getRgb()[:3], float)
    accent, ground = (np.array(QColor(colour).getRgb()[:3]) for colour in (DARK.accent, DARK.canvas))
    return bool(np.linalg.norm(found - accent) < np.linalg.norm(found - ground))


def test_rings_lie_about_their_points_with_a_number_beside(painted):
    image = painted(NumberedRings(np.array([[0.5, 0.5], [-0.5, 0]], np.float32)))
    for x, y in ((150, 50), (50, 100)):
        assert is_accent(image, x - RING, y)
        assert is_accent(image, x, y + RING)
        assert not is_accent(image, x, y)
    assert is_accent(image, 150 + RING + 1, 50 - RING - 6)  # the number's ground


def test_a_path_is_a_line_with_a_ring_at_its_place(painted):
    image = painted(MarkedPath(np.array([[-0.8, 0], [0, 0], [0.8, 0]], np.float32), 2))
    assert is_accent(image, 60, 100)
    assert is_accent(image, 180 - RING, 100)
    assert is_accent(image, 180, 100 - RING)
    assert not is_accent(image, 100, 100 - RING)


def test_points_far_outside_are_painted_without_harm(painted):
    painted(MarkedPath(np.array([[1e12, 0], [0, -1e12]], np.float32), 0))
