import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.run_chip import RunChip
from ae_studio.gui.theme import DARK, LIGHT
from tests.gui.compared_runs import compared

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chip(qtbot):
    made = RunChip(1)
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.show_run(compared("my run"), 2, 3)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(chip, name):
    return chip.findChild(QToolButton, name)


def test_it_says_which_run_it_stands_for(chip):
    assert chip.findChild(QLabel, "run_letter").text() == "B"
    assert chip.accessibleName() == "Run B: my run"
    assert "latent dimensions" in chip.toolTip()


def test_its_buttons_move_it_and_take_it_out(qtbot, chip):
    for name, by in (("move_left_button", -1), ("move_right_button", 1)):
        with qtbot.waitSignal(chip.moved) as moved:
            qtbot.mouseClick(button(chip, name), LEFT)
        assert moved.args == [1, by]
    with qtbot.waitSignal(chip.removed) as removed:
        qtbot.mouseClick(button(chip, "remove_run_button"), LEFT)
    assert removed.args == [1]


def test_the_last_one_goes_no_further_and_says_why(chip):
    chip.show_run(compared("my run"), 2, 2)
    assert not button(chip, "move_right_button").isEnabled()
    assert button(chip, "move_right_button").toolTip() == "It is the last already"
    assert button(chip, "move_left_button").isEnabled()


def test_an_epoch_is_told_with_the_run_it_is_of(qtbot, chip):
    with qtbot.waitSignal(chip.epoch_chosen) as chosen:
        qtbot.keyClick(chip.epoch_box, Qt.Key.Key_Down)
    assert chosen.args == [1, 1]


def test_one_of_several_shows_that_it_can_be_dragged_and_one_alone_does_not(chip):
    assert chip.cursor().shape() == Qt.CursorShape.OpenHandCursor
    assert "Drag it past another" in chip.toolTip()
    assert button(chip, "remove_run_button").cursor().shape() == Qt.CursorShape.ArrowCursor
    chip.show_run(compared("my run"), 2, 1)
    assert chip.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert "Drag" not in chip.toolTip()


def test_the_letter_has_the_runs_colour_in_either_theme(chip):
    for theme in (DARK, LIGHT):
        chip.set_theme(theme)
        assert run_colour(theme, 1) in chip.findChild(QLabel, "run_letter").styleSheet()
