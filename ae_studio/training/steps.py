"""Single steps, collected without a wait for the device, and handed on many at a time."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ae_studio.events import StepsDone
from ae_studio.models.base import Terms
from ae_studio.training.failures import TrainingDiverged

FLUSH_S = 0.1  # no number on a screen can be read faster, and each flush costs as much as a small model's step
EXPLODED = 1000.0  # times the loss before training: no schedule or bad start gets there and comes back


class StepCollector:
    """Keeps the terms of single steps until a flush, and the epoch's sums as plain numbers."""

    def __init__(self) -> None:
        self.loss_before_training = float("inf")
        self._scale_is_new = False
        self._names: tuple[str, ...] = ()
        self._values: list[float | Tensor] = []  # of every step all its terms, one behind the other
        self._steps: list[int] = []
        self._images: list[int] = []
        self._sums: dict[str, float] = {}
        self._epoch_images = 0
        self._epoch_seconds = 0.0
        self._since = time.perf_counter()

    def start_epoch(self) -> None:
        self._sums = {}
        self._epoch_images = 0
        self._epoch_seconds = 0.0
        self.restart_clock()

    def restart_clock(self) -> None:
        """Behind a pause, a look or a validation, which are not to count as training time."""
        self._since = time.perf_counter()

    def begin_another_scale(self) -> None:
        """The loss is another from here on: what comes next is what it is measured by."""
        self.loss_before_training = float("inf")
        self._scale_is_new = True

    def add(self, step: int, terms: Terms, images: int) -> bool:
        """Keeps a step; says whether it is time to flush."""
        self._steps.append(step)
        self._names = tuple(terms)
        self._values.extend(map(_kept, terms.values()))
        self._images.append(images)
        return time.perf_counter() - self._since >= FLUSH_S

    def flush(self, epoch: int) -> StepsDone | None:
        """Everything since the last flush, None if that is nothing."""
        if not self._steps:
            return None
        names = self._names
        values = _as_numbers(self._values).reshape(-1, len(names))  # (steps, terms)
        seconds = max(1e-9, time.perf_counter() - self._since)
        images = np.asarray(self._images)
        steps = np.asarray(self._steps, dtype=np.int64)
        for name, total in zip(names, (images @ values.astype(np.float64)).tolist(), strict=True):
            self._sums[name] = self._sums.get(name, 0.0) + total
        self._epoch_images += int(images.sum())
        self._epoch_seconds += seconds
        self._steps, self._values, self._images = [], [], []
        self.restart_clock()
        columns = dict(zip(names, _frozen(np.ascontiguousarray(values.T)), strict=True))
        return StepsDone(epoch, _frozen(steps), columns, float(images.sum() / seconds))

    def check(self, done: StepsDone) -> None:
        """Raises :class:`TrainingDiverged` if the loss is no number, or beyond every scale."""
        losses = done.terms["loss"]
        largest = np.abs(losses).max()
        if np.isfinite(largest) and self._scale_is_new:
            self.loss_before_training, self._scale_is_new = float(largest), False
        if np.isfinite(largest) and largest <= EXPLODED * self.loss_before_training:
            return
        bad = np.flatnonzero(~np.isfinite(losses))
        advice = "A smaller learning rate or gradient clipping helps. The last good epoch is kept."
        if len(bad):
            raise TrainingDiverged(f"The loss became {losses[bad[0]]} at step {done.steps[bad[0]]:,}. {advice}")
        if np.median(losses) > EXPLODED * self.loss_before_training:
            grown = f"{np.median(losses):.3g}, from {self.loss_before_training:.3g} before training"
            raise TrainingDiverged(f"The loss exploded: {grown}, at step {done.steps[-1]:,}. {advice}")

    def means(self) -> dict[str, float]:
        """The epoch's terms, mean over its images."""
        return {name: value / self._epoch_images for name, value in self._sums.items()}

    @property
    def images_per_second(self) -> float:
        return self._epoch_images / max(1e-9, self._epoch_seconds)


def _kept(value: Tensor) -> float | Tensor:
    """A term of a step for later: on a device as it is, since to read it is to wait for the device.

    On the CPU nothing waits, and a kept tensor, small as it is, would lie in the heap between the buffers of two steps:
    these then come from fresh memory every time, which costs the linear model a fifth of its speed.
    """
    return value.item() if value.device.type == "cpu" else value.detach().float()


def _as_numbers(values: list[float | Tensor]) -> npt.NDArray[np.float32]:
    """The device is waited for here, once."""
    tensors = [value for value in values if isinstance(value, Tensor)]
    return torch.stack(tensors).cpu().numpy() if tensors else np.array(values, dtype=np.float32)


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
