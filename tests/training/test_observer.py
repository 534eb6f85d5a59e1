"""What a run's observer keeps and tells; whole runs are in test_train.py."""

import pytest

from ae_studio.events import EpochDone, LookDone
from ae_studio.training.checkpoint import epochs_in, read_checkpoint
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.observer import RunObserver
from ae_studio.training.train import train

SMALL = {"data": "digits", "epochs": 3, "settings": {"hidden": "16"}}


def run(folder, control=None):
    events = []
    train(complete(SMALL), events.append, control, out=folder)
    return events


@pytest.mark.parametrize(("losses", "best"), [((9.0, 5.0, 7.0, 6.0), 1), ((9.0, 8.0, 7.0, 6.0), 3)])
def test_the_best_checkpoint_is_that_of_the_least_validation_loss(tmp_path, monkeypatch, losses, best):
    keep = RunObserver._keep_checkpoints

    def pretend(self, trainer):
        self.module.validation["loss"] = losses[self.epochs_done]
        keep(self, trainer)

    monkeypatch.setattr(RunObserver, "_keep_checkpoints", pretend)
    run(tmp_path / "run")
    assert epochs_in(read_checkpoint(tmp_path / "run" / "best.ckpt")) == best
    assert epochs_in(read_checkpoint(tmp_path / "run" / "last.ckpt")) == 3


def test_no_temporary_file_is_left_in_the_run(tmp_path):
    run(tmp_path / "run")
    assert [path.name for path in (tmp_path / "run").rglob(".*")] == []


@pytest.mark.parametrize("live", [True, False])
def test_looks_between_epochs_are_taken_only_where_somebody_watches(tmp_path, monkeypatch, live):
    monkeypatch.setattr("ae_studio.training.observer.LOOK_EVERY_S", 0.0)
    monkeypatch.setattr("ae_studio.training.observer.LOOK_SHARE", 1e9)
    monkeypatch.setattr("ae_studio.training.steps.FLUSH_S", 0.0)
    events = run(tmp_path / "run", RunControl(live=live))
    assert any(isinstance(event, LookDone) for event in events) == live
    assert [event.look.epoch for event in events if isinstance(event, EpochDone)] == [0, 1, 2, 3]
