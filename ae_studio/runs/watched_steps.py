"""The steps of a run that is written elsewhere, with the changes of settings between them and its weights."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ae_studio.events import RunStarted, StepsDone, ValuesChanged
from ae_studio.runs.appended_weights import AppendedWeights


class WatchedSteps:
    """Of what is read of a run from time to time: what is to be told, in its order."""

    def __init__(self, run: Path) -> None:
        self._weights = AppendedWeights(run / "weights.csv")
        self._changes_told, self._last_step, self._known = 0, 0, 0
        self._caught_up = False
        self._told_at = 0.0

    def begin_behind(self, step: int) -> None:
        """Those up to this step are known already, and what was changed before it."""
        self._known = self._last_step = step

    def told(
        self, started: RunStarted, taken: Sequence[StepsDone], changes: Sequence[ValuesChanged]
    ) -> Iterator[StepsDone | ValuesChanged]:
        """``taken``: the steps since the last time; ``changes``: all of the run, as far as they are written."""
        self._weights.read()  # behind the steps: the writer sends weights on before them
        taken = [new for done in taken if (new := parted(done, self._known)[1])]
        rate = self._images_per_second(started, taken)
        for event in self._with_changes(taken, changes):
            if isinstance(event, ValuesChanged):
                yield event
            else:
                yield from self._weights.told_with(replace(event, images_per_second=rate))

    def _images_per_second(self, started: RunStarted, taken: Sequence[StepsDone]) -> float:
        """Of all epochs in ``taken``, since they are of one stretch of time; 0 where nobody saw how long it took."""
        now = time.monotonic()
        steps = sum(len(done.steps) for done in taken)
        images = steps * started.train_images / started.steps_per_epoch
        rate = images / max(1e-3, now - self._told_at) if self._caught_up else 0.0
        if taken or not self._caught_up:
            self._told_at = now
        self._caught_up = True
        return rate

    def _with_changes(
        self, taken: Sequence[StepsDone], changes: Sequence[ValuesChanged]
    ) -> Iterator[StepsDone | ValuesChanged]:
        """Each change behind its step: what is told at once of steps on either side is told in two parts."""
        waiting = deque(changes[self._changes_told :])
        while waiting and waiting[0].step < self._known:
            self._next_change(waiting)
        for done in taken:
            rest: StepsDone | None = done
            while rest is not None and waiting and waiting[0].step <= done.steps[-1]:
                before, rest = parted(rest, waiting[0].step)
                yield from (before,) if before else ()
                yield self._next_change(waiting)
            yield from (rest,) if rest else ()
            self._last_step = int(done.steps[-1])
        while waiting and waiting[0].step <= self._last_step:
            yield self._next_change(waiting)

    def _next_change(self, waiting: deque[ValuesChanged]) -> ValuesChanged:
        self._changes_told += 1
        return waiting.popleft()


def parted(done: StepsDone, step: int) -> tuple[StepsDone | None, StepsDone | None]:
    """Up to this step, and behind it; None where there are no steps."""
    count = int(np.searchsorted(done.steps, step, side="right"))
    return _cut(done, slice(0, count)), _cut(done, slice(count, None))


def _cut(done: StepsDone, part: slice) -> StepsDone | None:
    terms = {name: values[part] for name, values in done.terms.items()}
    return replace(done, steps=done.steps[part], terms=terms) if len(done.steps[part]) else None
