"""Drawing with real events of mouse, stylus and keys."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QApplication

from ae_studio.gui.drawing_pad import DrawingPad, may_be_picture
from ae_studio.gui.drawing_sheet import SIDE
from ae_studio.gui.undo import UndoStack

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def pad(qtbot):
    made = DrawingPad()
    qtbot.addWidget(made)
    made.resize(282, 282)
    made.show()
    qtbot.waitExposed(made)
    made.steps = UndoStack(made)
    made.did.connect(made.steps.did)
    return made


def stroke(qtbot, pad, *points, button=LEFT):
    """Points in shares of the pad."""
    places = [QPoint(round(1 + 280 * x), round(1 + 280 * y)) for x, y in points]
    qtbot.mousePress(pad, button, pos=places[0])
    for place in places[1:]:
        drag(pad, place, button)
    qtbot.mouseRelease(pad, button, pos=places[-1])


def drag(pad, place, button=LEFT):
    """Pytest-qt's own moves hold no button."""
    send(pad, QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, button)


def send(pad, kind, place, button, held):
    where = QPointF(place)
    event = QMouseEvent(kind, where, pad.mapToGlobal(where), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, event)


def ink_at(pad, x, y):
    return int(pad.sheet.ink()[round(SIDE * y), round(SIDE * x)])


def test_the_left_button_draws(qtbot, pad):
    stroke(qtbot, pad, (0.2, 0.5), (0.5, 0.5), (0.8, 0.5))
    assert not pad.is_empty
    assert ink_at(pad, 0.5, 0.5) == 255
    assert ink_at(pad, 0.5, 0.3) == 0


def test_every_move_tells_that_there_is_more(qtbot, pad):
    told = []
    pad.changed.connect(lambda: told.append(int(pad.sheet.ink().sum())))
    qtbot.mousePress(pad, LEFT, pos=QPoint(50, 50))
    for x in (80, 110, 140):
        drag(pad, QPoint(x, 60))
    assert len(told) == 4
    assert told == sorted(told)


def test_the_right_button_erases_and_no_menu_opens(qtbot, pad):
    stroke(qtbot, pad, (0.2, 0.5), (0.8, 0.5))
    stroke(qtbot, pad, (0.5, 0.3), (0.5, 0.7), button=RIGHT)
    assert ink_at(pad, 0.5, 0.5) == 0
    assert ink_at(pad, 0.25, 0.5) == 255
    assert pad.contextMenuPolicy() == Qt.ContextMenuPolicy.PreventContextMenu


def test_the_eraser_can_be_taken_in_hand(qtbot, pad):
    stroke(qtbot, pad, (0.2, 0.5), (0.8, 0.5))
    pad.erasing = True
    stroke(qtbot, pad, (0.1, 0.5), (0.9, 0.5))
    assert pad.is_empty


def test_moving_without_a_button_draws_nothing(qtbot, pad):
    qtbot.mouseMove(pad, QPoint(50, 50))
    qtbot.mouseMove(pad, QPoint(150, 150))
    assert pad.is_empty
    assert pad._pen_at is not None


def test_strokes_are_undone_and_redone_one_by_one(qtbot, pad):
    stroke(qtbot, pad, (0.2, 0.3), (0.8, 0.3))
    stroke(qtbot, pad, (0.2, 0.7), (0.8, 0.7))
    assert pad.steps.undoText() == "Draw a stroke"
    pad.steps.undo()
    assert (ink_at(pad, 0.5, 0.3), ink_at(pad, 0.5, 0.7)) == (255, 0)
    pad.steps.undo()
    assert pad.is_empty
    pad.steps.redo()
    pad.steps.redo()
    assert (ink_at(pad, 0.5, 0.3), ink_at(pad, 0.5, 0.7)) == (255, 255)


def test_undoing_while_the_pen_is_down_gives_up_the_stroke_under_way(qtbot, pad):
    stroke(qtbot, pad, (0.2, 0.3), (0.8, 0.3))
    qtbot.mousePress(pad, LEFT, pos=QPoint(50, 200))
    drag(pad, QPoint(200, 200))
    pad.steps.undo()
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(200, 200))
    assert pad.is_empty
    assert pad.steps.count() == 1


def test_clearing_can_be_undone(qtbot, pad):
    stroke(qtbot, pad, (0.2, 0.3), (0.8, 0.3))
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_empty
    assert pad.steps.undoText() == "Clear the drawing"
    pad.steps.undo()
    assert ink_at(pad, 0.5, 0.3) == 255


