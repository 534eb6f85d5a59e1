"""The time machine's slider: every epoch of a run, 0 being the model before training."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ae_studio.events import ValuesChanged
from ae_studio.gui.epoch_ends import EpochEnds
from ae_studio.gui.epoch_player import EpochPlayer
from ae_studio.gui.epoch_slider import EpochSlider, Marks
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme, tabular
from ae_studio.training.live import changes_the_loss

NOTHING = "There is no epoch to go to yet"
HINT = "Go back to an epoch: points, images and the decoder itself (, and . go by one)"


class EpochBar(QWidget):
    """Goes back through the epochs that are kept.

    Signals:
        epoch_selected(epoch): show this epoch, from the run's folder.
        follow_changed(following): whether the newest look is shown as it comes.
        ends_changed(ends): which epochs are called A and B.
        sides_requested(a, b): both are to be seen side by side.
    """

    epoch_selected = Signal(int)
    follow_changed = Signal(bool)
    ends_changed = Signal(object)
    sides_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("epoch_bar")
        self._epochs: list[int] = []
        self._losses: dict[int, float] = {}  # of validation
        self._others: list[int] = []  # epochs from which on the loss was another one
        self._epoch: int | None = None  # that is shown, or on its way
        self._total = 0
        self._live = False
        self.player = EpochPlayer(self)
        self.ends = EpochEnds(self)
        self._slider = named(EpochSlider(self), "epoch_slider")
        self._slider.setAccessibleName("Epoch")
        self._read_out = named(QLabel(self), "epoch_label")
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._follow_button = named(QToolButton(self), "follow_button", text="Follow", checkable=True)
        self._follow_button.setAccessibleName("Follow the newest epoch")
        self._lay_out()
        self._connect()
        self._show_possible()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(10)
        for widget, stretch in (
            (self.player, 0),
            (QLabel("Epoch", self), 0),
            (self._slider, 1),
            (self._read_out, 0),
            (self.ends, 0),
            (self._follow_button, 0),
        ):
            layout.addWidget(widget, stretch)

    def _connect(self) -> None:
        self._slider.valueChanged.connect(self._select)
        self._slider.sliderPressed.connect(self.player.stop)
        self._follow_button.clicked.connect(self._set_following)
        self.player.advanced.connect(self._go)
        self.player.playing_changed.connect(self._unfollow)
        self.ends.epoch_chosen.connect(self.go_to)
        self.ends.ends_changed.connect(self._take_ends)
        self.ends.sides_requested.connect(self.sides_requested)

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

    @property
    def glide_seconds(self) -> float:
        """How long points may be on their way; while the handle is dragged, the hand is all the motion there is."""
        return 0.0 if self._slider.isSliderDown() else self.player.glide_seconds

    # What is told

    def start(self, total: int, *, live: bool = True) -> None:
        """Another run of so many epochs; ``live`` if it is being trained, and so can be followed."""
        self.player.stop()
        self._epochs, self._losses, self._epoch, self._total, self._live = [], {}, None, total, live
        self._others = []
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(1, total))
            self._slider.setValue(0)
        self._follow_button.setChecked(live)
        self.ends.begin()
        self._reserve_room()
        self._show_possible()

    def go_on(self, total: int, done: int) -> None:
        """The run that is shown is trained on to ``total``, behind ``done`` epochs: what is known of these stays. It is
        followed, unless the user has gone to an older epoch."""
        self.player.stop()
        self._total, self._live = total, True
        self._others = [other for other in self._others if other <= done]  # changes behind are told again
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(1, total))
        following = not self._epochs or self._epoch in (None, self._epochs[-1])
        self._follow_button.setChecked(following)
        self._reserve_room()
        self._show_possible()
        if not following:
            self.follow_changed.emit(False)

    def add_epoch(self, epoch: int, loss: float = math.nan) -> None:
        """An epoch was kept, with this loss on validation images; the slider goes there while it follows."""
        if math.isfinite(loss):
            self._losses[epoch] = loss
        self.add_kept([epoch])
        if self.following or not self._live:
            self.show_epoch(epoch)

    def add_kept(self, epochs: Iterable[int]) -> None:
        """Epochs that the run's folder holds; the slider stays."""
        added = set(epochs) - set(self._epochs)
        if added:
            self._epochs = sorted({*self._epochs, *added})
        self._show_possible()

    def show_losses(self, losses: Mapping[int, float]) -> None:
        """Of validation, by epoch."""
        self._losses |= {epoch: loss for epoch, loss in losses.items() if math.isfinite(loss)}
        self._show_marks()

    def take_change(self, event: ValuesChanged) -> None:
        """Settings were changed: where the loss is another one behind it, losses before count no more."""
        if changes_the_loss(event.values):
            self._others.append(event.epoch + 1)
            self._show_marks()

    def refuse(self, epoch: int, shown: int) -> None:
        """An epoch that cannot be shown: the slider does not stop there any more, and goes back to the one that is
        ``shown``, unless it is playing."""
        self._epochs = [each for each in self._epochs if each != epoch]
        self.ends.drop(epoch)
        self._show_possible()
        if self.player.playing:
            self.player.go_on()
        else:
            self.show_epoch(shown)

    def show_epoch(self, epoch: int) -> None:
        """Without asking anybody to show it."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(epoch)
        self._epoch = epoch
        self.player.stand_at(epoch)
        self.ends.allow(epoch if self._epochs else None)
        self._show_read_out()

    def follow(self) -> None:
        """The newest look, as the button has it: the training is watched from now on."""
        if self._live and not self.following:
            self.player.stop()
            self._follow_button.setChecked(True)
            self.follow_changed.emit(True)
            if self._epochs:
                self.show_epoch(self._epochs[-1])

    def end(self) -> None:
        """The training is over: nothing new will come."""
        self._live = False
        self._follow_button.setChecked(False)
        self._epoch = None  # what is seen may be of a later step
        self._show_possible()

    def set_theme(self, theme: Theme) -> None:
        self.player.set_theme(theme)
        self.ends.set_theme(theme)
        self._slider.set_theme(theme)

    # What is wanted

    def go_to(self, epoch: int) -> None:
        """To the kept epoch that is nearest, as if the slider had been moved there."""
        self.player.stop()
        self._go(epoch)

    def step(self, steps: int) -> None:
        """So many kept epochs later, or earlier."""
        if self._epochs:
            self.go_to(self._slider.stop_beside(steps))

    def _select(self, value: int) -> None:
        """The user moved the slider."""
        if self._epochs and (self.following or self._slider.nearest(value) != self._epoch):
            self.go_to(value)
        else:  # not far enough: the next kept one is elsewhere
            self.show_epoch(self._epoch or 0)

    def _go(self, epoch: int) -> None:
        if not self._epochs:
            return
        epoch = self._slider.nearest(epoch)
        newest = self._live and epoch == self._epochs[-1]
        if self.following and not newest:
            self._leave_newest()
        self.show_epoch(epoch)
        self.epoch_selected.emit(epoch)

    def _unfollow(self, playing: bool) -> None:
        if playing and self.following:
            self._leave_newest()

    def _leave_newest(self) -> None:
        self._follow_button.setChecked(False)
        self._show_read_out()
        self.follow_changed.emit(False)

    def _set_following(self, following: bool) -> None:
        self.player.stop()
        self._show_read_out()
        self.follow_changed.emit(following)
        if following and self._epochs:
            self.go_to(self._epochs[-1])

    def _take_ends(self, ends: object) -> None:
        self._show_marks()
        self.ends_changed.emit(ends)

    # What is shown

    def _show_possible(self) -> None:
        some = len(self._epochs) > 0
        self._slider.stops = self._epochs
        self._slider.setEnabled(some)
        self.player.allow(self._epochs, "" if some else NOTHING)
        self.ends.allow(self._slider.value() if some else None)
        self._follow_button.setEnabled(self._live)
        self._follow_button.setToolTip("Show the newest as it comes" if self._live else "Nothing is being trained")
        self._show_marks()
        self._show_read_out()

    def _show_marks(self) -> None:
        kept = {epoch: self._losses[epoch] for epoch in self._epochs if epoch in self._losses}
        first = max((other for other in self._others if other <= max(kept, default=0)), default=0)
        kept = {epoch: loss for epoch, loss in kept.items() if epoch >= first}
        best = min(kept, key=kept.__getitem__) if kept else None
        self._slider.show_marks(Marks(*self.ends.ends, best))
        told = "" if best is None else f"\n▾ the lowest validation loss, {kept[best]:.5g}, is that of epoch {best}"
        told += f"; before epoch {first} the loss was another one" if told and first else ""
        self._slider.setToolTip(HINT + told if self._epochs else NOTHING)

    def _show_read_out(self) -> None:
        text = f"{self._slider.value()} / {self._total}" if self._epochs else "–"
        if self._epochs and self._live and not self.following:
            text += f", newest {self._epochs[-1]}"
        self._read_out.setText(text)

    def _reserve_room(self) -> None:
        """So that the slider keeps its width while figures grow."""
        self.ends.reserve_room(self._total)
        longest = f"{self._total} / {self._total}" + (f", newest {self._total}" if self._live else "")
        self._read_out.setMinimumWidth(self._read_out.fontMetrics().horizontalAdvance(longest) + 2)
