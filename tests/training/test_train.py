"""A whole run: what it tells, what it keeps, and how it ends."""

import errno
import gc
import json
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import torch

from ae_studio.cli import main
from ae_studio.events import EpochDone, LookDone, RunEnded, RunStarted, StepsDone
from ae_studio.models.vae import VAE
from ae_studio.runs.history import read_seconds
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.observer import RunObserver
from ae_studio.training.run_folder import RunFolder
from ae_studio.training.train import train

SMALL = {"data": "digits", "epochs": 3, "settings": {"hidden": "32"}}


def run(tmp_path, control=None, name="run", **values):
    """Trains a small run; its events."""
    events = []
    train(complete({**SMALL, **values}), events.append, control, out=tmp_path / name)
    return events


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def test_a_run_begins_once_ends_once_and_tells_every_epoch(tmp_path):
    events = run(tmp_path)
    assert isinstance(events[0], RunStarted)
    assert [type(event) for event in events].count(RunStarted) == 1
    assert [type(event) for event in events].count(RunEnded) == 1
    assert isinstance(events[-1], RunEnded)
    assert events[-1].outcome == "finished"
    assert [event.epoch for event in of(EpochDone, events)] == [0, 1, 2, 3]


def test_no_step_is_lost(tmp_path):
    events = run(tmp_path)
    steps = np.concatenate([event.steps for event in of(StepsDone, events)])
    total = events[0].steps_per_epoch * 3
    np.testing.assert_array_equal(steps, np.arange(1, total + 1))
    for event in of(StepsDone, events):
        assert all(len(values) == len(event.steps) for values in event.terms.values())


def test_an_epochs_training_terms_are_the_means_of_its_steps(tmp_path):
    events = run(tmp_path, batch_size=1078)  # one batch an epoch
    for done in of(EpochDone, events)[1:]:
        [steps] = [event for event in of(StepsDone, events) if event.epoch == done.epoch]
        assert done.train["loss"] == pytest.approx(float(steps.terms["loss"].mean()), rel=1e-5)


def test_training_and_validation_have_the_same_terms(tmp_path):
    last = of(EpochDone, run(tmp_path))[-1]
    assert set(last.train) <= set(last.validation)
    assert last.validation["loss"] == pytest.approx(last.validation["reconstruction"] + last.validation["kl"], rel=1e-5)


def test_the_folder_holds_every_epoch_and_enough_to_run_it_again(tmp_path):
    run(tmp_path)
    folder = tmp_path / "run"
    assert sorted(path.name for path in (folder / "snapshots").iterdir()) == [f"000{n}.safetensors" for n in range(4)]
    assert sorted(path.name for path in (folder / "looks").iterdir()) == [f"000{n}.npz" for n in range(4)]
    record = json.loads((folder / "config.json").read_text())
    assert complete(record["config"]) == complete(SMALL)
    assert record["versions"]["torch"] == torch.__version__
    assert json.loads((folder / "ended.json").read_text())["outcome"] == "finished"
    for name in ("last.ckpt", "best.ckpt", "metrics.csv", "log.txt"):
        assert (folder / name).stat().st_size > 0
    assert not list(folder.rglob("*.part")) + list(folder.rglob("*.new"))


def test_the_same_seed_gives_the_same_numbers(tmp_path):
    first, second = (of(EpochDone, run(tmp_path, name=name)) for name in ("a", "b"))
    other = of(EpochDone, run(tmp_path, name="c", seed=1))
    assert [event.validation for event in first] == [event.validation for event in second]
    assert [event.train for event in first] == [event.train for event in second]
    assert first[-1].validation != other[-1].validation


def test_watching_a_run_does_not_change_its_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr("ae_studio.training.observer.LOOK_EVERY_S", 0.0)
    monkeypatch.setattr("ae_studio.training.observer.LOOK_SHARE", 1e9)
    monkeypatch.setattr("ae_studio.training.steps.FLUSH_S", 0.0)
    alone = run(tmp_path, name="alone")
    watched = run(tmp_path, RunControl(live=True), name="watched")
    assert len(of(LookDone, watched)) > 10
    assert of(LookDone, alone) == []
    assert [e.validation for e in of(EpochDone, watched)] == [e.validation for e in of(EpochDone, alone)]


def stop_after(kind, control, events):
    """An ``on_event`` that asks for a stop at the first event of this kind behind epoch 0."""

    def take(event):
        events.append(event)
        if isinstance(event, kind) and getattr(event, "epoch", 1) > 0:
            control.stop()

    return take


