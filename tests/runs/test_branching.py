"""Branches of runs: what they share with their parents, and that they learn on from there."""

import json
import os

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from ae_studio.config import ConfigError
from ae_studio.events import EpochDone, RunStarted, StepsDone
from ae_studio.runs.branching import branch, continued, read_continuable
from ae_studio.runs.history import read_history
from ae_studio.runs.record import RunError
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.live import Change, read_changes
from ae_studio.training.train import train

SMALL = {"data": "digits", "epochs": 4, "batch_size": 256, "settings": {"hidden": "16"}}
STEPS = 5  # an epoch


def learn(path, changes=(), **values):
    ended = train(complete({**SMALL, **values}), lambda event: None, out=path, changes=changes)
    assert ended.outcome == "finished", ended.reason
    return path


def go_on(path, control=None, stop_after=None, **values):
    """Trains on in a run's own folder; its events."""
    events, control = [], control or RunControl()

    def take(event):
        events.append(event)
        if isinstance(event, EpochDone) and event.epoch == stop_after:
            control.stop()

    train(continued(path, **values), take, control, resume=path)
    return events


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def written(path):
    """Every byte of a folder."""
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def record(path):
    return json.loads((path / "config.json").read_text())


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    return learn(tmp_path_factory.mktemp("runs") / "parent")


def test_a_branch_from_the_last_epoch_learns_what_a_longer_run_would_have(tmp_path):
    parent = learn(tmp_path / "parent", model="beta-vae")
    longer = learn(tmp_path / "longer", model="beta-vae", epochs=6)
    before = written(parent)
    made = branch(parent, out=tmp_path / "branch", values={"epochs": 6})
    assert record(made)["parent"] == {"run": "parent", "epoch": 4, "exact": True}
    started = go_on(made)[0]
    assert (started.first_epoch, started.goes_on, started.epochs) == (4, True, 6)
    for name in ("metrics.csv", "snapshots/0006.safetensors", "looks/0006.npz"):
        assert (made / name).read_bytes() == (longer / name).read_bytes(), name
    assert written(parent) == before


def test_a_branch_from_the_middle_begins_with_the_weights_kept_and_the_same_batches(tmp_path, parent, monkeypatch):
    orders = []
    permute = torch.randperm
    monkeypatch.setattr(torch, "randperm", lambda n, **of: orders.append(permute(n, **of)) or orders[-1])
    again = learn(tmp_path / "again")
    of_the_parent, orders[:] = list(orders), []
    made = branch(again, 2, tmp_path / "branch", {"epochs": 4})
    assert record(made)["parent"] == {"run": "again", "epoch": 2, "exact": False}
    seen = {}

    def take(event):
        if isinstance(event, RunStarted):
            seen.update(load_file(made / "snapshots" / "0002.safetensors"))
        if isinstance(event, StepsDone):
            steps.extend(event.steps.tolist())

    steps = []
    train(continued(made), take, resume=made)
    assert all(torch.equal(a, b) for a, b in zip(of_the_parent[-2:], orders[-2:], strict=True))
    assert steps[0] == 2 * STEPS + 1
    history, whole = read_history(made / "metrics.csv"), read_history(again / "metrics.csv")
    assert list(history.validation) == [0, 1, 2, 3, 4]
    assert [history.train[epoch]["lr"] for epoch in (3, 4)] == [whole.train[epoch]["lr"] for epoch in (3, 4)]
    assert history.validation[2] == whole.validation[2]
    # Adam's first step has the size of the learning rate in every weight: the weights were those of the snapshot.
    assert history.validation[3]["loss"] < history.validation[2]["loss"]
    assert sorted(epoch for epoch in RecordedRun(made).snapshots) == [0, 1, 2, 3, 4]


def test_a_branch_from_a_snapshot_is_the_same_each_time(tmp_path, parent):
    ends = []
    for name in ("a", "b"):
        made = branch(parent, 1, tmp_path / name, {"epochs": 2})
        go_on(made)
        ends.append((made / "snapshots" / "0002.safetensors").read_bytes())
    assert ends[0] == ends[1]


def test_files_of_the_past_are_shared_and_the_parents_stay_when_a_branch_rewrites_its_own(tmp_path, parent):
    before = written(parent)
    made = branch(parent, 2, tmp_path / "branch", {"epochs": 3})
    for name in ("snapshots/0002.safetensors", "looks/0001.npz", "sample.npz"):
        assert os.path.samefile(parent / name, made / name)
    assert not os.path.samefile(parent / "metrics.csv", made / "metrics.csv")
    assert not (made / "snapshots" / "0003.safetensors").exists()
    go_on(made)
    assert written(parent) == before


