"""Plays the epochs: one after the other, never faster than they can be shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

PLAY_MS = 400  # an epoch at 1×: long enough to see what moved
SPEEDS = {"0.5×": 0.5, "1×": 1.0, "2×": 2.0, "4×": 4.0, "max": None}  # times an epoch each 0.4 s; None: no pause at all
LONGEST_GLIDE_S = 0.4
STEP_GLIDE_S = 0.25  # of a single step: seen, and over before the next one is wanted
PLAY, PAUSE = "Play the epochs (K)", "Pause (K)"
LOOP = "Begin again behind the last epoch"
SPEED = "Epochs a second: 1× is 2.5; max is as fast as they can be shown"


class EpochPlayer(QWidget):
    """Play, loop and speed. Goes on when its time has come *and* the epoch before is seen: nothing queues up.

    Signals:
        advanced(epoch): this one is to be shown.
        playing_changed(playing)
    """

    advanced = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._epochs: Sequence[int] = ()
        self._epoch = 0
        self._playing = False
        self._waiting = False  # for the epoch to be seen
        self._due = False
        self._play = named(QToolButton(self), "play_button")
        self._loop = named(QToolButton(self), "epoch_loop_button", checkable=True)
        self._speed = named(QComboBox(self), "epoch_speed_box")
        self._timer = QTimer(self, singleShot=True)
        self._lay_out()
        self._connect()
        self.allow((), "There is no epoch to go to yet")

    def _lay_out(self) -> None:
        self._loop.setAccessibleName(LOOP)
        self._speed.setAccessibleName("Speed of playing")
        for words in SPEEDS:
            self._speed.addItem(words)
        self._speed.setCurrentText("1×")
        for button in (self._play, self._loop):
            button.setIconSize(QSize(14, 14))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._play, self._loop, self._speed):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self._play.clicked.connect(self.toggle)
        self._loop.toggled.connect(self._show_icons)
        self._timer.timeout.connect(self._come_due)

    @property
    def playing(self) -> bool:
        return self._playing

    @property
    def epoch(self) -> int:
        """That is shown, or on its way."""
        return self._epoch

    @property
    def glide_seconds(self) -> float:
        """How long points may be on their way to the next epoch."""
        return min(LONGEST_GLIDE_S, self._interval / 1000) if self._playing else STEP_GLIDE_S

    @property
    def _interval(self) -> int:
        """Milliseconds an epoch."""
        rate = SPEEDS[self._speed.currentText()]
        return round(PLAY_MS / rate) if rate else 0

    def allow(self, epochs: Sequence[int], reason: str = "") -> None:
        """What can be played; of fewer than two epochs, why there is nothing to play."""
        self._epochs = epochs
        possible = len(epochs) > 1
        if not possible:
            self.stop()
        for widget, hint in ((self._play, ""), (self._loop, LOOP), (self._speed, SPEED)):
            widget.setEnabled(possible)
            widget.setToolTip(hint if possible else reason or "Only one epoch is kept so far")
        self._reason = "" if possible else self._play.toolTip()
        self._show_icons()

    def stand_at(self, epoch: int) -> None:
        """Where it would go on from."""
        self._epoch = epoch

    def toggle(self) -> None:
        if self._playing:
            self.stop()
        elif len(self._epochs) > 1:
            self._playing = True
            self.playing_changed.emit(True)
            self._show_icons()
            if self._epoch >= self._epochs[-1]:
                self._go_to(self._epochs[0])
            else:
                self._advance()

    def stop(self) -> None:
        self._timer.stop()
        self._waiting = self._due = False
        if self._playing:
            self._playing = False
            self.playing_changed.emit(False)
            self._show_icons()

    def go_on(self) -> None:
        """The epoch is seen, or cannot be."""
        self._waiting = False
        if self._playing and self._due:
            self._timer.start(0)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_icons()

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()

    def _come_due(self) -> None:
        self._due = True
        if not self._waiting:
            self._advance()

    def _advance(self) -> None:
        place = bisect_right(self._epochs, self._epoch)
        if place < len(self._epochs):
            self._go_to(self._epochs[place])
        elif self._loop.isChecked():
            self._go_to(self._epochs[0])
        else:
            self.stop()

    def _go_to(self, epoch: int) -> None:
        self._epoch, self._waiting, self._due = epoch, True, False
        self._timer.start(self._interval)
        self.advanced.emit(epoch)

    def _show_icons(self) -> None:
        self._play.setIcon(icon("pause" if self._playing else "play", self._theme.text))
        self._play.setAccessibleName("Pause" if self._playing else "Play the epochs")
        self._play.setToolTip(self._reason or (PAUSE if self._playing else PLAY))
        self._loop.setIcon(icon("loop", self._theme.accent if self._loop.isChecked() else self._theme.text))
