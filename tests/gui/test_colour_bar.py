import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.colour_bar import _number, paint_colour_bar
from ae_studio.gui.even_colours import diverging
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.view_window import PixelMap, ViewWindow


@pytest.mark.parametrize(
    ("value", "reach", "text"),
    [(2.745, 4.6, "2.7"), (-1.861, 4.6, "−1.9"), (12.3, 40, "12"), (0.01234, 0.002, "0.0123"), (5, 1e-6, "5.000000")],
)
def test_numbers_have_as_many_digits_as_tell_the_ends_apart(value, reach, text):
    assert _number(value, reach) == text


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_bar_runs_from_the_first_colour_to_the_last(qapp, theme):
    image = QImage(400, 200, QImage.Format.Format_ARGB32)
    image.fill(QColor(theme.canvas))
    painter = QPainter(image)
    paint_colour_bar(painter, PixelMap(ViewWindow(), 400, 200), theme, diverging(theme), 0.0, 1.0, "what")
    painter.end()
    y = 200 - 22 - 50 + 4 + 20
    left, right = image.pixelColor(400 - 8 - 176 + 11, y), image.pixelColor(400 - 8 - 11, y)
    assert left.blue() > left.red() + 60
    assert right.red() > right.blue() + 60
