"""A run that another process writes, told from its folder as if it were our own.

The folder is polled: shared disks tell nobody of changes made elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast

from ae_studio.events import EpochDone, Look, LookDone, OnEvent, RunEnded, RunStarted, Terms
from ae_studio.runs.appended import AppendedMetrics
from ae_studio.runs.looks import restored
from ae_studio.runs.recorded import RecordedRun, RunError, SavedLook
from ae_studio.runs.silence import Silence
from ae_studio.runs.watched_steps import WatchedSteps
from ae_studio.training.control import RunControl
from ae_studio.training.run_folder import RunFolder

POLL_S = 1.0  # the writer sends its rows on about once a second
PATIENCE_S = 60.0  # shared disks show changes late, some by half a minute
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
    known: int = 0,
    resumed: bool = False,
) -> RunEnded:
    """Tells ``on_event`` all that a run folder holds, then what is added, until the run ends or ``control`` is stopped.

    The events are those of :func:`ae_studio.training.train.train`, with :class:`RunStalled` and :class:`RunGoesOn`
    among them; where the run was taken back to an earlier epoch and goes on from there, a second RunStarted begins it
    anew. A file that cannot be read is tried again at the next poll. ``gone`` says why the writer will write no more,
    where that can be known; empty while it lives. What lies before the end of epoch ``known`` has been read by whoever
    asks, and is not told. ``resumed``: somebody is about to go on with it, so that it once ended is its past.
    """
    control = control or RunControl()
    watcher = _Watcher(path, on_event, control, patience_s, known)
    if resumed:
        watcher.forget_its_end()
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

    def __init__(self, path: Path, on_event: OnEvent, control: RunControl, patience_s: float, known: int) -> None:
        self._path = path
        self._emit = on_event
        self._control = control
        self._silence = Silence(path, patience_s)
        self._last_polls = LAST_POLLS
        self._past_end: int | None = None
        self._begin(known)

    def forget_its_end(self) -> None:
        """What the folder says now of how the run ended."""
        self._past_end = self._written_end()

    def _written_end(self) -> int | None:
        """When it was written down how the run ended, in ns; None where it was not."""
        try:
            return (self._path / "ended.json").stat().st_mtime_ns
        except OSError:
            return None

    def _begin(self, known: int = 0) -> None:
        """Nothing is told yet, and these epochs need not be."""
        self._known = known
        self._metrics = AppendedMetrics(self._path / "metrics.csv")
        self._steps = WatchedSteps(self._path)
        self._started: RunStarted | None = None
        self._told_epoch = -1
        self._epoch_told_at = 0.0

    def poll(self, gone: str) -> RunEnded | None:
        """Tells what is new; the end, not told yet, once there is one and nothing is missing before it."""
        if (silence := self._silence.notice()) is not None:
            self._emit(silence)
        try:
            run = RecordedRun(self._path)
        except (RunError, OSError):  # not there yet, or half-written
            return RunEnded("failed", gone, self._folder_if_there()) if gone else None
        if self._past_end is not None and self._written_end() == self._past_end:  # nobody goes on with it yet
            return self._end_of_none(run, gone) if gone else None
        over = run.ended is not None or bool(gone)
        if self._metrics.read(whole=over):  # taken back to an earlier epoch, or to the one that it goes on from
            self._begin(self._known if self._told_epoch <= self._known else 0)
            self._metrics.read(whole=over)
        if self._started is None:
            self._start(run, over)
        if self._started is not None:
            for event in self._steps.told(self._started, self._metrics.take_steps(), run.told_changes()):
                self._emit(event)
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
        return self._end_of_none(run, gone)

    def _end_of_none(self, run: RecordedRun, gone: str) -> RunEnded:
        """Of a writer that is gone, and has not said how it ended."""
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
        known = self._known if self._known in self._metrics.validation else 0  # it was taken back behind it meanwhile
        if known:
            self._told_epoch = known
            self._steps.begin_behind(known * per_epoch)
        self._started = RunStarted(
            run=self._path,
            epochs=run.config.epochs,
            first_epoch=known,
            goes_on=known > 0,
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
        seconds = now - self._epoch_told_at if self._epoch_told_at else 0.0
        self._silence.take_epoch(seconds)
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
