import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ae_studio.gui.direction_row import STEPS, DirectionRow
from ae_studio.gui.theme import DARK


@pytest.fixture
def row(qtbot):
    made = DirectionRow(4)
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.show_direction("z₃", "KL 1.20 nats", "", -2.0, 2.0)
    made.resize(280, 44)
    made.show()
    return made


def text(row, name):
    return row.findChild(QLabel, name).text()


def test_it_says_what_and_where(row):
    row.show_value(-0.5)
    assert (text(row, "direction_name"), text(row, "dim_label")) == ("z₃", "KL 1.20 nats")
    assert text(row, "direction_value") == "−0.50"
    assert row.slider.value() == round(STEPS * 1.5 / 4)


def test_a_key_moves_by_a_step(qtbot, row):
    row.show_value(0.0)
    with qtbot.waitSignal(row.moved) as moved:
        qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    assert moved.args == [4, pytest.approx(4 / STEPS)]


def test_a_drag_moves_all_along_and_the_slider_stays_under_the_hand(qtbot, row):
    told = []
    row.moved.connect(lambda number, value: told.append(value))
    middle = row.slider.rect().center()
    qtbot.mousePress(row.slider, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(row.slider, middle + type(middle)(60, 0))
    held = row.slider.value()
    row.show_value(-2.0)  # the hand is told of late
    assert row.slider.value() == held
    assert text(row, "direction_value") == "−2.00"
    qtbot.mouseRelease(row.slider, Qt.MouseButton.LeftButton, pos=middle + type(middle)(60, 0))
    assert told[-1] > 0.5
    row.show_value(-2.0)
    assert row.slider.value() == 0


def test_a_reset_can_be_asked_for_where_there_is_something_to_reset(qtbot, row):
    row.show_value(0.0)
    assert not row.reset_button.isEnabled()
    row.show_value(1.2)
    with qtbot.waitSignal(row.reset_requested) as asked:
        qtbot.mouseClick(row.reset_button, Qt.MouseButton.LeftButton)
    assert asked.args == [4]


def test_a_direction_that_is_not_used_is_grey_and_says_why(row):
    row.show_direction("z₃", "KL 0.00 nats", "KL 0.00 nats: the model does not use z3", -0.5, 0.5)
    assert not row.slider.isEnabled()
    assert row.slider.toolTip() == row.toolTip() == "KL 0.00 nats: the model does not use z3"
    assert text(row, "dim_label") == "KL 0.00 nats, inactive"
    row.show_value(0.3)
    assert row.reset_button.isEnabled()  # a value there can still be taken away


def test_a_value_beyond_the_ends_is_said_and_the_slider_stands_at_the_end(row):
    row.show_value(7.25)
    assert text(row, "direction_value") == "+7.25"
    assert row.slider.value() == STEPS
