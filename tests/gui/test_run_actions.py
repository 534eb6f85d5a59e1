"""The buttons below the table of runs, with runs of every kind chosen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from ae_studio.gui.run_actions import RunActions
from ae_studio.gui.trash_question import TrashQuestion
from ae_studio.runs.listed import ListedRun

BUTTONS = (
    "open_chosen_button",
    "use_settings_button",
    "compare_button",
    "rename_button",
    "open_folder_button",
    "trash_button",
)
OPEN, USE, COMPARE, RENAME, FOLDER, TRASH = BUTTONS


def run(folder, **values):
    known = {"model": "vae", "data": "digits", "started": "2026-11-23 14:05:09", "outcome": "finished"}
    return ListedRun(folder, **(known | values))


SOUND, OTHER = run("a", title="Rings"), run("b")
BROKEN = run("c", broken=True, outcome="", problems=("config.json: is damaged",))
TRAINED = run("d", outcome="", being_trained=True)


@pytest.fixture
def actions(qtbot):
    made = RunActions()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose(actions, *runs):
    """The cursor stands on the first."""
    actions.show_chosen(runs[0] if runs else None, list(runs))


def button(actions, name):
    return actions.findChild(QPushButton, name)


def press(qtbot, actions, name):
    qtbot.mouseClick(button(actions, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("chosen", "can"),
    [
        ((), set()),
        ((SOUND,), set(BUTTONS) - {COMPARE}),
        ((BROKEN,), {RENAME, FOLDER, TRASH}),
        ((TRAINED,), {OPEN, USE, RENAME, FOLDER}),
        ((SOUND, OTHER), {COMPARE, TRASH}),
        ((SOUND, TRAINED), {COMPARE, TRASH}),
        ((SOUND, BROKEN), {TRASH}),
        ((SOUND,) * 5, {TRASH}),
    ],
    ids=["none", "sound", "broken", "trained", "two", "one trained", "one broken", "five"],
)
def test_only_what_can_be_done_can_be_pressed_and_the_rest_says_why_not(actions, chosen, can):
    choose(actions, *chosen)
    assert {name for name in BUTTONS if button(actions, name).isEnabled()} == can
    assert all(button(actions, name).toolTip() for name in BUTTONS)
    assert all(button(actions, name).accessibleName() for name in BUTTONS)


def test_the_reason_is_in_the_users_words(actions):
    choose(actions)
    assert button(actions, OPEN).toolTip() == "Choose a run first"
    choose(actions, BROKEN)
    assert button(actions, OPEN).toolTip() == "It cannot be opened: config.json: is damaged"
    choose(actions, SOUND)
    assert button(actions, COMPARE).toolTip() == "Choose two to four runs, with Ctrl or Shift held down: 1 chosen"
    choose(actions, SOUND, BROKEN)
    assert button(actions, COMPARE).toolTip() == "c is damaged, so it cannot be compared"
    choose(actions, TRAINED)
    assert button(actions, TRASH).toolTip() == "It is being trained; stop it first"


@pytest.mark.parametrize(
    ("name", "signal"),
    [(OPEN, "open_requested"), (USE, "settings_requested"), (FOLDER, "files_requested")],
)
def test_a_button_asks_for_the_run_with_the_cursor(actions, qtbot, name, signal):
    choose(actions, OTHER)
    with qtbot.waitSignal(getattr(actions, signal)) as asked:
        press(qtbot, actions, name)
    assert asked.args == ["b"]


def test_a_name_is_asked_for_by_its_button(actions, qtbot):
    choose(actions, OTHER)
    with qtbot.waitSignal(actions.rename_requested):
        press(qtbot, actions, RENAME)


def test_several_runs_are_compared_in_the_order_of_the_rows(actions, qtbot):
    choose(actions, TRAINED, SOUND, OTHER)
    with qtbot.waitSignal(actions.compare_requested) as asked:
        press(qtbot, actions, COMPARE)
    assert asked.args == [["d", "a", "b"]]


def test_a_key_that_asks_for_what_cannot_be_done_is_told_why_not(actions, qtbot):
    choose(actions, SOUND)
    actions.allow("Stop the training first")
    with qtbot.assertNotEmitted(actions.open_requested), qtbot.waitSignal(actions.refused) as told:
        actions.open()
    assert told.args == ["Stop the training first"]
    actions.allow("")
    with qtbot.waitSignal(actions.open_requested):
        actions.open()


def test_of_no_run_a_key_asks_nothing(actions, qtbot):
    choose(actions)
    with qtbot.assertNotEmitted(actions.refused):
        actions.open()
        actions.ask_for_trash()
    assert actions.findChild(TrashQuestion) is None


def test_the_trash_takes_all_that_were_chosen_when_it_was_asked(actions, qtbot):
    choose(actions, SOUND, OTHER)
    actions.ask_for_trash()
    question = actions.findChild(TrashQuestion)
    assert "Rings\nb" in question.text()
    choose(actions, OTHER)
    yes = next(each for each in question.findChildren(QPushButton) if each.text() == "Move to trash")
    with qtbot.waitSignal(actions.trash_requested) as asked:
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert asked.args == [["a", "b"]]


def test_the_menu_offers_the_same_and_to_go_on(actions, qtbot):
    choose(actions, BROKEN)
    actions.show_menu(QPoint(), actions)
    menu = actions.findChild(QMenu, "run_menu")
    possible = [action.text() for action in menu.actions() if action.isEnabled()]
    assert possible == ["Rename…", "Open folder", "Move to trash"]
    menu.close()
    choose(actions, SOUND)
    actions.show_menu(QPoint(), actions)
    menu = next(each for each in actions.findChildren(QMenu, "run_menu") if each.isVisible())
    with qtbot.waitSignal(actions.continue_requested) as asked:
        next(action for action in menu.actions() if action.text() == "Continue…").trigger()
    assert asked.args == ["a"]
    menu.close()
