import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from ae_studio.gui.drawing_sheet import SIDE
from ae_studio.gui.sheet_view import SheetView
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def view(qtbot):
    made = SheetView()
    qtbot.addWidget(made)
    made.resize(302, 402)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour_at(view, x, y):
    return view.grab().toImage().pixelColor(x, y)


def test_places_of_the_widget_and_points_of_the_sheet_answer_each_other(view):
    place = QPointF(123, 45)
    assert (view.to_widget(view.to_sheet(place)) - place).manhattanLength() < 1e-9
    assert view.to_sheet(QPointF(1, 1)).manhattanLength() == pytest.approx(0)
    assert view.to_sheet(QPointF(301, 301)).x() == pytest.approx(SIDE)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_ink_is_the_themes_on_the_themes_ground(view, theme):
    view.set_theme(theme)
    view.sheet.begin(view.to_sheet(QPointF(150, 150)), 80)
    view._empty = False
    view.update()
    assert colour_at(view, 150, 150) == QColor(theme.image_ink)
    assert colour_at(view, 60, 60) == QColor(theme.image_ground)


def test_a_coloured_sheet_is_black_in_every_theme(view):
    view.set_coloured(True)
    view.set_theme(LIGHT)
    view._empty = False
    assert colour_at(view, 150, 150) == QColor("#000000")


def test_the_reason_stands_where_nothing_can_be_drawn(view):
    view.allow("Nothing can be encoded")
    assert not view.isEnabled()
    assert view.toolTip() == "Nothing can be encoded"
    view.allow("")
    assert view.isEnabled()
    assert not view.toolTip()


def test_a_stroke_repaints_little_and_a_moved_ring_what_it_left_too(qtbot, view):
    areas = []

    def listen(event):
        areas.append(QRectF(event.region().boundingRect()))
        SheetView.paintEvent(view, event)

    view.paintEvent = listen
    view.show_change(QRectF(100, 100, 50, 50))
    qtbot.waitUntil(lambda: bool(areas))
    assert areas[-1].width() < 40
    areas.clear()
    view.show_pen(QPointF(50, 50), 10)
    qtbot.waitUntil(lambda: bool(areas))
    areas.clear()
    view.show_pen(QPointF(60, 52), 10)
    qtbot.waitUntil(lambda: bool(areas))
    assert areas[-1].contains(QRectF(39, 39, 32, 24))
    assert areas[-1].width() < 60
