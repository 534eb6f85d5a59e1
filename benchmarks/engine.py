"""Training speed through ``train()``, without a window."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ae_studio.events import Event, RunEnded, StepsDone
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete, preset_values
from ae_studio.training.train import train
from benchmarks.baselines import Learner, Linear, MlpVae

MLP_VAE: dict[str, Any] = {
    "data": "mnist",
    "model": "vae",
    "latent_dim": 2,
    "batch_size": 128,
    "lr": 1e-3,
    "precision": "32",
}
TALK_LINEAR: dict[str, Any] = {
    "data": "mnist",
    "model": "linear",
    "latent_dim": 2,
    "batch_size": 64,
    "lr": 1e-2,
    "precision": "32",
}
TALK_VAE: dict[str, Any] = {**preset_values("talk"), "data": "mnist", "precision": "32"}


@dataclass(frozen=True, slots=True)
class Case:
    """A configuration, its twin without AE Studio, and how many steps are timed."""

    name: str
    title: str
    values: Mapping[str, Any]
    bare: type[Learner]
    steps: int


CASES = (
    Case("vae", "MLP VAE 784-512-256-2, batch 128", MLP_VAE, MlpVae, 400),
    Case("linear", "the talk's linear model, batch 64", TALK_LINEAR, Linear, 800),
)


def median_pair(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The pair with the median ratio: both were measured one right after the other."""
    return sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]


class StepTimer:
    """Counts images from the first report of steps to the last of every epoch; looks and reports in between count.

    Asks the run to stop behind ``steps`` steps that were timed: of a small model an epoch has only a few reports.
    """

    def __init__(self, steps: int, batch_size: int, stop: Any) -> None:
        self._steps = steps
        self._batch_size = batch_size
        self._stop = stop
        self._newest = (0, 0, 0.0)  # epoch, step and time of the last report
        self._timed_steps = 0
        self._seconds = 0.0
        self.failure = ""

    def __call__(self, event: Event) -> None:
        if isinstance(event, StepsDone):
            self._count(event.epoch, int(event.steps[-1]), time.perf_counter())
        if isinstance(event, RunEnded) and event.outcome == "failed":
            self.failure = event.reason

    def _count(self, epoch: int, step: int, now: float) -> None:
        last_epoch, last_step, then = self._newest
        self._newest = (epoch, step, now)
        if epoch == last_epoch:
            self._timed_steps += step - last_step
            self._seconds += now - then
        if self._timed_steps >= self._steps:
            self._stop()

    @property
    def images_per_second(self) -> float:
        if not self._timed_steps or self.failure:
            raise RuntimeError(f"nothing was measured: {self.failure}")
        return self._timed_steps * self._batch_size / self._seconds


def engine_speed(values: Mapping[str, Any], steps: int) -> float:
    """Images per second of a run, over about so many steps."""
    control = RunControl()
    config = complete(values)
    timer = StepTimer(steps, config.batch_size, control.stop)
    with tempfile.TemporaryDirectory() as folder:
        train(config, timer, control, out=Path(folder) / "run")
    return timer.images_per_second
