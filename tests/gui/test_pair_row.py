import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton

from ae_studio.gui.pair_row import ORIGINAL, PairRow
from ae_studio.gui.theme import DARK

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def row(qtbot):
    made = PairRow()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.offer(3)
    made.show()
    qtbot.waitExposed(made)
    return made


def box(row, side):
    return row.findChild(QComboBox, f"pair_{side}_box")


def choose(row, side, text):
    """By keys, as a user does who does not open the list."""
    QTest.keyClicks(box(row, side), text)
    assert box(row, side).currentText() == text


def texts(row, side):
    return [box(row, side).itemText(index) for index in range(box(row, side).count())]


def test_in_a_narrow_place_the_two_runs_stand_together_below_the_modes_which_keep_their_words(row):
    modes = [row.findChild(QToolButton, f"{mode}_button") for mode in ("swipe", "blink", "difference")]
    row.resize(max(mode.x() + mode.width() for mode in modes) + 20, 80)

    def top(widget):
        return widget.mapTo(row, QPoint(0, 0)).y()

    assert top(box(row, "left")) == top(box(row, "right")) > top(modes[2])
    assert all(mode.width() >= mode.sizeHint().width() for mode in modes)


def test_the_first_two_runs_stand_there_at_first_with_the_original_on_offer(row):
    assert row.pair == (0, 1)
    assert texts(row, "left") == texts(row, "right") == ["Original", "A", "B", "C"]


def test_a_run_alone_stands_beside_the_original(row):
    row.offer(1)
    assert row.pair == (ORIGINAL, 0)
    assert texts(row, "left") == ["Original", "A"]


def test_another_choice_is_told(row, qtbot):
    with qtbot.waitSignal(row.pair_changed):
        choose(row, "right", "C")
    assert row.pair == (0, 2)


def test_a_choice_outlives_runs_that_come_and_go(row, qtbot):
    choose(row, "left", "B")
    choose(row, "right", "Original")
    with qtbot.assertNotEmitted(row.pair_changed):
        row.offer(4)
        row.offer(2)
    assert row.pair == (1, ORIGINAL)


@pytest.mark.parametrize(("left", "right"), [("C", "A"), ("C", "B"), ("A", "C"), ("B", "C"), ("C", "C")])
def test_where_a_chosen_run_is_gone_no_run_is_laid_over_itself(row, left, right):
    choose(row, "left", left)
    choose(row, "right", right)
    row.offer(2)
    first, second = row.pair
    assert first != second
    assert {first, second} <= {ORIGINAL, 0, 1}


def test_the_button_changes_the_two_over_and_tells_it_once(row, qtbot):
    told = []
    row.pair_changed.connect(lambda: told.append(row.pair))
    qtbot.mouseClick(row.findChild(QToolButton, "pair_swap_button"), LEFT)
    assert told == [(1, 0)]


def test_one_mode_at_a_time_is_chosen_and_told(row, qtbot):
    with qtbot.waitSignal(row.mode_changed) as told:
        qtbot.mouseClick(row.findChild(QToolButton, "difference_button"), LEFT)
    assert told.args == ["difference"]
    names = ("swipe", "blink", "difference")
    assert [row.findChild(QToolButton, f"{name}_button").isChecked() for name in names] == [False, False, True]


def test_how_often_they_blink_is_asked_only_where_they_do(row, qtbot):
    rate = row.findChild(QSlider, "blink_rate_slider")
    assert not rate.isVisible()
    qtbot.mouseClick(row.findChild(QToolButton, "blink_button"), LEFT)
    assert rate.isVisible()
    with qtbot.waitSignal(row.rate_changed) as told:
        qtbot.keyClick(rate, Qt.Key.Key_Right)
    assert told.args == [3.0]
    assert "3 Hz" in [label.text() for label in row.findChildren(QLabel)]
    qtbot.mouseClick(row.findChild(QToolButton, "swipe_button"), LEFT)
    assert not rate.isVisible()


def test_at_no_rate_they_are_changed_by_hand(row, qtbot):
    qtbot.mouseClick(row.findChild(QToolButton, "blink_button"), LEFT)
    rate = row.findChild(QSlider, "blink_rate_slider")
    with qtbot.waitSignal(row.rate_changed) as told:
        qtbot.keyClick(rate, Qt.Key.Key_Home)
    assert told.args == [0.0]
    assert "by hand" in [label.text() for label in row.findChildren(QLabel)]
    assert rate.toolTip() == "X or a click changes them"
