"""How a run is put together; whole runs are in test_train.py."""

import logging

import pytest
import torch

from ae_studio.config import ConfigError
from ae_studio.data.dataset import DataError
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.fit import PROBES, Fit, _quiet_lightning
from ae_studio.training.run_folder import RunFolder
from ae_studio.training.train import train

SMALL = {"data": "digits", "epochs": 1, "settings": {"hidden": "16"}}


def made(**values):
    return Fit(complete(SMALL | values), RunControl(), lambda event: None)


def test_what_cannot_be_run_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(DataError, match="is not on this machine"):
        made(data="kmnist")
    with pytest.raises(ConfigError, match="halves an image of 8 x 8 away"):
        made(settings={"network": "conv", "channels": "4-4-4-4-4"})
    assert list(tmp_path.iterdir()) == []


def test_a_run_goes_on_only_to_more_epochs(tmp_path):
    train(complete(SMALL), lambda event: None, out=tmp_path / "run")
    with pytest.raises(ConfigError, match="epochs must be above the 1 already done, got 1"):
        Fit(complete(SMALL), RunControl(), lambda event: None, resume=tmp_path / "run")


def test_the_seed_decides_over_the_first_weights():
    first, again, other = (made(seed=seed)._model.state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not all(torch.equal(first[name], other[name]) for name in first)


def test_the_world_is_told_what_the_record_says(tmp_path):
    fit = made()
    started = fit._started(RunFolder(tmp_path), steps_per_epoch=7)
    about = fit._about()
    assert started.parameters == about["parameters"]
    assert started.class_names == tuple(about["class_names"])
    assert (started.train_images, started.validation_images, started.steps_per_epoch) == (1078, 360, 7)
    assert started.probes.shape == (PROBES, 8, 8)
    assert len(started.sample_labels) == 360  # all there are, where fewer than the sample holds


def test_lightning_speaks_again_behind_a_run():
    logger = logging.getLogger("pytorch_lightning")
    before = logger.level
    with _quiet_lightning():
        assert logger.level == logging.ERROR
    assert logger.level == before
