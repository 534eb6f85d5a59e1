"""Plays training steps from the inside, a stage after the other."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ae_studio.events import Look, RunEnded, StepSeen
from ae_studio.gui.step_words import UPDATE, stages_of

STAGE_MS = 1250  # time to read a caption and to look at two things
FRAME_MS = 33  # 30 Hz: what moves within a stage moves slowly
SPEEDS = (0.5, 1.0, 2.0, 4.0)


class SlowMotion(QObject):
    """Asks for a step that is told from the inside, plays its stages, and asks for the next one.

    The step itself is done, with its look behind it, as soon as it is told: that look is held back until the stage that
    it belongs to, and the one before comes back where the stages are gone through backwards. At the end of the run's
    last step, at a stop, a failure, or when the training is let run, it is over.

    Signals:
        step_wanted(): another step is to be taken, and told.
        opened(), closed(): closed leaves the training paused, but where it was let run, or has ended.
        step_begun(StepSeen): its first stage follows.
        stage_shown(stage, share): which stage is played, and how much of it is over, 0 to 1.
        playing_changed(playing): paused means that a stage stands still.
        look_due(Look): the look to show now.
    """

    step_wanted = Signal()
    opened = Signal()
    closed = Signal()
    step_begun = Signal(object)
    stage_shown = Signal(int, float)
    playing_changed = Signal(bool)
    look_due = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = False
        self.playing = False
        self.seen: StepSeen | None = None  # None while a step is waited for
        self.stage, self.share = 0, 0.0
        self._speed = 1.0
        self._last = False  # no step will follow: the run has ended
        self._before: Look | None = None
        self._behind: Look | None = None
        self._shown: Look | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._advance)

    # On and off

    def toggle(self) -> None:
        self.close() if self.on else self.open()

    def open(self) -> None:
        if self.on:
            return
        self.on, self._last = True, False
        self._set_playing(True)
        self.opened.emit()
        self.step_wanted.emit()

    def close(self) -> None:
        """The look that was held back is shown at once."""
        if not self.on:
            return
        self.on, self.seen = False, None
        self._set_playing(False)
        self._show(self._behind)
        self._before, self._behind = self._behind or self._before, None
        self.closed.emit()

    def end(self) -> None:
        """Without a word: the window is closed."""
        self.on, self.seen = False, None
        self._timer.stop()

    # What the run tells

    def take_step(self, seen: StepSeen) -> None:
        """One that nobody waits for, asked for on the way out, is not played."""
        if not self.on or self.seen is not None:
            return
        self.seen, self._behind = seen, None
        self.step_begun.emit(seen)
        self.go(stages_of(seen)[0])
        self._set_playing(self.playing)

    def take_look(self, look: Look) -> None:
        """Every look of the run passes here."""
        if self.seen is None:
            self._before = look
            self._show(look)
        elif look.step >= self.seen.step:
            self._behind = look
            self._show_due()
        else:  # of an epoch that the user looks at meanwhile
            self._show(look)

    def take_paused(self, paused: bool) -> None:
        """The training was let run at full speed."""
        if not paused:
            self.close()

    def end_run(self, event: RunEnded) -> None:
        """A step that is played is played to its end, unless the run was stopped or has failed."""
        self._last = True
        if self.seen is None or event.outcome != "finished":
            self.close()

    # Which stage is seen

    def toggle_play(self) -> None:
        if self.on:
            self._set_playing(not self.playing)

    def set_speed(self, speed: float) -> None:
        self._speed = speed

    def go(self, stage: int) -> None:
        """To the beginning of one of the stages that the step has."""
        if self.seen is not None and stage in stages_of(self.seen):
            self._set_stage(stage)

    def go_on(self) -> None:
        """To the next stage, from the last one to the next step."""
        if self.seen is None:
            return
        later = [stage for stage in stages_of(self.seen) if stage > self.stage]
        if later:
            self._set_stage(later[0])
        else:
            self.go_to_next_step()

    def go_back(self) -> None:
        """To the stage before; from the first one to its beginning."""
        if self.seen is not None:
            earlier = [stage for stage in stages_of(self.seen) if stage < self.stage]
            self._set_stage(earlier[-1] if earlier else self.stage)

    def go_to_next_step(self) -> None:
        """Leaves the rest of this one out."""
        if self._last:
            self.close()
        elif self.seen is not None:
            self._show(self._behind)
            self._before, self._behind, self.seen = self._behind or self._before, None, None
            self._timer.stop()
            self.step_wanted.emit()

    def _set_stage(self, stage: int) -> None:
        """One that is gone to while nothing is played is seen as it ends: with all that it has to show."""
        self.stage, self.share = stage, 0.0 if self.playing else 1.0
        self._clock.restart()
        self._show_due()
        self.stage_shown.emit(stage, self.share)

    def _set_playing(self, playing: bool) -> None:
        changed, self.playing = playing != self.playing, playing
        if playing and self.seen is not None:
            self._clock.restart()
            self._timer.start()
        else:
            self._timer.stop()
        if changed:
            self.playing_changed.emit(playing)

    def _advance(self) -> None:
        self.share += self._clock.restart() * self._speed / STAGE_MS
        if self.share >= 1:
            self.go_on()
        else:
            self.stage_shown.emit(self.stage, self.share)

    # The looks

    def _show_due(self) -> None:
        """That of the new weights from the update on, before it that of the old ones."""
        self._show(self._behind if self.stage == UPDATE else self._before)

    def _show(self, look: Look | None) -> None:
        if look is not None and look is not self._shown:
            self._shown = look
            self.look_due.emit(look)