def test_keys_move_the_pen_and_space_puts_it_down_and_lifts_it(qtbot, pad):
    pad.setFocus()
    for _ in range(6):
        qtbot.keyClick(pad, Qt.Key.Key_Left)
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    for _ in range(6):
        qtbot.keyClick(pad, Qt.Key.Key_Down)
    qtbot.keyClick(pad, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    qtbot.keyClick(pad, Qt.Key.Key_Right)
    x = 0.5 - 6 / 28
    assert ink_at(pad, x, 0.5 + 3 / 28) == 255
    assert ink_at(pad, 0.5, 0.5) == 0
    assert pad.steps.count() == 1
    assert not pad.sheet.drawing


def test_the_pen_of_the_keys_stays_on_the_pad_and_is_seen(qtbot, pad):
    pad.setFocus()
    for _ in range(40):
        qtbot.keyClick(pad, Qt.Key.Key_Right)
    assert pad._pen_at.x() == pytest.approx(281, abs=1)


def test_losing_the_focus_lifts_the_pen(qtbot, pad):
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    pad.clearFocus()
    assert not pad.sheet.drawing
    assert pad.steps.count() == 1


def stylus(pad, kind, x, y, pressure, pointer=QPointingDevice.PointerType.Pen):
    device = QPointingDevice(
        "stylus",
        1,
        QInputDevice.DeviceType.Stylus,
        pointer,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        3,
    )
    place = QPointF(1 + 280 * x, 1 + 280 * y)
    whole = pad.mapToGlobal(place)
    held = LEFT if kind != QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
    event = QTabletEvent(
        kind, device, place, whole, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier(0), LEFT, held
    )
    QApplication.sendEvent(pad, event)
    assert event.isAccepted()


def test_a_stylus_draws_as_wide_as_it_presses_and_erases_with_its_other_end(pad):
    for y, pressure in ((0.3, 0.1), (0.7, 1.0)):
        stylus(pad, QEvent.Type.TabletPress, 0.2, y, pressure)
        stylus(pad, QEvent.Type.TabletMove, 0.8, y, pressure)
        stylus(pad, QEvent.Type.TabletRelease, 0.8, y, 0.0)
    ink = pad.sheet.ink()
    upper, lower = ink[: SIDE // 2, SIDE // 2].sum(), ink[SIDE // 2 :, SIDE // 2].sum()
    assert 0.3 < upper / lower < 0.6
    other = QPointingDevice.PointerType.Eraser
    stylus(pad, QEvent.Type.TabletPress, 0.1, 0.7, 1.0, other)
    stylus(pad, QEvent.Type.TabletMove, 0.9, 0.7, 1.0, other)
    stylus(pad, QEvent.Type.TabletRelease, 0.9, 0.7, 0.0, other)
    assert not pad.sheet.ink()[SIDE // 2 :].any()


def test_a_picture_that_is_dragged_over_the_pad_is_invited_and_told_when_dropped(qtbot, pad):
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, LEFT, none)
    QApplication.sendEvent(pad, enter)
    assert enter.isAccepted()
    assert pad._invited
    with qtbot.waitSignal(pad.dropped) as told:
        QApplication.sendEvent(pad, QDropEvent(QPointF(50, 50), copy, data, LEFT, none))
    assert told.args[0].hasImage()
    assert not pad._invited
    QApplication.sendEvent(pad, QDragEnterEvent(QPoint(50, 50), copy, data, LEFT, none))
    QApplication.sendEvent(pad, QDragLeaveEvent())
    assert not pad._invited


def test_text_is_not_invited(pad):
    data = QMimeData()
    data.setText("seven")
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, enter)
    assert not pad._invited


def test_files_may_be_pictures_and_addresses_may_not():
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/7.png")])
    assert not may_be_picture(data)
    data.setUrls([QUrl.fromLocalFile("/tmp/7.png")])
    assert may_be_picture(data)


def test_a_pad_that_is_greyed_takes_no_ink(pad):
    pad.allow("Train a model first")
    send(pad, QEvent.Type.MouseButtonPress, QPoint(50, 50), LEFT, LEFT)
    drag(pad, QPoint(150, 150))
    assert pad.is_empty


def test_a_move_of_the_pen_is_painted_in_time(qtbot, pad):
    """From the event to the end of its painting; 8 ms is a frame of a fast screen."""
    stroke(qtbot, pad, (0.2, 0.2), (0.8, 0.8), (0.3, 0.9))
    qtbot.mousePress(pad, LEFT, pos=QPoint(50, 50))
    spent = []
    for angle in np.linspace(0, 6, 60):
        began = time.perf_counter()
        drag(pad, QPoint(int(140 + 90 * np.cos(angle)), int(140 + 90 * np.sin(angle))))
        pad.repaint(pad.visibleRegion().boundingRect().intersected(pad.rect()))  # all of it, worse than what is asked
        spent.append(time.perf_counter() - began)
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(50, 50))
    assert np.median(spent) < 0.008
