import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.comparison import cell, paint_comparison
from ae_studio.gui.theme import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

AREA = QRectF(0, 0, 280, 280)
EMPTY, FULL = np.zeros((8, 8), dtype=np.uint8), np.full((8, 8), 255, dtype=np.uint8)


def painted(original, decoded, theme=DARK):
    picture = QImage(280, 280, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme.panel))
    painter = QPainter(picture)
    paint_comparison(painter, AREA, original, decoded, theme)
    painter.end()
    return picture


def colour_in(picture, number):
    return picture.pixelColor(cell(AREA, number).center().toPoint()).name()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_original_decoded_and_difference_stand_beside_each_other(theme):
    picture = painted(EMPTY, FULL, theme)
    assert colour_in(picture, 0) == QColor(theme.image_ground).name()
    assert colour_in(picture, 1) == QColor(theme.image_ink).name()
    assert colour_in(picture, 2) == QColor(theme.too_bright).name()
    assert colour_in(painted(FULL, EMPTY, theme), 2) == QColor(theme.too_dark).name()


def test_colour_images_keep_their_colours():
    red = np.zeros((8, 8, 3), dtype=np.uint8)
    red[..., 0] = 255
    assert colour_in(painted(red, red), 0) == "#ff0000"
    assert colour_in(painted(red, red), 2) == QColor(DARK.image_ground).name()


def test_the_three_are_square_equal_and_apart():
    cells = [cell(AREA, number) for number in range(4)]
    assert len({(round(each.width(), 6), round(each.height(), 6)) for each in cells}) == 1
    for number, each in enumerate(cells):
        assert AREA.contains(each)
        assert not any(each.intersects(other) for other in cells[:number])


def test_the_error_is_written_into_the_fourth_quarter():
    ground = QColor(DARK.panel).name()
    place = cell(AREA, 3).toRect()
    picture = painted(EMPTY, FULL)
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(place.left(), place.right())
        for y in range(place.top(), place.bottom())
    }
    assert colours != {ground}
