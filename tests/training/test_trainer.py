import logging
import warnings
from types import SimpleNamespace

import pytest

from ae_studio.lightning import EarlyStopping, pl
from ae_studio.training.defaults import complete
from ae_studio.training.devices import choose_place
from ae_studio.training.ranks import Ranks
from ae_studio.training.start import Start
from ae_studio.training.trainer import how_it_finished, make_trainer, quiet_lightning


def made(tmp_path, start=None, observer=None, **values):
    config = complete({"epochs": 7, "device": "cpu", **values})
    with quiet_lightning():
        return make_trainer(
            config,
            start or Start(),
            choose_place(config),
            Ranks(),
            strategy="auto",
            observer=observer or pl.Callback(),
            root=tmp_path,
        )


def stoppers(trainer):
    return [each for each in trainer.callbacks if isinstance(each, EarlyStopping)]


def test_it_goes_to_the_last_epoch_and_is_watched(tmp_path):
    observer = pl.Callback()
    trainer = made(tmp_path, observer=observer)
    assert trainer.max_epochs == 7
    assert observer in trainer.callbacks
    assert stoppers(trainer) == []


def test_patience_is_that_of_the_settings(tmp_path):
    [stopper] = stoppers(made(tmp_path, early_stopping=3))
    assert stopper.patience == 3


def test_it_neither_writes_nor_speaks(tmp_path, capfd):
    trainer = made(tmp_path)
    assert trainer.loggers == []
    assert trainer.checkpoint_callbacks == []
    assert trainer.progress_bar_callback is None
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_a_new_run_is_validated_before_it_is_trained_and_one_that_goes_on_is_not(tmp_path):
    assert made(tmp_path).num_sanity_val_steps == float("inf")
    assert made(tmp_path, Start(2, snapshot=tmp_path / "0002.safetensors")).num_sanity_val_steps == 0


def test_from_a_snapshot_it_goes_on_behind_the_epochs_that_are_done(tmp_path):
    assert made(tmp_path).current_epoch == 0
    assert made(tmp_path, Start(2, snapshot=tmp_path / "0002.safetensors")).current_epoch == 2


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (7, "Finished all 7 epochs."),
        (4, "Stopped early, after 4 epochs: no better validation loss for 2 epochs."),
    ],
)
def test_how_it_finished_is_said_in_words(done, told):
    assert how_it_finished(SimpleNamespace(current_epoch=done), complete({"epochs": 7, "early_stopping": 2})) == told


def test_lightning_is_silent_in_a_run_and_speaks_again_behind_it():
    logger = logging.getLogger("pytorch_lightning")
    before = logger.level
    with quiet_lightning():
        assert logger.level == logging.ERROR
        warnings.warn_explicit("heard by nobody", UserWarning, "module.py", 1, module="pytorch_lightning.trainer")
    assert logger.level == before


def test_behind_a_run_that_failed_it_speaks_too():
    logger = logging.getLogger("pytorch_lightning")
    before = logger.level
    with pytest.raises(ValueError, match="over"), quiet_lightning():
        raise ValueError("over")
    assert logger.level == before