@pytest.mark.parametrize(
    ("values", "rates"),
    [
        ({"schedule": "step", "schedule_epochs": 2}, [1e-3, 5e-4]),
        ({"schedule": "cosine"}, None),
        ({"schedule": "plateau", "schedule_epochs": 1, "lr": 0.3}, None),
    ],
)
def test_a_branch_has_the_learning_rates_that_its_parent_had(tmp_path, values, rates):
    again = learn(tmp_path / "parent", epochs=5, **values)
    made = branch(again, 3, tmp_path / "branch")
    go_on(made)
    whole, history = read_history(again / "metrics.csv"), read_history(made / "metrics.csv")
    assert history.train[4]["lr"] == whole.train[4]["lr"]
    if values["schedule"] != "plateau":  # what comes next depends on its own losses
        assert history.train[5]["lr"] == whole.train[5]["lr"]


def test_a_cosine_that_goes_on_for_more_epochs_falls_to_zero_at_its_new_end(tmp_path):
    made = branch(learn(tmp_path / "parent", schedule="cosine"), None, tmp_path / "branch", {"epochs": 8})
    go_on(made)
    rates = [read_history(made / "metrics.csv").train[epoch]["lr"] for epoch in range(5, 9)]
    expected = [1e-3 * (1 + np.cos(np.pi * epoch / 8)) / 2 for epoch in range(5, 9)]
    np.testing.assert_allclose(rates, expected, atol=1e-9)


@pytest.mark.parametrize("epoch", [2, 4])
def test_other_values_are_changes_in_the_branchs_record_and_hold_from_there_on(tmp_path, parent, epoch):
    made = branch(parent, epoch, tmp_path / "branch", {"epochs": epoch + 1, "lr": "0.004", "clip": 1.0})
    step = epoch * STEPS
    assert read_changes(made) == [Change(step, {"lr": 0.004, "clip": 1.0})]
    go_on(made)
    assert read_history(made / "metrics.csv").train[epoch + 1]["lr"] == 0.004
    run = RecordedRun(made)
    assert (run.config.lr, run.config_at(epoch).lr, run.config_at(epoch + 1).lr) == (1e-3, 1e-3, 0.004)


def test_another_kl_weight_of_a_branch_weighs_its_loss(tmp_path):
    again = learn(tmp_path / "parent", model="beta-vae", settings={"hidden": "16", "beta": 4.0})
    made = branch(again, 3, tmp_path / "branch", {"beta": 1, "epochs": 4})
    go_on(made)
    row = read_history(made / "metrics.csv").validation[4]
    assert row["loss"] == pytest.approx(row["reconstruction"] + row["kl"], rel=1e-5)
    assert RecordedRun(made).model(2).settings.beta == 4
    assert RecordedRun(made).model(4).settings.beta == 1


def test_values_like_the_parents_are_no_change(tmp_path, parent):
    made = branch(parent, 2, tmp_path / "branch", {"lr": 1e-3})
    assert not (made / "changes.jsonl").exists()


def test_the_parents_own_changes_up_to_there_belong_to_the_branch(tmp_path):
    changes = [Change(STEPS, {"lr": 0.002}), Change(2 * STEPS + 1, {"lr": 0.003})]
    again = learn(tmp_path / "parent", changes)
    made = branch(again, 2, tmp_path / "branch", {"epochs": 3})
    assert read_changes(made) == changes[:1]
    go_on(made)
    assert read_history(made / "metrics.csv").train[3]["lr"] == 0.002


def test_another_schedule_may_begin_in_a_branch_and_the_record_says_what_was_before(tmp_path, parent):
    values = {"schedule": "step", "schedule_epochs": 1, "epochs": 6}
    made = branch(parent, 4, tmp_path / "branch", values)
    assert record(made)["parent"]["until_then"] == {"schedule": "none", "schedule_epochs": 10}
    go_on(made)
    history = read_history(made / "metrics.csv")
    assert [history.train[epoch]["lr"] for epoch in (5, 6)] == pytest.approx([1e-3 / 2**5, 1e-3 / 2**6])


@pytest.mark.parametrize("model", ["vq-vae", "vamp-vae", "beta-tcvae", "factor-vae", "adversarial"])
def test_models_with_more_than_weights_begin_a_branch_as_they_were(tmp_path, model):
    again = learn(tmp_path / "parent", model=model, epochs=2)
    made = branch(again, 1, tmp_path / "branch", {"lr": 1e-9, "epochs": 2})
    events = go_on(made)
    assert events[-1].outcome == "finished", events[-1].reason
    before, after = (load_file(made / "snapshots" / f"000{epoch}.safetensors") for epoch in (1, 2))
    assert before.keys() == after.keys()
    # Entries are running means of codes; an opponent has a learning rate of its own.
    learned = [name for name, value in before.items() if not torch.allclose(value, after[name], atol=1e-6)]
    assert not [name for name in learned if "quantiser" not in name and "opponent" not in name]


