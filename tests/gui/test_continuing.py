"""Runs that go on, in the whole window, by its buttons."""

import json

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QWidget

from ae_studio.training.defaults import complete
from ae_studio.training.run_format import hold

LOADED = 60_000  # ms: the first test of a process loads torch


def settings(**values):
    return complete({"data": "digits", "epochs": 3, "batch_size": 256, "settings": {"hidden": "16"}, **values})


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def train(qtbot, window, **values):
    window.setup_panel.set_config(settings(**values))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, window, "train_button")
    return window.session.run_path


def asked(qtbot, window):
    """The dialog, once the button was pressed."""
    click(qtbot, window, "continue_button")
    qtbot.waitUntil(lambda: window.continuing.dialog is not None, timeout=LOADED)
    return window.continuing.dialog


def go(qtbot, window, dialog):
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    return ended.args[0]


def test_a_run_goes_on_in_its_folder_and_every_view_keeps_its_past(qtbot, window):
    button = window.findChild(QWidget, "continue_button")
    assert (button.isEnabled(), button.toolTip()) == (False, "There is no run yet")
    run = train(qtbot, window)
    dialog = asked(qtbot, window)
    assert (dialog.epoch_box.value(), dialog.apart_box.isChecked()) == (3, False)
    dialog.more_box.setValue(2)
    with qtbot.waitSignal(window.session.run_started, timeout=LOADED) as started:
        ended = go(qtbot, window, dialog)
    assert (started.args[0].first_epoch, ended.outcome, window.session.run_path) == (3, "finished", run)
    assert window.epoch_bar.kept == (0, 1, 2, 3, 4, 5)
    data = window.loss_panel._data
    assert sorted(data.epochs["validation"]) == [0, 1, 2, 3, 4, 5]
    assert data.steps.tolist() == list(range(1, 5 * data.steps_per_epoch + 1))
    assert json.loads((run / "config.json").read_text())["config"]["epochs"] == 5
    with qtbot.waitSignal(window.times.look_shown, timeout=LOADED) as shown:
        window.epoch_bar._slider.setValue(1)
    assert shown.args[0].epoch == 1


def test_a_branch_takes_over_what_the_form_says_and_is_shown_with_the_shared_past(qtbot, window):
    run = train(qtbot, window, model="beta-vae", settings={"hidden": "16", "beta": 4.0})
    window.epoch_bar._slider.setValue(1)
    dialog = asked(qtbot, window)
    assert dialog.epoch_box.value() == 1
    box = window.findChild(QWidget, "beta_box")
    box.selectAll()
    qtbot.keyClicks(box, "1")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert dialog.choice().values == {"beta": 1.0}
    dialog.more_box.setValue(1)
    assert go(qtbot, window, dialog).outcome == "finished"
    branch = window.session.run_path
    record = json.loads((branch / "config.json").read_text())
    assert record["parent"] == {"run": run.name, "epoch": 1, "exact": False}
    assert json.loads((branch / "changes.jsonl").read_text())["values"] == {"beta": 1.0}
    assert window.epoch_bar.kept == (0, 1, 2)
    assert sorted(window.loss_panel._data.epochs["validation"]) == [0, 1, 2]
    assert window.setup_panel.config().settings["beta"] == 1.0
    assert len(window.latent_panel.canvas._glide.points) > 0
    assert (run / "snapshots" / "0003.safetensors").exists()
    # And on from there, without a thought of the form.
    dialog = asked(qtbot, window)
    assert dialog.choice().values == {}
    dialog.close()


def test_a_branch_from_before_training_has_its_first_epoch_too(qtbot, window):
    train(qtbot, window, epochs=1)
    window.epoch_bar._slider.setValue(0)
    dialog = asked(qtbot, window)
    dialog.more_box.setValue(1)
    go(qtbot, window, dialog)
    assert window.epoch_bar.kept == (0, 1)
    data = window.loss_panel._data
    assert sorted(data.epochs["validation"]) == [0, 1]
    assert data.steps_per_epoch == len(data.steps)


def test_a_run_that_was_stopped_within_an_epoch_goes_on_from_its_last_whole_one(qtbot, window):
    window.setup_panel.set_config(settings(epochs=100_000, batch_size=8))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        window.session.steps_done.connect(lambda event: event.epoch == 2 and window.session.stop())
        click(qtbot, window, "train_button")
    window.session.steps_done.disconnect()
    window.session.steps_done.connect(window.loss_panel.add_steps)
    dialog = asked(qtbot, window)
    assert dialog.epoch_box.value() == 1
    dialog.more_box.setValue(1)
    go(qtbot, window, dialog)
    data = window.loss_panel._data
    assert data.steps.tolist() == list(range(1, 2 * data.steps_per_epoch + 1))


