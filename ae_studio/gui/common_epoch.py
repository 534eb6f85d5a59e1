"""One slider for the epoch of all runs that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ae_studio.gui.jump_slider import JumpSlider
from ae_studio.gui.named import named
from ae_studio.gui.newest_call import NewestCall
from ae_studio.gui.theme import tabular

PACE_MS = 60  # between two epochs while the slider is dragged: reading one of four runs takes about as long


class CommonEpoch(QWidget):
    """Signals: ``epoch_chosen(epoch)`` for all runs; a run that has not kept it takes the nearest."""

    epoch_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel("All runs at epoch", self)
        self._slider = named(JumpSlider(Qt.Orientation.Horizontal, self), "common_epoch_slider")
        self._slider.setAccessibleName("The epoch of all runs")
        self._read_out = named(QLabel(self), "dim_label")
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setMinimumWidth(96)
        self._calls = NewestCall(PACE_MS, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._read_out)
        self._slider.valueChanged.connect(self._choose)

    def show_epochs(self, last: int, epochs: Sequence[int]) -> None:
        """The runs have up to ``last`` epochs, and stand at these."""
        same = len(set(epochs)) == 1
        if not self._slider.isSliderDown():
            with QSignalBlocker(self._slider):
                self._slider.setRange(0, max(1, last))
                self._slider.setValue(max(epochs, default=0))
        self._slider.setEnabled(last > 0)
        self._slider.setToolTip("" if last > 0 else "No run has been trained for an epoch yet")
        self._read_out.setText(f"{epochs[0]} of {last}" if same else "each at its own")

    def end(self) -> None:
        self._calls.forget()

    def _choose(self, epoch: int) -> None:
        self._read_out.setText(str(epoch))
        self._calls.put(partial(self.epoch_chosen.emit, epoch))
