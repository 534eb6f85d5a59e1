"""The status bar: where it computes, how fast, how long still."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QWidget

from ae_studio.events import EpochDone, RunEnded, RunStarted, StepsDone
from ae_studio.gui.named import named
from ae_studio.gui.progress_line import ProgressLine
from ae_studio.gui.steady import Steady

SHOW_MS = 250  # between two changes of the text: nobody reads faster
SMOOTHING = 0.9  # of the speed's running mean: a slow batch must not make the time left jump


class StatusBar(QStatusBar):
    """Device, images/s, time left, decode time; progress of the epoch and of the run; what was last done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._line = QWidget(self)  # what changes many times a second
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._places = QHBoxLayout(self._line)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(6)
        self._device = self._label("device_label", "Device")
        self._speed = self._label("speed_label", "Speed of the training")
        self._time_left = self._label("time_left_label", "Time left")
        self._decode = self._label("decode_label", "Time of one decode")
        self._epoch_bar = self._bar("epoch_progress", "Progress of the epoch")
        self._run_bar = self._bar("run_progress", "Progress of the run")
        self._note = named(QLabel(self), "status_note")
        self._started: RunStarted | None = None
        self._images_per_second = 0.0
        self._newest: StepsDone | None = None
        self._milliseconds = 0.0
        self._timer = QTimer(self, singleShot=True, interval=SHOW_MS)
        self._timer.timeout.connect(self._show_newest)
        self._places.addStretch()
        self.addWidget(Steady(self._line, self), 1)
        self.addPermanentWidget(self._note)

    def _label(self, name: str, accessible: str) -> QLabel:
        label = named(QLabel(self._line), name, visible=False)
        label.setAccessibleName(accessible)
        label.setToolTip(accessible)
        self._places.addWidget(label)
        return label

    def _bar(self, name: str, accessible: str) -> ProgressLine:
        bar = named(ProgressLine(self._line, textVisible=False, maximum=1000), name)
        bar.setAccessibleName(accessible)
        bar.setToolTip(accessible)
        bar.setFixedWidth(96)
        bar.hide()
        self._places.addWidget(bar)
        return bar

    def start(self, event: RunStarted) -> None:
        self._started, self._images_per_second = event, 0.0
        _say(self._device, f"{event.device}, {event.precision}")
        self._show_progress(event.first_epoch * event.steps_per_epoch)
        self._epoch_bar.show()
        self._run_bar.show()
        self.note(f"{event.parameters:,} parameters")

    def show_steps(self, event: StepsDone) -> None:
        if self._started is None:
            return
        speed = event.images_per_second
        old = self._images_per_second
        self._images_per_second = SMOOTHING * old + (1 - SMOOTHING) * speed if old else speed
        self._newest = event
        self._show_soon()

    def _show_soon(self) -> None:
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    def _show_newest(self) -> None:
        if self._milliseconds:
            _say(self._decode, f"Decode {self._milliseconds:.1f} ms")
        if self._newest is not None and self._started is not None:
            self._show_speed(self._started, self._newest)
        self._newest = None

    def _show_speed(self, started: RunStarted, event: StepsDone) -> None:
        self._show_progress(int(event.steps[-1]))
        if self._images_per_second == 0:
            return  # not known yet, of a run that is watched from its middle
        _say(self._speed, f"{_rounded(self._images_per_second):,} images/s")
        left = (started.epochs - (event.epoch - 1)) * started.train_images
        done = (int(event.steps[-1]) - 1) % started.steps_per_epoch + 1
        left -= round(done / started.steps_per_epoch * started.train_images)
        _say(self._time_left, f"{in_words(left / max(1.0, self._images_per_second))} left")

    def show_epoch(self, event: EpochDone) -> None:
        if self._started is not None:
            self._show_progress(event.epoch * self._started.steps_per_epoch)

    def show_decode(self, milliseconds: float) -> None:
        self._milliseconds = milliseconds
        self._show_soon()

    def show_paused(self, paused: bool) -> None:
        _say(self._time_left, "paused" if paused else "")

    def end(self, event: RunEnded) -> None:
        self._epoch_bar.hide()
        self._run_bar.hide()
        self._newest = None
        _say(self._speed, "")
        _say(self._time_left, "")
        self.note(event.reason if event.outcome != "failed" else "Failed")

    def note(self, text: str) -> None:
        self._note.setText(text)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def _show_progress(self, step: int) -> None:
        assert self._started is not None
        per_epoch = self._started.steps_per_epoch
        self._run_bar.setValue(round(1000 * step / (per_epoch * self._started.epochs)))
        within = (step - 1) % per_epoch + 1 if step else 0
        self._epoch_bar.setValue(round(1000 * within / per_epoch))


def _say(label: QLabel, text: str) -> None:
    """Where nothing is said no room is left free."""
    label.setText(text)
    label.setVisible(bool(text))


def in_words(seconds: float) -> str:
    """Seconds as a person says them: ``8 s``, ``3 min``, ``2 h 10 min``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _rounded(value: float) -> int:
    """To three digits: the others only flicker."""
    digits = max(0, len(str(int(value))) - 3)
    return round(value / 10**digits) * 10**digits
