"""The stream of a run's events, told as signals, with the look that is to be shown now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ae_studio.events import (
    EpochDone,
    Event,
    Look,
    LookDone,
    RunEnded,
    RunGoesOn,
    RunStalled,
    RunStarted,
    StepsDone,
    StepSeen,
    ValuesChanged,
)

SIGNALS: dict[type, str] = {
    StepsDone: "steps_done",
    EpochDone: "epoch_done",
    RunStarted: "run_started",
    ValuesChanged: "values_changed",
    StepSeen: "step_seen",
    RunStalled: "run_stalled",
    RunEnded: "run_ended",
}


class RunStream(QObject):
    """Looks are held back while the user looks at an old epoch; the newest is kept.

    Signals:
        run_started(RunStarted), steps_done(StepsDone), epoch_done(EpochDone), run_ended(RunEnded)
        values_changed(ValuesChanged): settings of the run that is being trained.
        step_seen(StepSeen): a step from the inside.
        run_stalled(RunStalled), run_goes_on(): of a run that is watched.
        look_shown(Look): the look to show now.
    """

    run_started = Signal(object)
    steps_done = Signal(object)
    epoch_done = Signal(object)
    values_changed = Signal(object)
    step_seen = Signal(object)
    run_ended = Signal(object)
    run_stalled = Signal(object)
    run_goes_on = Signal()
    look_shown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_path: Path | None = None
        self._following = True
        self._newest: Look | None = None

    def tell(self, event: Event) -> None:
        """The next event of a run."""
        if isinstance(event, RunStarted):
            self.run_path, self._following, self._newest = event.run, True, None
        if isinstance(event, RunGoesOn):
            self.run_goes_on.emit()
        elif not isinstance(event, LookDone):
            getattr(self, SIGNALS[type(event)]).emit(event)
        if isinstance(event, EpochDone | LookDone):
            self._take_look(event.look)

    def follow(self, following: bool) -> None:
        """Whether the newest look is shown as it comes; it is at once where one came meanwhile."""
        missed = following and not self._following
        self._following = following
        if missed and self._newest is not None:
            self.look_shown.emit(self._newest)

    def _take_look(self, look: Look) -> None:
        self._newest = look
        if self._following:
            self.look_shown.emit(look)