def test_a_branch_that_is_stopped_goes_on_and_can_be_branched_from(tmp_path, parent):
    child = branch(parent, 2, tmp_path / "child", {"epochs": 6})
    control = RunControl()
    control.stop()
    assert go_on(child, control)[-1].outcome == "stopped"  # before its first step
    assert not (child / "last.ckpt").exists()
    events = go_on(child, stop_after=4)
    assert (events[0].first_epoch, events[-1].outcome) == (2, "stopped")
    grandchild = branch(child, 3, tmp_path / "grandchild", {"epochs": 5})
    assert record(grandchild)["parent"] == {"run": "child", "epoch": 3, "exact": False}
    assert go_on(grandchild)[-1].outcome == "finished"
    assert go_on(child)[-1].outcome == "finished"
    assert sorted(read_history(child / "metrics.csv").validation) == list(range(7))


def test_a_branch_from_before_training_begins_with_the_same_weights(tmp_path, parent):
    made = branch(parent, 0, tmp_path / "branch", {"epochs": 1})
    started, *_ = events = go_on(made)
    assert (started.first_epoch, started.goes_on) == (0, True)
    assert [event.epoch for event in of(EpochDone, events)] == [1]
    assert sorted(read_history(made / "metrics.csv").validation) == [0, 1]


def test_early_stopping_has_its_patience_again(tmp_path):
    again = learn(tmp_path / "parent", epochs=50, early_stopping=1, lr=0.1)
    done = max(read_history(again / "metrics.csv").validation)
    assert done < 50
    control = RunControl()
    events = go_on(again, control, stop_after=done + 1)
    assert max(event.epoch for event in of(EpochDone, events)) == done + 1
    made = branch(again, None, tmp_path / "branch", {"early_stopping": 0, "epochs": done + 3})
    assert len(of(EpochDone, go_on(made))) == 2


def test_what_cannot_be_branched_from_is_said_and_leaves_nothing(tmp_path, parent):
    def refused(message, kind=ConfigError, path=parent, epoch=2, **values):
        with pytest.raises(kind, match=message):
            branch(path, epoch, tmp_path / "branch", values)
        assert list(tmp_path.iterdir()) == []

    refused("epoch 9 is not one of its whole epochs with a snapshot; there are 0 to 4", RunError, epoch=9)
    refused("above the 2 already done, got 2", epochs=2)
    refused("unknown setting of a branch 'latent_dim'", latent_dim=3)
    refused("lr must be a number", lr=-1)
    refused("there is no such run folder", RunError, path=parent / "nowhere")


def test_a_damaged_checkpoint_leaves_the_snapshots_to_branch_from(tmp_path, parent):
    again = branch(parent, 4, tmp_path / "damaged", {"epochs": 5})
    for name in ("last.ckpt", "best.ckpt"):
        (again / name).unlink()  # a link: the parent keeps its own
        (again / name).write_bytes(b"nothing")
    assert read_continuable(again).last is None
    made = branch(again, 4, tmp_path / "branch")
    assert record(made)["parent"]["exact"] is False
    assert go_on(made)[-1].outcome == "finished"


def test_links_to_files_elsewhere_are_not_followed(tmp_path, parent):
    again = branch(parent, 4, tmp_path / "again", {"epochs": 5})
    (tmp_path / "secret").write_text("secret")
    (again / "sample.npz").unlink()
    (again / "sample.npz").symlink_to(tmp_path / "secret")
    made = branch(again, 4, tmp_path / "branch")
    assert not (made / "sample.npz").exists()


def test_a_branch_of_a_run_without_links_is_a_copy(tmp_path, parent, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    made = branch(parent, 1, tmp_path / "branch", {"epochs": 2})
    assert not os.path.samefile(parent / "sample.npz", made / "sample.npz")
    assert (parent / "sample.npz").read_bytes() == (made / "sample.npz").read_bytes()


def test_what_of_a_run_can_be_gone_on_from(parent):
    found = read_continuable(parent)
    assert (found.epochs, found.last) == ((0, 1, 2, 3, 4), 4)
    assert 4 in found.exact
    assert found.configs[2].lr == 1e-3


def test_a_run_goes_on_for_more_epochs_and_its_record_says_so(tmp_path, parent):
    again = branch(parent, 4, tmp_path / "again", {"epochs": 5})
    go_on(again)
    assert go_on(again, more=2)[-1].outcome == "finished"
    assert record(again)["config"]["epochs"] == 7
    assert record(again)["continued"] == [{"epoch": 5, "epochs_before": 5}]


def test_a_run_that_is_being_trained_is_left_alone(tmp_path, parent):
    again = branch(parent, 4, tmp_path / "again", {"epochs": 100})
    refused = []

    def take(event):
        if isinstance(event, EpochDone) and not refused:
            before = written(again)
            refused.append(train(continued(again), lambda event: None, resume=again))
            assert {name: data for name, data in written(again).items() if name != "log.txt"} == before
            branch(again, 4, tmp_path / "branch")  # that may be
            control.stop()

    control = RunControl()
    train(continued(again), take, control, resume=again)
    assert refused[0].outcome == "failed"
    assert "is being trained right now" in refused[0].reason
