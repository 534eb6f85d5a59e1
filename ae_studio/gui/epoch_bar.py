"""The time machine's slider: every epoch of a run, 0 being the model before training."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ae_studio.gui.icons import icon
from ae_studio.gui.jump_slider import JumpSlider
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme, tabular

PLAY_MS = 400  # an epoch: long enough to see what moved
NOTHING = "There is no epoch to go to yet"


class EpochBar(QWidget):
    """Goes back through the epochs that are kept.

    Signals:
        epoch_selected(epoch): show this epoch, from the run's folder.
        follow_changed(following): whether the newest look is shown as it comes.
    """

    epoch_selected = Signal(int)
    follow_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("epoch_bar")
        self._theme = DARK
        self._epochs: list[int] = []
        self._total = 0
        self._live = False
        self._play_button = named(QToolButton(self), "play_button")
        self._play_button.setAccessibleName("Play the epochs")
        self._slider = named(JumpSlider(Qt.Orientation.Horizontal, self), "epoch_slider")
        self._slider.setAccessibleName("Epoch")
        self._read_out = named(QLabel(self), "epoch_label")
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setMinimumWidth(72)
        self._read_out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._follow_button = named(QToolButton(self), "follow_button", text="Follow", checkable=True)
        self._follow_button.setAccessibleName("Follow the newest epoch")
        self._timer = QTimer(self, interval=PLAY_MS)
        self._lay_out()
        self._connect()
        self._show_possible()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(12)
        for widget, stretch in (
            (self._play_button, 0),
            (QLabel("Epoch", self), 0),
            (self._slider, 1),
            (self._read_out, 0),
            (self._follow_button, 0),
        ):
            layout.addWidget(widget, stretch)
        self._play_button.setIconSize(QSize(12, 12))

    def _connect(self) -> None:
        self._slider.valueChanged.connect(self._select)
        self._follow_button.clicked.connect(self._set_following)
        self._play_button.clicked.connect(self._toggle_play)
        self._timer.timeout.connect(self._advance)

    @property
    def epoch(self) -> int:
        """Where the slider stands."""
        return self._slider.value()

    @property
    def kept(self) -> tuple[int, ...]:
        """The epochs that can be gone to."""
        return tuple(self._epochs)

    @property
    def following(self) -> bool:
        return self._follow_button.isChecked()

    def start(self, total: int, *, live: bool = True) -> None:
        """Another run of so many epochs; ``live`` if it is being trained, and so can be followed."""
        self._stop()
        self._epochs, self._total, self._live = [], total, live
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(1, total))
            self._slider.setValue(0)
        self._follow_button.setChecked(live)
        self._show_possible()

    def add_epoch(self, epoch: int) -> None:
        """An epoch was kept; the slider goes there while it follows."""
        if epoch not in self._epochs:
            self._epochs.append(epoch)
            self._epochs.sort()
        if self.following or not self._live:
            self.show_epoch(epoch)
        self._show_possible()

    def show_epoch(self, epoch: int) -> None:
        """Without asking anybody to show it."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(epoch)
        self._show_read_out()

    def follow(self) -> None:
        """The newest look, as the button has it: the training is watched from now on."""
        if self._live and not self.following:
            self._stop()
            self._follow_button.setChecked(True)
            self.follow_changed.emit(True)
            if self._epochs:
                self.show_epoch(self._epochs[-1])

    def end(self) -> None:
        """The training is over: nothing new will come."""
        self._live = False
        self._follow_button.setChecked(False)
        self._show_possible()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_play_icon()

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop()

    def go_to(self, epoch: int) -> None:
        """As if the slider had been moved there."""
        self._select(epoch)

    def _select(self, value: int) -> None:
        """The user moved the slider: to the nearest epoch that is kept."""
        if not self._epochs:
            return
        epoch = min(self._epochs, key=lambda kept: abs(kept - value))
        newest = self._live and epoch == self._epochs[-1]
        if self.following and not newest:
            self._set_following(False)
        self.show_epoch(epoch)
        self.epoch_selected.emit(epoch)

    def _set_following(self, following: bool) -> None:
        self._stop()
        self._follow_button.setChecked(following)
        self.follow_changed.emit(following)
        if following and self._epochs:
            self.show_epoch(self._epochs[-1])
            self.epoch_selected.emit(self._epochs[-1])

    def _toggle_play(self) -> None:
        if self._timer.isActive():
            self._stop()
            return
        if self._slider.value() >= self._epochs[-1]:
            self._slider.setValue(self._epochs[0])
        if self.following:
            self._set_following(False)
        self._timer.start()
        self._show_play_icon()

    def _advance(self) -> None:
        later = [epoch for epoch in self._epochs if epoch > self._slider.value()]
        if later:
            self._slider.setValue(later[0])
        if len(later) <= 1:
            self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        self._show_play_icon()

    def _show_play_icon(self) -> None:
        playing = self._timer.isActive()
        self._play_button.setIcon(icon("pause" if playing else "play", self._theme.text))

    def _show_possible(self) -> None:
        some = len(self._epochs) > 0
        self._slider.setEnabled(some)
        self._slider.setToolTip("Go back to an epoch: points, images and the decoder itself" if some else NOTHING)
        self._play_button.setEnabled(len(self._epochs) > 1)
        self._play_button.setToolTip("Play the epochs" if len(self._epochs) > 1 else NOTHING)
        self._follow_button.setEnabled(self._live)
        self._follow_button.setToolTip("Show the newest as it comes" if self._live else "Nothing is being trained")
        self._show_read_out()

    def _show_read_out(self) -> None:
        self._read_out.setText(f"{self._slider.value()} / {self._total}" if self._epochs else "–")
