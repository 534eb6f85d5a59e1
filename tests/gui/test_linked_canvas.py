import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ae_studio.gui.linked_canvas import LinkedCanvas
from ae_studio.gui.view_window import ViewWindow
from tests.gui.linked_runs import CODES, LABELS
from tests.gui.mouse import move

WHOLE = ViewWindow(0, 0, 4, 3)


@pytest.fixture
def canvas(qtbot):
    canvas = LinkedCanvas("B")
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.start(LABELS, 4)
    canvas.show_linked(CODES, WHOLE)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def pixel_of(canvas, index):
    points, _ = canvas.points_seen()
    x, y = canvas.pixel_map().to_pixels(points[index : index + 1])[0]
    return QPoint(round(float(x)), round(float(y)))


def wheel(canvas, place, notches):
    event = QWheelEvent(
        QPointF(place),
        QPointF(canvas.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_it_shows_the_window_that_it_is_given(canvas):
    assert canvas.pixel_map().window == WHOLE
    assert canvas.objectName() == "linked_canvas_b"


def test_zooming_is_told_and_following_is_not(canvas, qtbot):
    told = []
    canvas.viewed.connect(told.append)
    wheel(canvas, QPoint(200, 150), 1)
    assert told == [canvas.pixel_map().window]
    assert told[0].half_width < WHOLE.half_width
    canvas.follow_view(ViewWindow(1, 0, 2, 1.5))
    assert canvas.pixel_map().window == ViewWindow(1, 0, 2, 1.5)
    assert len(told) == 1


def test_two_clicks_on_nothing_bring_all_into_view_and_tell(canvas, qtbot):
    canvas.follow_view(ViewWindow(1, 0, 2, 1.5))
    with qtbot.waitSignal(canvas.fitted):
        QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    qtbot.waitUntil(lambda: canvas.pixel_map().window == WHOLE)


def test_the_point_under_the_mouse_is_told(canvas, qtbot):
    told = []
    canvas.pointed.connect(told.append)
    move(canvas, pixel_of(canvas, 6))
    move(canvas, QPoint(200, 5))
    assert told == [6, -1]
    move(canvas, pixel_of(canvas, 7))
    canvas.hide()
    assert told[-1] == -1


def test_points_of_a_hidden_class_are_not_pointed_at(canvas):
    told = []
    canvas.hide_classes({2})
    canvas.pointed.connect(told.append)
    move(canvas, pixel_of(canvas, 6))
    assert 6 not in told


def test_codes_without_bounds_are_out_of_sight(canvas, qtbot):
    codes = CODES.copy()
    codes[3] = np.nan
    canvas.show_linked(codes, WHOLE)
    qtbot.waitUntil(lambda: bool(canvas.points_seen()[0][3, 0] == 1e6))
    canvas.grab()
