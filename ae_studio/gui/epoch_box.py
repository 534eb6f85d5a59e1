"""A field for an epoch that goes through those that are kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.theme import tabular


class EpochBox(QSpinBox):
    """The arrow keys and the wheel lead from one kept epoch to the next; a number that is typed goes to the nearest.

    Signals:
        epoch_chosen(epoch): by the user.
    """

    epoch_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "run_epoch_box")
        self.setPrefix("epoch ")
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        self.setKeyboardTracking(False)  # a number is taken when it is whole
        self.setFont(tabular(self.font()))
        self._epochs: Sequence[int] = (0,)
        self.valueChanged.connect(self._choose)

    def offer(self, epochs: Sequence[int], epoch: int) -> None:
        """These, from small to large, and the one that is shown."""
        self._epochs = epochs or (epoch,)
        with QSignalBlocker(self):
            self.setRange(self._epochs[0], self._epochs[-1])
            self.setValue(epoch)

    def nearest(self, epoch: int) -> int:
        """Of the epochs that are kept."""
        return min(self._epochs, key=lambda kept: abs(kept - epoch))

    def stepBy(self, steps: int) -> None:
        last = len(self._epochs) - 1
        place = bisect_left(self._epochs, self.value())
        self.setValue(self._epochs[min(max(0, place + steps), last)])

    def _choose(self, epoch: int) -> None:
        nearest = self.nearest(epoch)
        with QSignalBlocker(self):
            self.setValue(nearest)
        self.epoch_chosen.emit(nearest)