def test_a_stop_keeps_the_model_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("ae_studio.training.steps.FLUSH_S", 0.0)
    control, events = RunControl(), []
    ended = train(complete(SMALL), stop_after(StepsDone, control, events), control, out=tmp_path / "run")
    assert ended.outcome == "stopped"
    assert sum(len(event.steps) for event in of(StepsDone, events)) == 1
    assert (tmp_path / "run" / "snapshots" / "0001.safetensors").exists()
    assert (tmp_path / "run" / "looks" / "0001.npz").exists()


def test_a_stop_during_validation_keeps_the_run(tmp_path, monkeypatch):
    control, events = RunControl(), []
    validated = []

    def stop_in_validation(self, *args):
        validated.append(args)
        if self.epochs_done == 0 and self.module.steps_done:
            control.stop()
        self._control.check()

    monkeypatch.setattr(RunObserver, "on_validation_batch_start", stop_in_validation)
    ended = train(complete(SMALL), events.append, control, out=tmp_path / "run")
    assert ended.outcome == "stopped"
    assert [event.epoch for event in of(EpochDone, events)] == [0]
    assert (tmp_path / "run" / "snapshots" / "0001.safetensors").exists()


def test_a_run_that_was_stopped_during_validation_leaves_the_random_numbers_of_later_ones_alone(tmp_path):
    """Its validation's own random numbers once ended when it was collected: in the middle of another run."""
    control = RunControl()

    def stop_behind_the_first_batch(self, *args):
        control.stop()
        self._control.check()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RunObserver, "on_validation_batch_start", stop_behind_the_first_batch)
        train(complete(SMALL), lambda event: None, control, out=tmp_path / "run")
    torch.manual_seed(1)
    before = torch.get_rng_state()
    gc.collect()
    assert torch.equal(torch.get_rng_state(), before)


def test_a_stop_before_the_first_step_ends_the_run_at_once(tmp_path):
    control = RunControl()
    control.stop()
    assert run(tmp_path, control)[-1].outcome == "stopped"


def test_a_paused_run_waits_steps_one_batch_at_a_time_and_goes_on(tmp_path):
    control, events, quiet = RunControl(), [], threading.Event()
    control.pause()

    def take(event):
        events.append(event)
        if isinstance(event, LookDone):  # taken when the run settles into waiting
            quiet.set()

    thread = threading.Thread(target=train, args=(complete(SMALL), take, control), kwargs={"out": tmp_path / "run"})
    thread.start()
    try:
        assert quiet.wait(20)
        assert of(StepsDone, events) == []
        for step in (1, 2):
            quiet.clear()
            control.step()
            assert quiet.wait(20)
            assert of(StepsDone, events)[-1].steps.tolist() == [step]
        control.resume()
    finally:
        control.resume()
        thread.join(30)
    assert events[-1].outcome == "finished"


def test_a_pause_is_no_time_of_its_epoch(tmp_path):
    control, told = RunControl(), {}
    resume = threading.Timer(0.8, control.resume)
    control.pause()

    def take(event):
        if isinstance(event, LookDone) and "paused" not in told:
            told["paused"] = time.monotonic()
            resume.start()
        elif isinstance(event, EpochDone) and event.epoch == 1:
            told["since"], told["seconds"] = time.monotonic() - told["paused"], event.seconds

    train(complete(SMALL), take, control, out=tmp_path / "run")
    resume.join()
    assert told["since"] >= 0.8
    assert told["seconds"] < told["since"] - 0.5
    assert read_seconds(tmp_path / "run")[1] == pytest.approx(told["seconds"], rel=1e-5)


def test_a_stop_ends_a_paused_run(tmp_path):
    control = RunControl()
    control.pause()

    def take(event):
        if isinstance(event, LookDone):
            control.stop()

    ended = train(complete(SMALL), take, control, out=tmp_path / "run")
    assert ended.outcome == "stopped"


def test_early_stopping_waits_for_its_patience_and_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "ae_studio.training.module.evaluation_terms",
        lambda model, images, labels: {"loss": torch.tensor(1.0), "mse_per_pixel": torch.tensor(1.0)},
    )
    events = run(tmp_path, epochs=50, early_stopping=3)
    assert of(EpochDone, events)[-1].epoch == 4  # the first is the best so far, then three that are not better
    assert events[-1].reason == "Stopped early, after 4 epochs: no better validation loss for 3 epochs."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"schedule": "none"}, [1e-3, 1e-3, 1e-3]),
        ({"schedule": "step", "schedule_epochs": 1, "schedule_factor": 0.1}, [1e-4, 1e-5, 1e-6]),
        ({"schedule": "cosine"}, [7.5e-4, 2.5e-4, 0.0]),
    ],
)
def test_schedules_set_the_learning_rate_of_the_next_epoch(tmp_path, values, expected):
    rates = [event.learning_rate for event in of(EpochDone, run(tmp_path, **values))]
    assert rates[0] == 1e-3
    assert rates[1:] == pytest.approx(expected, abs=1e-12)


