"""What becomes of a run that comes into the window, with views and a session that only take note."""

from pathlib import Path
from unittest.mock import MagicMock

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from ae_studio.events import RunEnded
from ae_studio.gui.shown_run import ShownRun

RUN = Path("runs/2026-11-25_vae_digits")


@pytest.fixture
def shown(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    session = MagicMock(run_path=RUN, watched=None, own_process=None)
    made = ShownRun(session, MagicMock(epoch=3), MagicMock(), MagicMock(), window)
    made.told = []
    for name in ("named", "noted", "ended", "config_read", "untrusted_found", "epoch_refused", "comparison_requested"):
        getattr(made, name).connect(lambda *told, name=name: made.told.append((name, *told)))
    return made


def opened(**changes):
    values = {"why_no_model": "", "untrusted": None, "epochs": (0, 1, 2), "path": RUN}
    values["ended"] = ("finished", "All of it.")
    return MagicMock(**(values | changes))


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ({"run_path": None}, "No run"),
        ({}, "2026-11-25_vae_digits"),
        ({"watched": RUN}, "Watching 2026-11-25_vae_digits (another process)"),
        ({"watched": RUN, "own_process": object()}, "Watching 2026-11-25_vae_digits (its own process)"),
    ],
)
def test_its_name_says_whose_it_is(shown, state, name):
    shown._session.configure_mock(**state)
    assert shown.name == name


def test_a_run_that_begins_ends_the_evaluation_of_the_one_before(shown, told):
    event = told.start()
    shown.begin(event)
    shown._evaluator.cancel.assert_called_once_with()
    shown._views.start.assert_called_once_with(event)
    shown._times.begin.assert_called_once_with(event.run)
    assert shown.told == [("named", "2026-11-25_vae_digits – AE Studio")]


def test_the_end_is_told_with_the_log(shown):
    event = RunEnded("failed", "The disk is full.", RUN)
    shown._session.log_of.return_value = RUN / "log.txt"
    shown.end(event)
    shown._views.end.assert_called_once_with(event)
    assert shown.told[-1] == ("ended", event, RUN / "log.txt")


def test_a_run_from_the_disk_brings_its_settings_and_what_was_measured_of_its_last_epoch(shown):
    run = opened()
    shown.show(run)
    shown._views.load.assert_called_once_with(run)
    shown._times.begin.assert_called_once_with(RUN)
    assert ("config_read", run.config) in shown.told
    assert shown.told[-1] == ("noted", "All of it.")
    shown._evaluator.show_kept.assert_called_once_with(RUN, 2)


def test_a_model_that_has_not_run_here_is_asked_about_and_leaves_the_form_alone(shown):
    shown.show(opened(why_no_model="its file has not been run here", untrusted=RUN / "model.py"))
    assert "config_read" not in [name for name, *_ in shown.told]
    assert shown.told[-1] == ("untrusted_found", RUN, RUN / "model.py")


def test_a_run_that_waits_is_opened_once_there_is_an_engine(shown):
    shown.open_waiting()
    shown._session.open_run.assert_not_called()
    shown.open_when_ready(RUN)
    shown._session.open_run.assert_not_called()
    shown.open_waiting()
    shown._session.open_run.assert_called_once_with(RUN)


def test_another_epoch_comes_with_its_mark_and_its_metrics(shown):
    shown.go_to_epoch(1)
    shown._times.go_to.assert_called_once_with(1)
    shown._views.mark_epoch.assert_called_once_with(1)
    shown._evaluator.show_kept.assert_called_once_with(RUN, 1)


@pytest.mark.parametrize("following", [True, False])
def test_the_newest_look_ends_a_journey_only_while_it_is_followed(shown, following):
    shown._views.epochs.following = following
    look = object()
    shown.follow(look)
    assert shown._times.follow.called == following


def test_an_epoch_that_cannot_be_shown_leaves_what_is_looked_at(shown):
    shown._views.epochs.player.playing = False
    shown.refuse_epoch(7, "0007.npz: is gone")
    shown._views.epochs.refuse.assert_called_once_with(7, 3)
    shown._views.mark_epoch.assert_called_once_with(3)
    assert shown.told == [("epoch_refused", 7, "0007.npz: is gone", False)]


def test_while_it_plays_such_an_epoch_is_left_out(shown):
    shown._views.epochs.player.playing = True
    shown.refuse_epoch(7, "0007.npz: is gone")
    shown._views.mark_epoch.assert_not_called()
    assert shown.told == [("epoch_refused", 7, "0007.npz: is gone", True)]


def test_two_epochs_side_by_side_are_two_entries_of_one_run(shown):
    shown.ask_for_sides(2, 9)
    assert shown.told == [("comparison_requested", [(RUN.resolve(), 2), (RUN.resolve(), 9)])]


def test_the_epoch_that_is_looked_at_is_evaluated(shown):
    shown.evaluate()
    shown._evaluator.evaluate.assert_called_once_with(RUN.resolve(), 3)


def test_the_dialog_hands_its_folder_on(shown):
    shown.choose()
    dialog = shown.parent().findChild(QFileDialog, "open_dialog")
    dialog.fileSelected.emit(str(RUN))
    assert shown.told == [("noted", "Opening…")]
    shown._session.open_run.assert_called_once_with(RUN)
    dialog.close()
