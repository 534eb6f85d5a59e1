"""The queue's window with jobs of every kind, used by mouse and keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QStackedWidget

from ae_studio.gui.queue_table import BEST, EPOCHS, MIME, NAME, SHARE, STATE
from ae_studio.gui.queue_window import QueueWindow
from ae_studio.sweeps.job import Job
from ae_studio.sweeps.machine import Machine
from ae_studio.sweeps.plan import Planned
from ae_studio.sweeps.progress import Progress
from ae_studio.training.defaults import complete


@pytest.fixture
def jobs(tmp_path):
    config = complete({"epochs": 8})
    tagged = Planned(config, "β = 4", ("mine",))
    return (
        Job(1, replace(tagged, title="done"), "finished", "Finished all 8 epochs.", tmp_path),
        Job(2, tagged, "running", run=tmp_path),
        Job(3, Planned(config, "third"), "waiting"),
        Job(4, Planned(config, "fourth"), "waiting"),
        Job(5, Planned(config, "broken"), "failed", "It broke.", None, Path("the.log")),
    )


@pytest.fixture
def window(qtbot, jobs):
    made = QueueWindow()
    qtbot.addWidget(made)
    made.show_machine(Machine(cores=4), 1)
    made.show_jobs(jobs)
    made.open_queue()
    qtbot.waitExposed(made)
    return made


def button(window, name):
    return window.findChild(QPushButton, name)


def cell(window, row, column, role=Qt.ItemDataRole.DisplayRole):
    return window.table.index(row, column).data(role)


def test_each_row_says_what_it_is_and_how_far_it_has_come(window):
    window.show_progress({2: Progress(2, 31.25)})
    assert [cell(window, row, NAME) for row in range(5)] == ["done", "β = 4", "third", "fourth", "broken"]
    assert [cell(window, row, STATE) for row in range(3)] == ["finished", "running", "waiting"]
    assert (cell(window, 1, EPOCHS), cell(window, 1, BEST)) == ("2 of 8", "31.25")
    assert cell(window, 1, EPOCHS, SHARE) == 0.25
    assert cell(window, 2, EPOCHS) == "8"
    assert "the.log" in cell(window, 4, STATE, Qt.ItemDataRole.ToolTipRole)
    assert window.findChild(QLabel, "queue_told").text() == "1 at work, 2 waiting"


def test_an_empty_queue_says_how_it_is_filled(window):
    window.show_jobs(())
    assert window.findChild(QStackedWidget).currentIndex() == 1
    assert "Run in" in window.findChild(QLabel, "library_empty").text()


@pytest.mark.parametrize(
    ("number", "can"),
    [
        (1, {"queue_summary_button", "queue_open_button"}),
        (2, {"queue_call_off_button", "queue_summary_button", "queue_open_button"}),
        (3, {"queue_down_button", "queue_call_off_button"}),
        (4, {"queue_up_button", "queue_front_button", "queue_call_off_button"}),
        (5, {"queue_retry_button"}),
    ],
)
def test_only_what_can_be_done_with_a_job_can_be_pressed_and_the_rest_says_why_not(window, number, can):
    window.view.choose([number])
    buttons = {each.objectName(): each for each in window.actions_row.findChildren(QPushButton)}
    enabled = {name for name, each in buttons.items() if each.isEnabled()}
    assert enabled == can | {"queue_remove_button"}
    assert all(each.toolTip() for each in buttons.values())


def test_keys_and_buttons_move_what_waits(window, qtbot):
    window.view.choose([4])
    with qtbot.waitSignal(window.nudged) as told:
        qtbot.keyClick(window.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told.args == [4, -1]
    with qtbot.waitSignal(window.nudged) as told:
        qtbot.mouseClick(button(window, "queue_up_button"), Qt.MouseButton.LeftButton)
    assert told.args == [4, -1]
    with qtbot.waitSignal(window.actions_row.front_requested) as told:
        qtbot.mouseClick(button(window, "queue_front_button"), Qt.MouseButton.LeftButton)
    assert told.args == [4]


@pytest.mark.parametrize(("row", "place"), [(2, 2), (0, 0), (5, 4), (-1, 4)])
def test_a_job_that_is_dropped_between_rows_is_told_with_its_place(window, qtbot, row, place):
    data = QMimeData()
    data.setData(MIME, b"4")
    with qtbot.waitSignal(window.moved) as told:
        window.table.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert told.args == [4, place]


def test_only_what_waits_can_be_dragged(window):
    drags = [bool(window.table.flags(window.table.index(row, 0)) & Qt.ItemFlag.ItemIsDragEnabled) for row in range(5)]
    assert drags == [False, False, True, True, False]
    dragged = window.table.mimeData([window.table.index(3, 0), window.table.index(3, 1)])
    assert bytes(dragged.data(MIME).data()) == b"4"


def test_delete_calls_off_those_that_are_chosen_and_the_choice_outlives_another_order(window, qtbot, jobs):
    window.view.choose([2, 3])
    window.show_jobs((jobs[0], jobs[2], jobs[1], jobs[3], jobs[4]))
    assert [job.number for job in window.view.selected] == [3, 2]
    with qtbot.waitSignal(window.actions_row.call_off_requested) as told:
        qtbot.keyClick(window.view, Qt.Key.Key_Delete)
    assert sorted(told.args[0]) == [2, 3]


def test_a_double_click_opens_the_run_unless_one_is_trained_in_the_window(window, qtbot, jobs):
    at = window.view.visualRect(window.table.index(1, 0)).center()
    viewport = window.view.viewport()
    with qtbot.waitSignal(window.actions_row.open_requested) as told:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [jobs[1].run]
    window.allow_open("Stop the training first", beside=True)
    assert button(window, "queue_open_button").toolTip() == "Stop the training first"
    assert "on the same cores" in window.findChild(QLabel, "queue_told").text()


def test_the_queue_is_paused_and_goes_on_by_one_button(window, qtbot, jobs):
    pause = button(window, "pause_queue_button")
    with qtbot.waitSignal(window.pause_requested):
        qtbot.mouseClick(pause, Qt.MouseButton.LeftButton)
    window.show_jobs(jobs, paused=True)
    assert pause.text() == "Resume queue"
    assert window.findChild(QLabel, "queue_told").text().endswith("paused")
    with qtbot.waitSignal(window.resume_requested):
        qtbot.mouseClick(pause, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.stop_requested):
        qtbot.mouseClick(button(window, "stop_queue_button"), Qt.MouseButton.LeftButton)


def test_what_has_ended_is_cleared_and_what_failed_tried_again(window, qtbot):
    with qtbot.waitSignal(window.actions_row.remove_requested) as told:
        qtbot.mouseClick(button(window, "queue_remove_button"), Qt.MouseButton.LeftButton)
    assert told.args == [[1, 5]]
    window.view.choose([5])
    with qtbot.waitSignal(window.actions_row.retry_requested) as told:
        qtbot.mouseClick(button(window, "queue_retry_button"), Qt.MouseButton.LeftButton)
    assert told.args == [[5]]


def test_as_many_runs_at_once_as_there_are_cores_can_be_chosen(window, qtbot):
    box = window.findChild(QSpinBox, "queue_workers_box")
    assert (box.value(), box.maximum()) == (1, 4)
    assert "longer each" in box.toolTip()
    with qtbot.waitSignal(window.workers_chosen) as told:
        box.stepUp()
    assert told.args == [2]