def test_a_plateau_lowers_the_learning_rate(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "ae_studio.training.module.evaluation_terms",
        lambda model, images, labels: {"loss": torch.tensor(1.0), "mse_per_pixel": torch.tensor(1.0)},
    )
    events = run(tmp_path, epochs=4, schedule="plateau", schedule_epochs=1, schedule_factor=0.5)
    assert of(EpochDone, events)[-1].learning_rate == pytest.approx(5e-4)


def test_clipping_bounds_the_gradient(tmp_path, monkeypatch):
    norms = []
    step = torch.optim.Adam.step

    def watch(self, *args, **kwargs):
        gradients = [p.grad.norm() for group in self.param_groups for p in group["params"]]
        norms.append(torch.stack(gradients).norm().item())
        return step(self, *args, **kwargs)

    monkeypatch.setattr(torch.optim.Adam, "step", watch)
    run(tmp_path, epochs=1, clip=0.01)
    assert max(norms) <= 0.01 * 1.001


def test_a_loss_that_becomes_nan_ends_the_run_with_an_explanation(tmp_path, monkeypatch):
    terms = VAE.terms
    calls = []

    def broken(self, x):
        calls.append(1)
        scale = float("nan") if self.training and self.epochs_done > 1.5 else 1.0
        return {name: value * scale for name, value in terms(self, x).items()}

    monkeypatch.setattr(VAE, "terms", broken)
    events = run(tmp_path)
    assert events[-1].outcome == "failed"
    assert "The loss became nan at step" in events[-1].reason
    assert "smaller learning rate" in events[-1].reason
    assert [event.epoch for event in of(EpochDone, events)] == [0, 1]
    assert sorted(path.stem for path in (tmp_path / "run" / "snapshots").iterdir()) == ["0000", "0001"]


def test_a_loss_that_explodes_ends_the_run(tmp_path):
    events = run(tmp_path, model="linear", lr=10.0, settings={}, epochs=50)
    assert events[-1].outcome == "failed"
    assert "exploded" in events[-1].reason


