"""Chips of no run, dragged with real mouse events."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from ae_studio.gui.chip_drag import EDGE, OUTSIDE, ChipDrag, landing
from tests.gui.mouse import move

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
ROW = [QRect(10 + 110 * index, 5, 100, 30) for index in range(4)]
SQUARE = [QRect(10 + 110 * (index % 2), 5 + 40 * (index // 2), 100, 30) for index in range(4)]


def test_a_chip_lands_before_the_first_whose_middle_is_right_of_the_mouse():
    assert landing(ROW, 0, QPoint(200, 20)).index == 1
    assert landing(ROW, 0, QPoint(999, 20)).index == 3
    assert landing(ROW, 3, QPoint(0, 20)).index == 0
    assert landing(ROW, 2, QPoint(100, 20)).index == 1


def test_short_of_anothers_middle_and_over_itself_it_stays():
    for x in (0, 60, 120, 169):
        assert landing(ROW, 0, QPoint(x, 20)) is None
    assert landing(ROW, 0, QPoint(171, 20)) is not None


def test_the_marker_stands_in_the_gap_or_beside_the_last():
    assert landing(ROW, 0, QPoint(200, 20)).marker.center().x() == pytest.approx(225, abs=1)
    assert landing(ROW, 0, QPoint(200, 20)).marker.height() == 30
    assert landing(ROW, 0, QPoint(999, 20)).marker.center().x() == pytest.approx(440 + EDGE, abs=1)
    assert landing(ROW, 3, QPoint(0, 20)).marker.center().x() == pytest.approx(10 - EDGE, abs=1)


def test_in_two_rows_the_nearer_one_counts_and_far_away_none():
    assert landing(SQUARE, 0, QPoint(30, 60)).index == 1
    assert landing(SQUARE, 0, QPoint(30, 60)).marker.top() == 45
    assert landing(SQUARE, 0, QPoint(999, 60)).index == 3
    assert landing(SQUARE, 3, QPoint(30, 10)).index == 0
    assert landing(SQUARE, 0, QPoint(999, 75 + OUTSIDE + 5)) is None


@pytest.fixture
def chips(qtbot):
    """Three chips with a label and a button each, and a hidden one."""
    window = QWidget()
    qtbot.addWidget(window)
    grid = QGridLayout(window)
    made = []
    for index in range(4):
        chip = QFrame(window, objectName=f"chip_{index}")
        row = QHBoxLayout(chip)
        row.addWidget(QLabel(f"chip {index}"))
        row.addWidget(QToolButton(text="x"))
        grid.addWidget(chip, 0, index)
        made.append(chip)
    made[3].hide()
    window.resize(600, 80)
    window.show()
    qtbot.waitExposed(window)
    yield made
    window.close()


@pytest.fixture
def drag(chips):
    return ChipDrag(chips, chips[0].parentWidget())


def over(chip, other, share=0.8):
    """A pixel of ``chip`` that lies over ``other``, so far to its right end."""
    return chip.mapFromGlobal(other.mapToGlobal(QPoint(int(share * other.width()), other.height() // 2)))


def marker(chips):
    return chips[0].parentWidget().findChild(QFrame, "chip_marker")


def ghost(chips):
    return chips[0].parentWidget().findChild(QLabel, "chip_ghost")


def begin(chip, target):
    QTest.mousePress(chip, LEFT, pos=QPoint(8, 8))
    move(chip, QPoint(8 + QApplication.startDragDistance(), 8), LEFT)
    move(chip, target, LEFT)


def test_a_chip_is_dragged_past_others_and_a_marker_shows_where_it_will_land(qtbot, chips, drag):
    first, target = chips[0], over(chips[0], chips[2])
    begin(first, target)
    assert drag.dragging
    assert marker(chips).isVisible()
    assert marker(chips).x() > chips[2].geometry().right()
    assert ghost(chips).isVisible()
    assert first.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    with qtbot.waitSignal(drag.moved) as moved:
        QTest.mouseRelease(first, LEFT, pos=target)
    assert moved.args == [0, 2]
    assert not drag.dragging
    assert not marker(chips).isVisible()
    assert not ghost(chips).isVisible()
    assert first.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_to_the_left_it_goes_by_less_than_nothing(qtbot, chips, drag):
    target = over(chips[2], chips[1], share=0.2)
    begin(chips[2], target)
    with qtbot.waitSignal(drag.moved) as moved:
        QTest.mouseRelease(chips[2], LEFT, pos=target)
    assert moved.args == [2, -1]


def test_a_label_on_the_chip_is_part_of_it_and_a_button_is_not(qtbot, chips, drag):
    label, button = chips[0].findChild(QLabel), chips[0].findChild(QToolButton)
    target = over(label, chips[1])
    begin(label, target)
    with qtbot.waitSignal(drag.moved) as moved:
        QTest.mouseRelease(label, LEFT, pos=target)
    assert moved.args == [0, 1]
    begin(button, over(button, chips[1]))
    assert not drag.dragging
    QTest.mouseRelease(button, LEFT, pos=QPoint(8, 8))


def test_a_click_and_a_hand_that_trembles_move_nothing(qtbot, chips, drag):
    with qtbot.assertNotEmitted(drag.moved):
        qtbot.mouseClick(chips[0], LEFT)
        QTest.mousePress(chips[0], LEFT, pos=QPoint(8, 8))
        move(chips[0], QPoint(8 + QApplication.startDragDistance() - 1, 8), LEFT)
        assert not drag.dragging
        QTest.mouseRelease(chips[0], LEFT, pos=QPoint(9, 8))


def test_escape_calls_it_off_wherever_the_focus_is(qtbot, chips, drag):
    target = over(chips[0], chips[2])
    begin(chips[0], target)
    window = chips[0].window()
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert drag.dragging
    qtbot.keyClick(QWidget.keyboardGrabber() or window, Qt.Key.Key_Escape)
    assert not drag.dragging
    assert not marker(chips).isVisible()
    assert QWidget.keyboardGrabber() is None
    with qtbot.assertNotEmitted(drag.moved):
        move(chips[0], target, LEFT)
        QTest.mouseRelease(chips[0], LEFT, pos=target)
    assert not drag.dragging


def test_another_button_and_chips_that_come_or_go_call_it_off(qtbot, chips, drag):
    target = over(chips[0], chips[2])
    with qtbot.assertNotEmitted(drag.moved):
        begin(chips[0], target)
        QTest.mousePress(chips[0], Qt.MouseButton.RightButton, pos=target)
        assert not drag.dragging
        QTest.mouseRelease(chips[0], Qt.MouseButton.RightButton, pos=target)
        QTest.mouseRelease(chips[0], LEFT, pos=target)
        begin(chips[0], target)
        chips[3].show()
        QTest.mouseRelease(chips[0], LEFT, pos=target)
        begin(chips[0], target)
        chips[0].hide()
        assert not drag.dragging
        assert QWidget.keyboardGrabber() is None
        QTest.mouseRelease(chips[1], LEFT)


def test_one_alone_has_nothing_to_go_past(chips, drag):
    chips[1].hide()
    chips[2].hide()
    begin(chips[0], QPoint(200, 10))
    assert not drag.dragging
    QTest.mouseRelease(chips[0], LEFT, pos=QPoint(200, 10))


def test_dropped_far_away_it_stays(qtbot, chips, drag):
    target = over(chips[0], chips[2]) + QPoint(0, 400)
    begin(chips[0], target)
    assert not marker(chips).isVisible()
    with qtbot.assertNotEmitted(drag.moved):
        QTest.mouseRelease(chips[0], LEFT, pos=target)
