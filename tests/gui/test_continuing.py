"""Runs that go on, in the whole window, by its buttons."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from ae_studio.training.defaults import complete

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
    assert data.steps.values.tolist() == list(range(1, 5 * data.steps_per_epoch + 1))
    assert json.loads((run / "config.json").read_text())["config"]["epochs"] == 5
    with qtbot.waitSignal(window.session.look_shown, timeout=LOADED) as shown:
        window.epoch_bar._slider.setValue(1)
    assert shown.args[0].epoch == 1
