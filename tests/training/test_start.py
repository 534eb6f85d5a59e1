import json
import math

import pytest
import torch
from safetensors.torch import save_file

from ae_studio.config import ConfigError
from ae_studio.training.live import Change
from ae_studio.training.start import Start, put_weights, start_of


def test_without_a_run_a_training_begins_afresh():
    assert start_of(None) == Start()
    assert Start().afresh


def test_a_run_without_a_checkpoint_goes_on_only_where_it_is_a_branch_from_a_snapshot(tmp_path):
    with pytest.raises(ConfigError, match="there is no such checkpoint"):
        start_of(tmp_path)
    (tmp_path / "metrics.csv").write_text("epoch,step,split,term,value\n0,0,validation,loss,9\n1,4,validation,loss,7\n")
    (tmp_path / "config.json").write_text(json.dumps({"parent": {"run": "a", "epoch": 1, "exact": True}}))
    with pytest.raises(ConfigError, match="there is no such checkpoint"):
        start_of(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"parent": {"run": "a", "epoch": 1, "exact": False}}))
    start = start_of(tmp_path)
    assert (start.epoch, start.checkpoint, start.losses) == (1, None, (9.0, 7.0))
    assert start.snapshot == tmp_path / "snapshots" / "0001.safetensors"
    assert start.past_losses == [7.0]


def test_losses_that_are_not_known_are_no_progress():
    assert Start(3, losses=(9.0, 8.0)).past_losses == [8.0, math.inf, math.inf]


def test_changes_behind_the_last_step_have_not_been_trained_with():
    start = Start(1, changes=(Change(3, {"lr": 0.1}), Change(4, {"beta": 2.0})))
    assert start.changes_at(4) == [start.changes[1]]
    assert start.epochs_of_another_loss(4) == {2}


def test_weights_that_do_not_fit_are_said_with_their_file(tmp_path):
    model = torch.nn.Linear(2, 2)
    save_file({"weight": torch.ones(2, 2), "bias": torch.ones(2)}, tmp_path / "a.safetensors")
    put_weights(tmp_path / "a.safetensors", model)
    assert torch.equal(model.weight, torch.ones(2, 2))
    save_file({"weight": torch.ones(3, 3)}, tmp_path / "b.safetensors")
    for name in ("b", "c"):
        with pytest.raises(ConfigError, match=f"{name}.safetensors: cannot be opened as this run's weights"):
            put_weights(tmp_path / f"{name}.safetensors", model)