def test_the_slider_offers_to_branch_from_its_epoch(qtbot, window):
    train(qtbot, window)
    window.epoch_bar._slider.setValue(2)
    window.epoch_bar.customContextMenuRequested.emit(QPoint(5, 5))
    menu = window.epoch_bar.findChild(QMenu, "epoch_menu")
    [action] = menu.actions()
    action.trigger()
    menu.close()
    qtbot.waitUntil(lambda: window.continuing.dialog is not None, timeout=LOADED)
    assert window.continuing.dialog.epoch_box.value() == 2


def test_from_the_library_a_run_is_opened_and_asked_about(qtbot, window):
    run = train(qtbot, window)
    window.library.open()
    dialog = window.library.dialog
    qtbot.waitUntil(lambda: dialog.view.current is not None, timeout=LOADED)
    dialog.view.customContextMenuRequested.emit(dialog.view.visualRect(dialog.view.currentIndex()).center())
    menu = dialog.view.findChild(QMenu, "run_menu")
    next(action for action in menu.actions() if action.text() == "Continue…").trigger()
    menu.close()
    qtbot.waitUntil(lambda: window.continuing.dialog is not None, timeout=LOADED)
    assert window.continuing.dialog.choice().run == run.resolve()
    assert not dialog.isVisible()


def test_what_cannot_go_on_says_why_in_the_window(qtbot, window):
    run = train(qtbot, window)
    (run / "metrics.csv").write_text("")
    with qtbot.waitSignal(window.continuing.refused, timeout=LOADED):
        click(qtbot, window, "continue_button")
    assert window.message_bar.text == f"{run.resolve()}: has no whole epoch to go on from"


def test_a_run_that_crashed_goes_on_but_not_one_that_another_process_trains(qtbot, window):
    run = train(qtbot, window)
    (run / "ended.json").unlink()
    button = window.findChild(QWidget, "continue_button")
    with open(run / "metrics.csv", "a") as file:
        hold(file)
        with qtbot.waitSignal(window.session.run_opened, timeout=LOADED):
            window.open_run(str(run))
        assert "trained by another process" in button.toolTip()
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED):
        window.open_run(str(run))
    dialog = asked(qtbot, window)
    dialog.more_box.setValue(1)
    assert go(qtbot, window, dialog).outcome == "finished"
    assert (run / "ended.json").exists()


def run_in(window, where):
    box = window.findChild(QComboBox, "run_in_box")
    box.setCurrentIndex(box.findData(where))


def test_a_run_goes_on_in_a_process_of_its_own_where_that_is_chosen(qtbot, window):
    run = train(qtbot, window)
    epochs = []
    window.session.epoch_done.connect(lambda event: epochs.append(event.epoch))
    window.session.watch_options = {"poll_s": 0.02}
    dialog = asked(qtbot, window)
    dialog.more_box.setValue(2)
    run_in(window, "process")
    assert "a process of its own" in dialog.findChild(QLabel, "continue_what_label").text()
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.session.own_process is not None, timeout=LOADED)
        process = window.session.own_process
        assert window.epoch_bar.epoch == 3
    assert (ended.args[0].outcome, ended.args[0].run) == ("finished", run)
    assert epochs == [4, 5]  # the past is not told again
    assert window.epoch_bar.kept == (0, 1, 2, 3, 4, 5)
    data = window.loss_panel._data
    assert data.steps.tolist() == list(range(1, 5 * data.steps_per_epoch + 1))
    qtbot.waitUntil(lambda: not process.alive, timeout=LOADED)


def test_a_branch_goes_into_the_queue_where_that_is_chosen(qtbot, window, monkeypatch):
    run = train(qtbot, window)
    monkeypatch.setattr(window.queueing.keeper.queue, "paused", True)
    dialog = asked(qtbot, window)
    qtbot.mouseClick(dialog.apart_box, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.apart_box.height() // 2))
    run_in(window, "queue")
    with qtbot.waitSignal(window.queueing.counted, timeout=LOADED):
        qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    [job] = window.queueing.keeper.jobs
    assert job.goes_on
    assert job.run.parent == run.parent
    assert job.run != run
    assert job.config.epochs == 13
    assert job.name == job.run.name
    window.queueing._copy_and_agree()  # the window is to be closed while it waits
    assert QApplication.clipboard().text() == f"ae-studio train --resume {job.run} --epochs 13"
    window.queueing.keeper.call_off([job.number])


def test_the_command_that_goes_on_with_a_run_can_be_copied_instead(qtbot, window):
    run = train(qtbot, window)
    dialog = asked(qtbot, window)
    dialog.more_box.setValue(4)
    run_in(window, "command")
    with qtbot.waitSignal(window.steering.command_made, timeout=LOADED) as made:
        qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    assert made.args == [f"ae-studio train --resume {run} --epochs 7"]
    assert window.findChild(QLabel, "status_note").text() == ""
    window.findChild(QWidget, "command_dialog").close()


def test_a_training_that_is_begun_closes_the_question(qtbot, window):
    train(qtbot, window)
    dialog = asked(qtbot, window)
    window.setup_panel.set_config(settings(epochs=1))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, window, "train_button")
    assert window.continuing.dialog is None
    del dialog
