"""A run that another process writes, told from its folder as if it were our own.

The folder is polled: shared disks tell nobody of changes made elsewhere. Clocks of two machines are never compared;
what counts is that something changed between two polls.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

import numpy as np

from ae_studio.events import (
    EpochDone,
    Look,
    LookDone,
    OnEvent,
    RunEnded,
    RunGoesOn,
    RunStalled,
    RunStarted,
    StepsDone,
    Terms,
    ValuesChanged,
)
from ae_studio.runs.appended import AppendedMetrics
from ae_studio.runs.appended_weights import AppendedWeights
from ae_studio.runs.looks import restored
from ae_studio.runs.recorded import RecordedRun, RunError, SavedLook
from ae_studio.training.control import RunControl
from ae_studio.training.live import CHANGES
from ae_studio.training.run_folder import RunFolder

POLL_S = 1.0  # the writer sends its rows on about once a second
PATIENCE_S = 60.0  # shared disks show changes late, some by half a minute
USUAL_EPOCHS = 3.0  # times the longest epoch seen: only then is silence strange
RECENT = 5  # epochs whose weights are read before they are told: files that are half-written are new ones
LAST_POLLS = 3  # behind the end, for files that a shared disk shows late

Outcome = Literal["finished", "stopped", "failed"]


def _nothing() -> str:
    return ""


def watch(
    path: Path,
    on_event: OnEvent,
    control: RunControl | None = None,
    *,
    poll_s: float = POLL_S,
    patience_s: float = PATIENCE_S,
    gone: Callable[[], str] = _nothing,
) -> RunEnded:
    """Tells ``on_event`` all that a run folder holds, then what is added, until the run ends or ``control`` is stopped.

    The events are those of :func:`ae_studio.training.train.train`, with :class:`RunStalled` and :class:`RunGoesOn`
    among them; where the run was taken back to an earlier epoch and goes on from there, a second RunStarted begins it
    anew. A file that cannot be read is tried again at the next poll. ``gone`` says why the writer will write no more,
    where that can be known; empty while it lives.
    """
    control = control or RunControl()
    watcher = _Watcher(path, on_event, control, patience_s)
    ended = None
    while ended is None:
        why = gone()  # asked before looking: what it wrote last is still told
        ended = watcher.poll(why)
        if control.stop_requested and ended is None:
            ended = RunEnded("stopped", "No longer watched; the run itself was left alone.", path)
        if ended is None:
            control.rest(poll_s)
    on_event(ended)
    return ended


class _Watcher:
    """What was told of a run, and what comes next."""

    def __init__(self, path: Path, on_event: OnEvent, control: RunControl, patience_s: float) -> None:
        self._path = path
        self._emit = on_event
        self._control = control
        self._patience_s = patience_s
        self._state: Hashable = None
        self._changed_at = time.monotonic()
        self._stalled = False
        self._longest_epoch = 0.0
        self._last_polls = LAST_POLLS
        self._begin()

    def _begin(self) -> None:
        """Nothing is told yet."""
        self._metrics = AppendedMetrics(self._path / "metrics.csv")
        self._weights = AppendedWeights(self._path / "weights.csv")
        self._started: RunStarted | None = None
        self._changes_told, self._last_step = 0, 0
        self._told_epoch = -1
        self._caught_up_at = 0.0
        self._told_at = 0.0
        self._epoch_told_at = 0.0

    def poll(self, gone: str) -> RunEnded | None:
        """Tells what is new; the end, not told yet, once there is one and nothing is missing before it."""
        self._notice_silence()
        try:
            run = RecordedRun(self._path)
        except (RunError, OSError):  # not there yet, or half-written
            return RunEnded("failed", gone, self._folder_if_there()) if gone else None
        over = run.ended is not None or bool(gone)
        if self._metrics.read(whole=over):  # taken back to an earlier epoch
            self._begin()
            self._metrics.read(whole=over)
        if self._started is None:
            self._start(run, over)
        if self._started is not None:
            self._tell_steps(run)
            missing = self._tell_epochs(run)
        else:
            missing = bool(run.looks)
        if not over:
            return None
        self._last_polls -= 1
        if missing and self._last_polls > 0:
            return None
        return self._end(run, gone)

    def _end(self, run: RecordedRun, gone: str) -> RunEnded:
        self._tell_unfinished(run)
        if run.ended is not None:
            outcome, reason = run.ended
            known = outcome if outcome in ("finished", "stopped", "failed") else "failed"
            return RunEnded(cast(Outcome, known), reason, self._path)
        kept = f"All that was learned up to epoch {run.last_epoch} is kept." if run.last_epoch is not None else ""
        return RunEnded("failed", f"{gone} {kept}".strip(), self._path)

    def _folder_if_there(self) -> Path | None:
        return self._path if self._path.is_dir() else None

    # What is told

    def _start(self, run: RecordedRun, over: bool) -> None:
        """As soon as there is a look, which holds the images that the views show."""
        saved = next((look for epoch in run.looks if (look := _look(run, epoch))), None)
        per_epoch = run.steps_per_epoch or self._metrics.steps_per_epoch or int(over)
        if saved is None or not per_epoch:
            return
        self._started = RunStarted(
            run=self._path,
            epochs=run.config.epochs,
            first_epoch=0,
            steps_per_epoch=per_epoch,
            space=run.space,
            parameters=run.parameters,
            train_images=run.train_images or per_epoch * run.config.batch_size,
            validation_images=run.validation_images or len(saved.labels),
            device=run.device,
            precision=run.precision,
            probes=saved.probes,
            sample_labels=saved.labels,
            class_names=run.class_names,
            loss_unit=run.loss_unit or _loss_unit(run),
            sample_images=run.sample_images(),
        )
        self._emit(self._started)

    def _tell_steps(self, run: RecordedRun) -> None:
        """With the changes of settings between them."""
        assert self._started is not None
        now = time.monotonic()
        taken = self._metrics.take_steps()
        self._weights.read()  # behind the steps: the writer sends weights on before them
        steps = sum(len(done.steps) for done in taken)  # of several epochs, perhaps, but of one stretch of time
        images = steps * self._started.train_images / self._started.steps_per_epoch
        rate = images / max(1e-3, now - self._told_at) if self._caught_up_at else 0.0
        for event in self._with_changes(run, taken):
            if isinstance(event, ValuesChanged):
                self._emit(event)
                continue
            for part in self._weights.told_with(replace(event, images_per_second=rate)):
                self._emit(part)
        self._told_at = now if taken else self._told_at
        if not self._caught_up_at:
            self._caught_up_at = self._told_at = now

    def _with_changes(self, run: RecordedRun, taken: list[StepsDone]) -> Iterator[StepsDone | ValuesChanged]:
        """Each change behind its step: what is told at once of steps on either side is told in two parts."""
        waiting = deque(run.told_changes()[self._changes_told :])
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

    def _tell_epochs(self, run: RecordedRun) -> bool:
        """In their order; one that cannot be read is waited for until a later one can. Says whether one is missing."""
        missing = False
        validation = self._metrics.validation
        epochs = sorted(epoch for epoch in validation if epoch > self._told_epoch)
        for epoch in epochs:
            if self._control.stop_requested:
                return missing
            look = _whole_look(run, epoch, late=epoch <= epochs[-1] - RECENT)
            missing = look is None
            if look is not None:
                self._tell_epoch(run, look, validation[epoch])
        return missing

    def _tell_epoch(self, run: RecordedRun, look: Look, validation: Terms) -> None:
        assert self._started is not None
        now, epoch = time.monotonic(), look.epoch
        seconds = now - self._epoch_told_at if self._told_epoch >= 0 else 0.0
        self._longest_epoch = max(self._longest_epoch, seconds)
        self._epoch_told_at, self._told_epoch = now, epoch
        train = dict(self._metrics.train.get(epoch, {}))
        rate = train.pop("lr", run.config.lr)
        speed = self._started.train_images / seconds if seconds > 0 else 0.0
        snapshot = RunFolder(self._path).snapshot_path(epoch)
        self._emit(EpochDone(epoch, train, validation, rate, seconds, speed, snapshot, look))

    def _tell_unfinished(self, run: RecordedRun) -> None:
        """What a stop kept of the epoch at work: a look without numbers of its own."""
        last = run.looks[-1] if run.looks else -1
        if self._started is not None and last > self._told_epoch and last not in self._metrics.validation:
            look = _whole_look(run, last)
            if look is not None:
                self._emit(LookDone(look))

    # Silence

    def _notice_silence(self) -> None:
        now, state = time.monotonic(), _state(self._path)
        if state != self._state:
            self._state, self._changed_at = state, now
            if self._stalled:
                self._stalled = False
                self._emit(RunGoesOn())
        elif not self._stalled and now - self._changed_at >= self._patience():
            self._stalled = True
            self._emit(RunStalled(now - self._changed_at))

    def _patience(self) -> float:
        return max(self._patience_s, USUAL_EPOCHS * self._longest_epoch)


def _state(path: Path) -> Hashable:
    """Something that is another whenever a run has gone on."""
    found = []
    for name in ("metrics.csv", "log.txt", "last.ckpt", "snapshots", "looks", "config.json", "ended.json", CHANGES):
        try:
            stat = (path / name).stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def parted(done: StepsDone, step: int) -> tuple[StepsDone | None, StepsDone | None]:
    """Up to this step, and behind it; None where there are no steps."""
    count = int(np.searchsorted(done.steps, step, side="right"))
    return _cut(done, slice(0, count)), _cut(done, slice(count, None))


def _cut(done: StepsDone, part: slice) -> StepsDone | None:
    terms = {name: values[part] for name, values in done.terms.items()}
    return replace(done, steps=done.steps[part], terms=terms) if len(done.steps[part]) else None


def _look(run: RecordedRun, epoch: int) -> SavedLook | None:
    try:
        return run.look(epoch)
    except RunError:
        return None


def _whole_look(run: RecordedRun, epoch: int, *, late: bool = False) -> Look | None:
    """An epoch's look with its decoder; None while one of them cannot be read.

    ``late``: others follow at once, so that it is hardly ever decoded; the weights are read only if it is.
    """
    if late and epoch not in run.snapshots:
        return None
    try:
        return restored(run, run.look(epoch), late=late)
    except RunError:
        return None


def _loss_unit(run: RecordedRun) -> str:
    try:
        return run.model().loss_unit
    except RunError:
        return ""
