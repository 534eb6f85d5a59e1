import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ae_studio.gui.queue_actions import QueueActions
from tests.gui.queue_jobs import every_kind, job

LEFT = Qt.MouseButton.LeftButton
JOBS = every_kind()


@pytest.fixture
def actions(qtbot):
    made = QueueActions()
    qtbot.addWidget(made)
    made.resize(800, 60)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(actions, name):
    return actions.findChild(QPushButton, f"queue_{name}_button")


def choose(actions, *numbers, jobs=JOBS, why_not_open=""):
    actions.show_chosen([each for each in jobs if each.number in numbers], jobs, why_not_open)


def why_not(actions, name):
    """What its tip says, where it is disabled."""
    found = button(actions, name)
    return "" if found.isEnabled() else found.toolTip()


def pressed(qtbot, actions, name, signal):
    with qtbot.waitSignal(signal) as told:
        qtbot.mouseClick(button(actions, name), LEFT)
    return told.args


def test_without_a_choice_only_what_needs_none_can_be_done(actions):
    choose(actions)
    for name in ("up", "down", "front", "call_off", "retry", "summary", "open"):
        assert why_not(actions, name) == "Choose a run of the list first", name
    assert button(actions, "remove").isEnabled()


def test_several_are_moved_and_opened_one_at_a_time(actions):
    choose(actions, 3, 4)
    for name in ("up", "down", "front", "summary", "open"):
        assert why_not(actions, name) == "One run at a time", name
    assert button(actions, "call_off").isEnabled()


@pytest.mark.parametrize(
    ("number", "reasons"),
    [
        (1, ("Only what waits can be moved", "Only what waits can be moved", "Only what waits can be moved")),
        (3, ("It is the next to begin", "", "It is the next to begin")),
        (4, ("", "It is the last", "")),
    ],
)
def test_only_what_waits_is_moved_and_no_further_than_there_is_room(actions, number, reasons):
    choose(actions, number)
    assert tuple(why_not(actions, name) for name in ("up", "down", "front")) == reasons


def test_the_buttons_move_the_chosen_job(actions, qtbot):
    choose(actions, 4)
    assert pressed(qtbot, actions, "up", actions.nudged) == [4, -1]
    assert pressed(qtbot, actions, "front", actions.front_requested) == [4]
    choose(actions, 3)
    assert pressed(qtbot, actions, "down", actions.nudged) == [3, 1]


def test_what_is_at_work_is_stopped_what_waits_is_cancelled(actions, qtbot):
    choose(actions, 3)
    assert button(actions, "call_off").text() == "Cancel"
    choose(actions, 2, 3)
    assert button(actions, "call_off").text() == button(actions, "call_off").accessibleName() == "Stop"
    assert pressed(qtbot, actions, "call_off", actions.call_off_requested) == [[2, 3]]


@pytest.mark.parametrize(
    ("numbers", "reason"), [((1,), "It has ended"), ((8,), "It is stopping"), ((1, 5), "It has ended")]
)
def test_what_has_ended_or_is_stopping_cannot_be_called_off(actions, numbers, reason):
    choose(actions, *numbers)
    assert why_not(actions, "call_off") == reason


@pytest.mark.parametrize("number", [5, 6, 7])
def test_what_failed_was_stopped_or_cancelled_is_tried_again(actions, qtbot, number):
    choose(actions, number)
    assert pressed(qtbot, actions, "retry", actions.retry_requested) == [[number]]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nothing_else_is_tried_again(actions, number):
    choose(actions, number)
    assert why_not(actions, "retry") == "Only what failed, was stopped or cancelled can be tried again"


def test_all_that_has_ended_is_cleared_whatever_is_chosen(actions, qtbot):
    choose(actions, 3)
    assert pressed(qtbot, actions, "remove", actions.remove_requested) == [[1, 5, 6, 7]]
    choose(actions, jobs=JOBS[1:4])
    assert why_not(actions, "remove") == "None has ended"


def test_the_summary_is_that_of_the_first_tag(actions, qtbot):
    jobs = (job(1, "finished", tags=("mine", "other")), job(2, "finished"))
    choose(actions, 1, jobs=jobs)
    assert pressed(qtbot, actions, "summary", actions.summary_requested) == ["mine"]
    choose(actions, 2, jobs=jobs)
    assert why_not(actions, "summary") == "It belongs to no sweep"


def test_a_run_is_opened_once_it_has_begun_and_while_the_window_is_free(actions, qtbot, tmp_path):
    jobs = (job(1, "running", run=tmp_path), job(2, "waiting"), job(3, "finished", run=tmp_path / "gone"))
    choose(actions, 1, jobs=jobs)
    assert pressed(qtbot, actions, "open", actions.open_requested) == [tmp_path]
    choose(actions, 1, jobs=jobs, why_not_open="Stop the training first")
    assert why_not(actions, "open") == "Stop the training first"
    for number in (2, 3):
        choose(actions, number, jobs=jobs, why_not_open="Stop the training first")
        assert why_not(actions, "open") == "It has not begun"


def test_keys_do_what_the_buttons_do_and_nothing_where_those_are_disabled(actions, qtbot, tmp_path):
    jobs = (job(1, "running", run=tmp_path), job(2, "finished"))
    choose(actions, 1, jobs=jobs)
    with qtbot.waitSignals([actions.open_requested, actions.call_off_requested]):
        actions.open()
        actions.call_off()
    choose(actions, 2, jobs=jobs)
    with qtbot.assertNotEmitted(actions.open_requested), qtbot.assertNotEmitted(actions.call_off_requested):
        actions.open()
        actions.call_off()