def test_a_bug_in_a_model_ends_that_run_and_the_next_one_works(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(VAE, "posterior", lambda self, x: self.no_such_layer(x))
        events = run(tmp_path)
    assert events[-1].outcome == "failed"
    assert "no_such_layer" in events[-1].reason
    assert "Traceback" in (tmp_path / "run" / "log.txt").read_text()
    assert run(tmp_path, name="next")[-1].outcome == "finished"


def test_running_out_of_memory_says_what_needs_less(tmp_path, monkeypatch):
    def hungry(self, x):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")

    monkeypatch.setattr(VAE, "posterior", hungry)
    reason = run(tmp_path)[-1].reason
    assert reason.startswith("Out of memory. A smaller batch (now 32 images)")


def test_a_full_disk_ends_the_run_and_keeps_the_epochs_before(tmp_path, monkeypatch):
    write = RunFolder.write_snapshot

    def full_after_one(self, epoch, state):
        if epoch > 1:
            raise OSError(errno.ENOSPC, "No space left on device", str(self.snapshot_path(epoch)))
        return write(self, epoch, state)

    monkeypatch.setattr(RunFolder, "write_snapshot", full_after_one)
    events = run(tmp_path)
    assert events[-1].outcome == "failed"
    assert events[-1].reason.startswith("The disk is full")
    assert (tmp_path / "run" / "snapshots" / "0001.safetensors").exists()


def test_a_run_folder_that_cannot_be_made_ends_the_run_before_it_begins(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    events = []
    ended = train(complete(SMALL), events.append, out=tmp_path / "file" / "run")
    assert events == [ended]
    assert ended.run is None
    assert "the run folder cannot be made" in ended.reason


def test_a_folder_that_holds_files_is_not_written_into(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.txt").write_text("mine")
    events = run(tmp_path)
    assert "already holds files" in events[-1].reason
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["thesis.txt"]


def test_a_gpu_that_is_not_there_is_said_before_a_folder_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr("ae_studio.training.devices._cuda_works", lambda: False)
    ended = run(tmp_path, device="cuda")[-1]
    assert ended.outcome == "failed"
    assert "device 'cuda' cannot be used" in ended.reason
    assert "auto, cpu" in ended.reason
    assert not (tmp_path / "run").exists()


def test_data_that_are_not_here_are_said_before_a_folder_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path / "none"))
    ended = run(tmp_path, data="kmnist")[-1]
    assert ended.outcome == "failed"
    assert "ae-studio data kmnist" in ended.reason
    assert not (tmp_path / "run").exists()


def test_bf16_mixes_precisions_and_learns_alike(tmp_path):
    events = run(tmp_path, precision="bf16", name="bf16")
    full = run(tmp_path, precision="32", name="full")
    assert events[0].precision == "bf16"
    a, b = (of(EpochDone, e)[-1].validation["loss"] for e in (events, full))
    assert a == pytest.approx(b, rel=0.02)


@pytest.mark.parametrize("precision", ["32", "bf16"])
def test_the_size_of_lightnings_batches_does_not_change_the_numbers(tmp_path, monkeypatch, precision):
    """Under autocast a chunk of many batches would compute with old weights if their copies were not dropped."""
    together = of(EpochDone, run(tmp_path, precision=precision, name="together"))
    monkeypatch.setattr("ae_studio.training.portions.CHUNK", 1)
    monkeypatch.setattr("ae_studio.training.portions.ARMFUL", 1)
    alone = of(EpochDone, run(tmp_path, precision=precision, name="alone"))
    assert [e.validation for e in together] == [e.validation for e in alone]


def test_a_resumed_run_goes_on_with_the_same_numbers(tmp_path):
    whole = of(EpochDone, run(tmp_path, epochs=4, name="whole"))
    control, events = RunControl(), []
    train(complete(SMALL | {"epochs": 4}), stop_after_epoch(2, control, events), control, out=tmp_path / "cut")
    assert events[-1].outcome == "stopped"
    resumed = []
    train(complete(SMALL | {"epochs": 4}), resumed.append, resume=tmp_path / "cut")
    assert resumed[-1].outcome == "finished", resumed[-1]
    assert resumed[0].first_epoch == 2
    assert [e.epoch for e in of(EpochDone, resumed)] == [3, 4]
    assert [e.train for e in of(EpochDone, resumed)] == [e.train for e in whole[3:]]
    assert [e.validation for e in of(EpochDone, resumed)] == [e.validation for e in whole[3:]]
    assert (tmp_path / "cut" / "metrics.csv").read_text() == (tmp_path / "whole" / "metrics.csv").read_text()


def stop_after_epoch(epoch, control, events):
    def take(event):
        events.append(event)
        if isinstance(event, EpochDone) and event.epoch == epoch:
            control.stop()

    return take


def test_a_run_that_is_done_cannot_be_resumed_without_more_epochs(tmp_path):
    run(tmp_path)
    ended = train(complete(SMALL), lambda event: None, resume=tmp_path / "run")
    assert ended.outcome == "failed"
    assert "epochs must be above the 3 already done, got 3" in ended.reason


def test_a_stop_takes_effect_within_a_third_of_a_second(tmp_path):
    """Generous on a loaded machine: what is asserted is that nothing but the batch at work is waited for."""
    control, asked = RunControl(), []

    def take(event):
        if isinstance(event, StepsDone) and not asked:
            asked.append(time.perf_counter())
            control.stop()

    train(complete(SMALL | {"epochs": 10_000}), take, control, out=tmp_path / "run")
    assert time.perf_counter() - asked[0] < 5


def command(*arguments):
    """The command line in a process of its own, its output in a pipe."""
    words = [sys.executable, "-m", "ae_studio", *map(str, arguments)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize("network", ["mlp", "conv"])
def test_a_run_that_was_killed_goes_on_to_the_last_bit_as_if_it_had_not(tmp_path, network, capsys):
    settings = ("--data", "digits", "--epochs", "4", "--batch-size", "64", "--set", f"network={network}")
    with command("train", *settings, "--out", tmp_path / "killed") as killed:
        next(line for line in killed.stdout if line.startswith("epoch 2/4"))
        killed.kill()  # SIGKILL: nothing can be tidied up
    assert not (tmp_path / "killed" / "ended.json").exists()
    assert main(["train", *settings, "--out", str(tmp_path / "whole")]) == 0
    capsys.readouterr()
    assert main(["train", "--resume", str(tmp_path / "killed")]) == 0
    assert "epoch 1/4" not in capsys.readouterr().out
    for name in ("metrics.csv", "snapshots/0004.safetensors"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
