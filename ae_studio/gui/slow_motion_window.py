"""The window in slow motion: training steps from the inside, and every connection of that."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ae_studio.gui.run_window import RunWindow
from ae_studio.gui.step_marks import StepMarks


class SlowMotionWindow(RunWindow):
    """The window around a run, which can be gone through stage by stage."""

    def __init__(self) -> None:
        super().__init__()
        self.step_marks = StepMarks(self.hand, self.latent_panel.canvas, self)
        self._connect_slow_motion()

    def _connect_slow_motion(self) -> None:
        """A step from the inside: on the strip, and on the canvas."""
        slow, strip, marks = self.slow_motion, self.slow_motion_strip, self.step_marks
        session, steering = self.session, self.steering

        self.top_bar.slow_motion_toggled.connect(slow.toggle)
        slow.step_wanted.connect(steering.seen_step)
        session.step_seen.connect(slow.take_step)
        session.run_ended.connect(slow.end_run)
        session.run_started.connect(strip.start_run)
        steering.paused_changed.connect(slow.take_paused)
        slow.opened.connect(strip.open)
        slow.opened.connect(partial(self.top_bar.show_slow_motion, True))
        slow.opened.connect(self.epoch_bar.follow)
        slow.opened.connect(self.latent_panel.give_way)
        slow.step_begun.connect(strip.show_step)
        slow.step_begun.connect(marks.begin)
        slow.stage_shown.connect(strip.show_stage)
        slow.stage_shown.connect(marks.show)
        slow.playing_changed.connect(strip.show_playing)
        slow.closed.connect(strip.hide)
        slow.closed.connect(marks.clear)
        slow.closed.connect(self.latent_panel.take_back)
        slow.closed.connect(partial(self.top_bar.show_slow_motion, False))
        slow.closed.connect(self.latent_panel.canvas.setFocus)
        strip.stage_chosen.connect(slow.go)
        strip.next_requested.connect(slow.go_on)
        strip.previous_requested.connect(slow.go_back)
        strip.play_toggled.connect(slow.toggle_play)
        strip.speed_chosen.connect(slow.set_speed)
        strip.close_requested.connect(slow.close)

    def step(self) -> None:
        """One batch; in slow motion the next one that is played."""
        if self.slow_motion.on:
            self.slow_motion.go_to_next_step()
        else:
            super().step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In slow motion some keys mean what is played."""
        key, slow = event.key(), self.slow_motion
        if key == Qt.Key.Key_Space and slow.on:
            slow.toggle_play()
        elif key == Qt.Key.Key_Escape and slow.on:
            slow.close()
        elif key == Qt.Key.Key_S and slow.on:
            self.step()
        elif key == Qt.Key.Key_M and (slow.on or not self.steering.possible().why_no_step):
            slow.toggle()
        else:
            super().keyPressEvent(event)
