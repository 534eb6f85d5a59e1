"""How a run is put together; whole runs are in test_train.py."""

from dataclasses import replace

import pytest
import torch

from ae_studio.config import ConfigError
from ae_studio.data.dataset import DataError
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.fit import Fit
from ae_studio.training.live import Change
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


def test_an_epoch_has_as_many_steps_as_batches_of_all_processes():
    fit = made(batch_size=100)
    assert fit._steps_per_epoch == 11  # of 1,078 images
    fit.ranks = replace(fit.ranks, world=2)
    assert fit._steps_per_epoch == 6


def test_changes_are_tried_before_a_run_begins():
    changes = [Change(3, {"beta": -1.0})]
    with pytest.raises(ConfigError, match="beta"):
        Fit(complete(SMALL), RunControl(), lambda event: None, changes=changes)


def test_of_what_was_never_trained_nothing_is_kept_and_nobody_died():
    fit = made()
    fit.keep_partial_epoch()
    assert fit.how_one_died() == ""
