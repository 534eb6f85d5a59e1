"""The library in the whole window: buttons and keys on the real thing, on folders made for it."""

import json
import os

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from ae_studio.gui.main_window import MainWindow
from ae_studio.gui.theme import LIGHT
from ae_studio.gui.toolbar import Possible
from ae_studio.gui.trash_question import TrashQuestion
from ae_studio.paths import runs_root
from ae_studio.training.defaults import complete
from tests.runs.made_runs import make_run

KEY = Qt.Key
LOADED = 60_000  # ms: the first test of a process loads torch


@pytest.fixture
def window(qtbot):
    QSettings().clear()
    made = MainWindow()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.leaving.agreed = True
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(window, qtbot):
    """The library, on two runs; the older one is chosen."""
    make_run(runs_root(), "2026-01-01_00-00-00_vae_digits", latent_dim=7)
    make_run(runs_root(), "2026-01-02_00-00-00_linear_digits", model="linear")
    click(qtbot, window, "runs_button")
    dialog = window.library.dialog
    qtbot.waitUntil(lambda: len(dialog.table.shown) == 2)
    dialog.view.choose("2026-01-01_00-00-00_vae_digits")
    return dialog


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def test_until_it_is_opened_it_costs_nothing(window):
    assert window.library.dialog is None
    window.library.refresh()
    assert not window.library.librarian._slow.isRunning()


def test_its_keys_open_it(window, qtbot):
    qtbot.keyClick(window, KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.library.dialog is not None)
    dialog = window.library.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    qtbot.waitUntil(lambda: "No runs yet" in dialog.findChild(QLabel, "library_empty").text())


def test_pictures_and_settings_come_by_themselves(opened, qtbot):
    qtbot.waitUntil(lambda: len(opened.table._thumbnails) == 2)
    qtbot.waitUntil(lambda: opened.details._grid.images is not None)
    assert "Latent dimensions" in opened.details._settings.text()


def test_the_settings_of_a_run_fill_the_form(window, opened, qtbot):
    with qtbot.waitSignal(window.library.settings_chosen):
        click(qtbot, opened, "use_settings_button")
    config = window.setup_panel.config()
    assert (config.model, config.latent_dim, config.epochs) == ("vae", 7, 2)
    assert not opened.isVisible()


def test_the_settings_of_a_run_with_changes_come_with_a_note_of_them(window, opened, qtbot):
    folder = runs_root() / "2026-01-01_00-00-00_vae_digits"
    (folder / "changes.jsonl").write_text('{"step": 3, "values": {"beta": 2.0}}')
    with qtbot.waitSignal(window.library.settings_told):
        click(qtbot, opened, "use_settings_button")
    assert window.setup_panel.config().settings["beta"] == 1.0
    assert window.setup_panel.changes_note.text.endswith("step 4: β 1 → 2")


def test_a_run_with_changes_is_repeated_with_them(window, opened, qtbot):
    folder = runs_root() / "2026-01-01_00-00-00_vae_digits"
    (folder / "changes.jsonl").write_text('{"step": 3, "values": {"beta": 2.0}}')
    opened.view.choose("2026-01-02_00-00-00_linear_digits")
    opened.view.choose(folder.name)
    button = opened.findChild(QPushButton, "repeat_run_button")
    qtbot.waitUntil(button.isVisible)
    window.steering.take_engine()
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, opened, "repeat_run_button")
    assert not opened.isVisible()
    assert (window.session.run_path / "changes.jsonl").read_text() == '{"step": 3, "values": {"beta": 2.0}}\n'
    assert window.setup_panel.config().settings["beta"] == 2.0


def test_a_run_is_opened_by_its_path(window, opened, qtbot):
    with qtbot.waitSignal(window.library.open_requested) as asked:
        qtbot.keyClick(opened.view, KEY.Key_Return)
    assert asked.args == [str(runs_root() / "2026-01-01_00-00-00_vae_digits")]
    assert not opened.isVisible()


def test_a_title_is_kept_in_the_run_and_seen_at_once(opened, qtbot):
    qtbot.keyClick(opened.view, KEY.Key_F2)
    editor = opened.view.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "Rings")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: opened.view.current.name == "Rings")
    about = runs_root() / "2026-01-01_00-00-00_vae_digits" / "about.json"
    assert json.loads(about.read_text()) == {"title": "Rings"}


def test_notes_that_are_being_typed_are_kept_when_the_window_closes(window, opened, qtbot):
    qtbot.keyClicks(opened.details.notes, "Look")
    window.close()
    about = runs_root() / "2026-01-01_00-00-00_vae_digits" / "about.json"
    assert json.loads(about.read_text()) == {"notes": "Look"}


def test_a_run_goes_to_the_trash_and_leaves_the_list(opened, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr("send2trash.send2trash", lambda path: os.rename(path, tmp_path / "trash"))
    qtbot.keyClick(opened.view, KEY.Key_Delete)
    question = opened.findChild(TrashQuestion)
    yes = next(each for each in question.findChildren(QPushButton) if each.text() == "Move to trash")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened.table.shown) == 1)
    assert "moved to the trash" in opened._message.text()
    assert (tmp_path / "trash" / "config.json").exists()
    assert opened.view.current.folder == "2026-01-02_00-00-00_linear_digits"


def test_a_run_that_has_ended_meanwhile_is_listed_without_asking(window, opened, qtbot, told):
    make_run(runs_root(), "2026-01-03_00-00-00_vae_digits")
    window.library.refresh()
    qtbot.waitUntil(lambda: len(opened.table.shown) == 3)


def test_while_a_training_runs_settings_that_come_late_are_not_put_into_the_form(window, opened, qtbot):
    window.library.show_possible(Possible(train="A training is running", steer="", paused=False, keep=""))
    assert not opened.actions_row._use_button.isEnabled()
    with qtbot.assertNotEmitted(window.library.settings_chosen):
        window.library._give_settings(window.setup_panel.config())


def test_a_run_that_is_trained_here_is_listed_guarded_and_then_opened(window, qtbot):
    with qtbot.waitSignal(window.session.engine_ready, timeout=LOADED):
        window.load()
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 100_000, "settings": {"hidden": "16"}}))
    with qtbot.waitSignal(window.session.epoch_done, timeout=LOADED):
        click(qtbot, window, "train_button")
    click(qtbot, window, "runs_button")
    dialog = window.library.dialog
    qtbot.waitUntil(lambda: [run.state for run in dialog.table.shown] == ["training"])
    assert "being trained" in dialog.actions_row._trash_button.toolTip()
    assert dialog.actions_row._open_button.toolTip() == "Stop the training first"
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        window.session.stop()
    qtbot.waitUntil(lambda: [run.state for run in dialog.table.shown] == ["stopped"])
    assert dialog.actions_row._trash_button.isEnabled()
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED) as opened:
        qtbot.keyClick(dialog.view, KEY.Key_Return)
    assert opened.args[0].problems == ()


def test_chosen_runs_are_compared_in_a_window_of_their_own(window, opened, qtbot):
    opened.view.selectAll()
    click(qtbot, opened, "compare_button")
    compared = window.comparing.window
    assert compared.isVisible()
    assert not opened.isModal()
    qtbot.waitUntil(lambda: "image_shape" in compared.bar.text, timeout=LOADED)  # that of such a run is not known
    window.view_menu.theme_changed.emit(LIGHT)
    assert compared._theme is LIGHT
