"""The loss curves: every term of every step and epoch, while they come; and what each latent dimension costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from ae_studio.events import EpochDone, LatentSpace, Look, RunStarted, StepsDone, ValuesChanged
from ae_studio.gui.kl_view import KlView
from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_header import LossHeader
from ae_studio.gui.loss_legend import LossLegend
from ae_studio.gui.loss_lines import LOSS, SPLITS, TRAIN, VALIDATION, Curve, LossLines
from ae_studio.gui.loss_views import KINDS, Key, LossView, reasons
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

if TYPE_CHECKING:
    from ae_studio.gui.loss_plot import LossPlot

REDRAW_MS = 500  # curves creep; no need to see them more often
SLOWEST_MS = 2000
REDRAW_SHARE = 0.01  # of the time that drawing them may cost: a training on all cores waits for the one that paints


class LossPanel(QWidget):
    """Collects the numbers of a run, and shows them a few times a second.

    Signals:
        epoch_chosen(epoch): the epoch nearest to this one is to be seen.
        epoch_stepped(steps): so many kept epochs later, or earlier.
    """

    epoch_chosen = Signal(int)
    epoch_stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self._begun, self._unit = DARK, False, ""
        self._data = LossData()
        self._view = LossView(self._data)
        self._known: list[str] = []
        self._hidden: set[Curve] = set()
        self._hidden_elsewhere: dict[Key, set[Curve]] = {}
        self._key: Key = "terms"
        self._stale = False
        self.header = LossHeader(self)  # stands in the dock's own header
        self._legend = LossLegend(self)
        self._kl_view = KlView(self)
        self._empty = named(QLabel("Every term of the loss, step by step", self), "dim_label")
        self._plot: LossPlot | None = None  # from the first run on: pyqtgraph takes longer to load than all the rest
        self._stack = QStackedLayout()
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._lay_out()
        self._connect()
        self._show_reasons()

    def _lay_out(self) -> None:
        self._legend.setContentsMargins(10, 0, 8, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._kl_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._legend)
        layout.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._redraw)
        self.header.view_chosen.connect(self._choose)
        self.header.share_changed.connect(self._redraw)
        self.header.logarithm_toggled.connect(self._set_log)
        self._legend.curves_toggled.connect(self._toggle)

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
            self._plot.show_logarithm(self.header.logarithmic)
            self._plot.epoch_chosen.connect(self.epoch_chosen)
            self._plot.epoch_stepped.connect(self.epoch_stepped)
            self._stack.addWidget(self._plot)
            self._show_view()
        return self._plot

    # What comes

    def start(self, event: RunStarted) -> None:
        """A run; one that goes on keeps the curves that are there."""
        if event.goes_on and self._begun:
            self._data.steps_per_epoch = event.steps_per_epoch
        else:
            self._begin(LossData(event.steps_per_epoch), event.loss_unit)
        self._made_plot().changes.clear(event.first_epoch)  # those behind are told again, or were taken back
        self._made_plot().show_epochs(event.epochs)

    def load(self, history: Any, unit: str) -> None:
        """The :class:`ae_studio.runs.history.History` of a run that was opened."""
        data = LossData.of(history)
        self._begin(data, unit)
        self._made_plot().show_epochs(data.last_epoch)

    def set_space(self, space: LatentSpace) -> None:
        """Of the codes of another run."""
        self._kl_view.begin(space)

    def show_look(self, look: Look) -> None:
        """What each dimension costs, at the epoch that is seen."""
        self._kl_view.show_look(look)
        self._show_reasons()

    def add_steps(self, event: StepsDone) -> None:
        self._data.add_steps(event.steps, event.terms, event.weights)
        self._redraw_soon()

    def add_epoch(self, event: EpochDone) -> None:
        self._data.add_epoch(event.epoch, TRAIN, event.train)
        self._data.add_epoch(event.epoch, VALIDATION, event.validation)
        self._redraw_soon()

    def add_change(self, event: ValuesChanged) -> None:
        """A mark where settings were changed."""
        self._made_plot().changes.add(event, self._data.steps_per_epoch)

    def end(self) -> None:
        """Nothing more will come: what came last is not kept waiting."""
        if self._timer.isActive():
            self._redraw()

    def losses(self, split: str) -> list[float]:
        """The loss of every epoch so far."""
        return LossView(self._data).epoch_curve(LOSS, split)[1].tolist()

    def mark_epoch(self, epoch: int) -> None:
        """A line where the time machine stands."""
        self._made_plot().mark_epoch(epoch)

    def unmark(self) -> None:
        self._made_plot().unmark()

    def _begin(self, data: LossData, unit: str) -> None:
        self._begun, self._data, self._unit = True, data, unit
        self._hidden_elsewhere = {}
        self._begin_view()
        self._made_plot().begin_run()
        self._show_reasons()

    # Which view

    def _choose(self, key: Key) -> None:
        self._hidden_elsewhere[self._key] = self._hidden
        self._key = key
        self._begin_view()
        self._redraw()

    def _begin_view(self) -> None:
        self._view = (KINDS[self._key].make or LossView)(self._data, self._unit)
        self._known, self._hidden = [], self._hidden_elsewhere.pop(self._key, set())
        self._legend.clear()
        self._made_plot().begin(self._view)
        self._show_view()
        self._redraw_soon()

    def _show_view(self) -> None:
        bars = self._key == "kl"
        self._legend.setVisible(self._begun and not bars)
        self._stack.setCurrentWidget(self._kl_view if bars else self._plot or self._empty)

    def _show_reasons(self) -> None:
        self.header.allow(reasons(self._data if self._begun else None, self._kl_view.why_not))

    # Drawing

    def _redraw_soon(self) -> None:
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _redraw(self) -> None:
        if not self._begun:
            return
        began = time.perf_counter()
        self._timer.stop()
        self._stale = False
        self._show_reasons()
        self._welcome_new_terms()
        every = [(name, split) for name in self._known for split in SPLITS]
        plot = self._made_plot()
        plot.show_curves([curve for curve in every if curve not in self._hidden], self._lines, self.header.share)
        cost = time.perf_counter() - began + plot.paint_seconds
        self._timer.setInterval(min(SLOWEST_MS, max(REDRAW_MS, round(1000 * cost / REDRAW_SHARE))))

    def _welcome_new_terms(self) -> None:
        chosen = bool(self._hidden)
        new = [name for name in self._view.names if name not in self._known] if self._data.names else []
        for name in new:
            self._known.append(name)
            self._legend.add_term(name, self._view.main, trained=self._view.is_trained(name))
            if self._key == "terms" and not chosen and self._view.is_small(name):
                self._hidden.update((name, split) for split in SPLITS)
        if new:
            self._paint_legend()

    @property
    def _lines(self) -> LossLines:
        return LossLines(self._theme, tuple(self._data.names), self._view.main)

    def _paint_legend(self) -> None:
        self._legend.paint_chips(self._lines, self._hidden)

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
        self._kl_view.set_theme(theme)
        if self._plot is not None:
            self._plot.set_theme(theme)
        self._paint_legend()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._redraw_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
