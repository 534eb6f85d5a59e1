"""The queue in the whole window, with processes that live and die as the test says; one real sweep."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QWidget

from ae_studio.runs.library import list_runs
from ae_studio.training.defaults import complete
from tests.sweeps.test_queue import FakeProcess

LOADED = 60_000  # ms: the first test of a process loads torch


def click(qtbot, window, name):
    button = window.findChild(QWidget, name)
    assert button.isEnabled(), button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_queue(window, **values):
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 1, "settings": {"hidden": "8"}, **values}))
    box = window.findChild(QComboBox, "run_in_box")
    box.setCurrentIndex(box.findData("queue"))


@pytest.fixture
def processes(window, monkeypatch):
    made = []

    def start(*words):
        made.append(FakeProcess(*words))
        return made[-1]

    window.queueing.keeper.queue._start = start
    yield made
    window.queueing.keeper.queue.pause()
    for process in made:
        process.end()
    window.queueing.keeper.poll()
    window.queueing._agreed = True


def test_train_puts_the_forms_settings_into_the_queue(qtbot, window, processes):
    choose_queue(window, latent_dim=3)
    train = window.findChild(QWidget, "train_button")
    assert train.text() == "Add to queue"
    click(qtbot, window, "train_button")
    click(qtbot, window, "train_button")
    assert [job.state for job in window.queueing.keeper.jobs] == ["running", "waiting"]
    assert window.findChild(QWidget, "queue_button").text() == "Queue (2)"
    assert "--latent-dim" in processes[0].command
    assert not window.session.training
    assert train.isEnabled()


def test_closing_asks_and_the_commands_of_what_waits_can_be_copied(qtbot, window, processes):
    choose_queue(window)
    click(qtbot, window, "train_button")
    click(qtbot, window, "train_button")
    window.close()
    assert window.isVisible()
    question = window.findChild(QMessageBox, "queue_question")
    copy = next(each for each in question.buttons() if each.text() == "Copy commands and close")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert QGuiApplication.clipboard().text().startswith("ae-studio train ")
    assert not processes[0].interrupts


def test_closing_can_stop_what_is_trained(qtbot, window, processes):
    choose_queue(window)
    click(qtbot, window, "train_button")
    window.close()
    question = window.findChild(QMessageBox, "queue_question")
    stop = next(each for each in question.buttons() if each.text() == "Stop and close")
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert processes[0].interrupts == 1
    assert not window.isVisible()


def test_a_sweep_from_the_form_is_trained_and_its_summary_leads_to_a_run(qtbot, window):
    choose_queue(window)
    click(qtbot, window, "sweep_button")
    dialog = window.queueing.sweep_dialog
    qtbot.keyClicks(dialog.findChild(QLineEdit, "sweep_values_1_box"), "1,4")
    click(qtbot, window, "add_sweep_button")
    keeper = window.queueing.keeper
    assert window.queueing.dialog.isVisible()
    qtbot.waitUntil(lambda: all(job.state == "finished" for job in keeper.jobs), timeout=2 * LOADED)
    assert [run.title for run in list_runs().runs] == ["β = 4", "β = 1"]
    window.queueing.dialog.view.choose([1])
    with qtbot.waitSignal(keeper.summary_read, timeout=LOADED):
        click(qtbot, window, "queue_summary_button")
    plot = window.queueing.summary._plot
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED) as opened:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert opened.args[0].config.settings["beta"] == 1
