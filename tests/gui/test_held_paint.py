import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.held_paint import FocusRing, Ghost, Return, shortened, to_pixel
from ae_studio.gui.theme import DARK, LIGHT, class_colours
from ae_studio.gui.view_window import PixelMap, ViewWindow

pytestmark = pytest.mark.usefixtures("qapp")

MAP = PixelMap(ViewWindow(0, 0, 2, 2), 200, 200)  # 50 pixels a unit


def painted(drawing, theme=DARK):
    picture = QImage(200, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme.canvas))
    painter = QPainter(picture)
    drawing.paint(painter, MAP, theme)
    painter.end()
    return picture


def near(picture, x, y, colour, reach=2):
    """Whether a pixel about there has this colour, or nearly."""
    wished = QColor(colour)
    found = [picture.pixelColor(x + i, y + j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1)]
    return any(
        abs(each.red() - wished.red()) + abs(each.green() - wished.green()) + abs(each.blue() - wished.blue()) < 60
        for each in found
    )


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_ghost_has_its_classs_colour_and_a_line_to_the_handle(theme):
    picture = painted(Ghost(lambda: (-1, 0), lambda: (1, 0), 2, 4), theme)
    assert near(picture, 50, 92, class_colours(theme, 4)[2])
    assert picture.pixelColor(100, 100) != QColor(theme.canvas)
    assert picture.pixelColor(100, 90) == QColor(theme.canvas)


def test_at_its_point_the_handle_has_no_line():
    picture = painted(Ghost(lambda: (0, 0), lambda: (0.1, 0), 0, 1))
    assert picture.pixelColor(103, 100) == QColor(DARK.canvas)


def test_what_is_not_shown_has_no_mark():
    assert painted(Ghost(lambda: None, lambda: (1, 0), 0, 1)) == painted(FocusRing(lambda: None))


def test_the_focus_has_a_ring():
    assert near(painted(FocusRing(lambda: (0, 0))), 107, 100, DARK.text)


def test_the_arrow_leads_from_the_code_to_where_it_comes_back():
    picture = painted(Return(lambda: (-1, 1), lambda: (1, 1), "the model comes back 2.00 away"))
    assert near(picture, 100, 50, DARK.accent)
    assert near(picture, 147, 50, DARK.accent)  # its head
    assert not near(picture, 156, 50, DARK.accent)


def test_a_short_way_back_is_still_seen():
    assert near(painted(Return(lambda: (0, 0), lambda: (0.15, 0), "")), 104, 100, DARK.accent)


@pytest.mark.parametrize("end", [(0, 0), (50, 0), (-50, 0), (0, 50), (0, -50), (1e9, 1e9)])
def test_the_words_stay_on_the_canvas(end):
    """Wherever the arrow goes; their box has a frame of its own."""
    picture = painted(Return(lambda: (0, 0), lambda: end, "away"))
    raised = QColor(DARK.raised)
    places = [(x, y) for x in range(200) for y in range(200) if picture.pixelColor(x, y) == raised]
    assert min(x for x, _ in places) >= 4
    assert max(x for x, _ in places) <= 196
    assert min(y for _, y in places) >= 4
    assert max(y for _, y in places) <= 196


def test_places_are_pixels_and_y_grows_upwards():
    assert to_pixel((1, 1), MAP) == QPointF(150, 50)


def test_a_line_is_cut_at_both_ends():
    assert shortened(QPointF(0, 0), QPointF(10, 0), 2, 3) == (QPointF(2, 0), QPointF(7, 0))
    assert shortened(QPointF(0, 0), QPointF(5, 0), 2, 3) is None
