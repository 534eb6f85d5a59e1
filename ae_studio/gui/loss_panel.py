"""The loss curves: every term of every step and epoch, while they come."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ae_studio.events import EpochDone, RunStarted, StepsDone, ValuesChanged
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_legend import LossLegend
from ae_studio.gui.loss_lines import LOSS, SPLITS, TRAIN, VALIDATION, Curve, LossLines
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

if TYPE_CHECKING:
    from ae_studio.gui.loss_plot import LossPlot

REDRAW_MS = 500  # curves creep; no need to see them more often
SLOWEST_MS = 2000
REDRAW_SHARE = 0.01  # of the time that drawing them may cost: a training on all cores waits for the one that paints
SMALL = 0.3  # of the loss: a term below this would squash the others, so it waits for a click in the legend


class LossPanel(QWidget):
    """Collects the numbers of a run, and shows them a few times a second in :class:`LossPlot`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_panel")
        self._theme = DARK
        self._data = LossData()
        self._steps_per_epoch = 0
        self._known: list[str] = []
        self._hidden: set[Curve] = set()
        self._stale = False
        self.header = QWidget(self)  # stands in the dock's own header
        self._unit = named(FittingLabel(self.header), "dim_label")
        self._log_box = named(QCheckBox("log", self.header), "log_box", toolTip="Logarithmic axis")
        self._log_box.setAccessibleName("Logarithmic axis")
        self._legend = LossLegend(self)
        self._empty = named(QLabel("Every term of the loss, step by step", self), "dim_label")
        self._plot: LossPlot | None = None  # from the first run on: pyqtgraph takes longer to load than all the rest
        self._stack = QStackedLayout()
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        header = QHBoxLayout(self.header)
        header.setContentsMargins(0, 0, 0, 0)
        header.addWidget(self._unit, 1)
        header.addWidget(self._log_box)
        self._legend.setContentsMargins(10, 0, 8, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._legend)
        layout.addLayout(self._stack, 1)

    def prepare(self) -> None:
        """Loads what the plot needs: behind the first paint, and in the window's own thread.

        PySide makes its types when they are first used; two threads that do so at once end the process.
        """
        import ae_studio.gui.loss_plot  # noqa: F401

    def _made_plot(self) -> LossPlot:
        if self._plot is None:
            from ae_studio.gui.loss_plot import LossPlot

            self._plot = LossPlot(self)
            self._plot.set_theme(self._theme)
            self._plot.show_logarithm(self._log_box.isChecked())
            self._stack.addWidget(self._plot)
            self._stack.setCurrentWidget(self._plot)
        return self._plot

    def _connect(self) -> None:
        self._timer.timeout.connect(self._redraw)
        self._log_box.toggled.connect(self._set_log)
        self._legend.curves_toggled.connect(self._toggle)

    # What comes

    def start(self, event: RunStarted) -> None:
        """Another run; one that goes on keeps the curves that are there."""
        if event.goes_on:
            self._data.steps_per_epoch = event.steps_per_epoch
        else:
            self._begin(LossData(event.steps_per_epoch), event.loss_unit)
        self._steps_per_epoch = event.steps_per_epoch
        self._made_plot().changes.clear(event.first_epoch)  # those behind are told again, or were taken back
        self._made_plot().show_epochs(event.epochs)

    def load(self, history: Any, unit: str) -> None:
        """The :class:`ae_studio.runs.history.History` of a run that was opened."""
        data = LossData(history.steps_per_epoch)
        data.add_steps(history.steps, history.terms)
        for split, rows in ((TRAIN, history.train), (VALIDATION, history.validation)):
            for epoch, terms in rows.items():
                data.add_epoch(epoch, split, {name: value for name, value in terms.items() if name != "lr"})
        self._begin(data, unit)
        self._steps_per_epoch = history.steps_per_epoch
        self._made_plot().show_epochs(max(history.validation, default=1))

    def add_steps(self, event: StepsDone) -> None:
        self._data.add_steps(event.steps, event.terms)
        self._redraw_soon()

    def add_epoch(self, event: EpochDone) -> None:
        self._data.add_epoch(event.epoch, TRAIN, event.train)
        self._data.add_epoch(event.epoch, VALIDATION, event.validation)
        self._redraw_soon()

    def add_change(self, event: ValuesChanged) -> None:
        """A mark where settings were changed."""
        self._made_plot().changes.add(event, self._steps_per_epoch)

    def end(self) -> None:
        """Nothing more will come: what came last is not kept waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self._redraw()

    def losses(self, split: str) -> list[float]:
        """The loss of every epoch so far, in training or in validation."""
        return self._data.epoch_curve(LOSS, split)[1].tolist()

    def mark_epoch(self, epoch: int) -> None:
        """A line where the time machine stands."""
        self._made_plot().mark_epoch(epoch)

    def unmark(self) -> None:
        self._made_plot().unmark()

    def _begin(self, data: LossData, unit: str) -> None:
        self._data = data
        self._known, self._hidden = [], set()
        self._legend.clear()
        self._made_plot().begin(data)
        self._unit.show_longest((unit, ""))
        self._unit.setToolTip(unit)
        self._redraw_soon()

    # Drawing

    def _redraw_soon(self) -> None:
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _redraw(self) -> None:
        began = time.perf_counter()
        self._stale = False
        self._welcome_new_terms()
        every = [(name, split) for name in self._known for split in SPLITS]
        plot = self._made_plot()
        plot.show_curves([curve for curve in every if curve not in self._hidden], self._lines())
        cost = time.perf_counter() - began + plot.paint_seconds
        self._timer.setInterval(min(SLOWEST_MS, max(REDRAW_MS, round(1000 * cost / REDRAW_SHARE))))

    def _welcome_new_terms(self) -> None:
        new = [name for name in self._data.names if name not in self._known]
        for name in new:
            self._known.append(name)
            self._legend.add_term(name)
            if self._is_small(name):
                self._hidden.update((name, split) for split in SPLITS)
        if new:
            self._paint_legend()

    def _is_small(self, name: str) -> bool:
        rows = self._data.epochs[VALIDATION]
        row = rows[max(rows)] if rows else {n: a.values[-1] for n, a in self._data.terms.items()}
        return name != LOSS and abs(row.get(name, 0.0)) < SMALL * abs(row.get(LOSS, 0.0))

    def _lines(self) -> LossLines:
        return LossLines(self._theme, tuple(self._known))

    def _paint_legend(self) -> None:
        self._legend.paint_chips(self._lines(), self._hidden)

    def _toggle(self, curves: frozenset[Curve]) -> None:
        self._hidden ^= curves
        self._made_plot().follow()
        self._paint_legend()
        self._redraw()

    def _set_log(self, on: bool) -> None:
        if self._plot is not None:
            self._plot.show_logarithm(on)
            self._redraw()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._plot is not None:
            self._plot.set_theme(theme)
        self._paint_legend()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._redraw_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
