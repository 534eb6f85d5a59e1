from pathlib import Path

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
    """Run B of three, at its epoch 1 of 0 to 2."""
    made = RunChip(1)
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.show_run(compared("rings", path=Path("folder")), 1, 3)
    made.resize(400, 40)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(chip, name):
    return chip.findChild(QToolButton, name)


def test_it_says_what_the_run_is_called_what_it_is_and_where(chip):
    assert chip.findChild(QLabel, "run_letter").text() == "B"
    assert chip.accessibleName() == "Run B: rings"
    assert chip.toolTip().startswith("folder\nvae, digits, 2 latent dimensions\n")
    assert chip.epoch_box.value() == 1
    assert chip.epoch_box.toolTip() == "Epochs 0 to 2 are kept"


def test_a_run_that_is_still_trained_says_how_its_newest_epoch_is_seen(chip):
    chip.show_run(compared("rings", ended=None), 2, 3)
    assert "it has no end yet: Reload takes its newest" in chip.epoch_box.toolTip()


def test_an_epoch_that_is_stepped_to_is_told_with_the_place_of_the_run(chip, qtbot):
    with qtbot.waitSignal(chip.epoch_chosen) as told:
        qtbot.keyClick(chip.epoch_box, Qt.Key.Key_Up)
    assert told.args == [1, 2]


def test_showing_a_run_chooses_nothing(chip, qtbot):
    with qtbot.assertNotEmitted(chip.epoch_chosen):
        chip.show_run(compared("other", (3.0, 2.0)), 0, 2)
    assert chip.epoch_box.value() == 0


@pytest.mark.parametrize(("name", "by"), [("move_left_button", -1), ("move_right_button", 1)])
def test_it_moves_to_either_side(chip, qtbot, name, by):
    with qtbot.waitSignal(chip.moved) as told:
        qtbot.mouseClick(button(chip, name), LEFT)
    assert told.args == [1, by]


def test_it_leaves_the_comparison(chip, qtbot):
    with qtbot.waitSignal(chip.removed) as told:
        qtbot.mouseClick(button(chip, "remove_run_button"), LEFT)
    assert told.args == [1]


def test_the_last_has_no_way_to_the_right_and_says_so(chip, qtbot):
    chip.show_run(compared("rings"), 1, 2)
    right = button(chip, "move_right_button")
    assert not right.isEnabled()
    assert right.toolTip() == "It is the last already"
    with qtbot.assertNotEmitted(chip.moved):
        qtbot.mouseClick(right, LEFT)
    chip.show_run(compared("rings"), 1, 3)
    assert right.isEnabled()
    assert right.toolTip() == "Move run B to the right"


def test_the_first_has_no_way_to_the_left_and_says_so(qtbot):
    first = RunChip(0)
    qtbot.addWidget(first)
    first.show_run(compared("rings"), 1, 2)
    assert not button(first, "move_left_button").isEnabled()
    assert button(first, "move_left_button").toolTip() == "It is the first already"
    assert button(first, "move_right_button").isEnabled()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_letter_stands_on_the_colour_of_the_run(chip, theme):
    chip.set_theme(theme)
    letter = chip.findChild(QLabel, "run_letter")
    corner = letter.grab().toImage().pixelColor(4, letter.height() // 2)
    assert corner.name() == run_colour(theme, 1)
    assert not button(chip, "remove_run_button").icon().isNull()


def test_one_of_several_shows_that_it_can_be_dragged_and_one_alone_does_not(chip):
    assert chip.cursor().shape() == Qt.CursorShape.OpenHandCursor
    assert "Drag it past another" in chip.toolTip()
    assert button(chip, "remove_run_button").cursor().shape() == Qt.CursorShape.ArrowCursor
    chip.show_run(compared("rings"), 1, 1)
    assert chip.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert "Drag" not in chip.toolTip()
