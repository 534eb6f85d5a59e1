"""The plot of the loss: curves, axes, and the read-out under the mouse."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.change_marks import ChangeMarks
from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_lines import BATCH, SPLITS, TRAIN, VALIDATION, Curve, LossLines, title
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme, tabular

Floats = npt.NDArray[np.float64]

PADDING = 0.08  # of the range, above and below
SLACK = 0.15  # of the range by which it may be off before it is set anew: a jumping axis cannot be read
LEFT_AXIS = 48  # pixels: room for "0.0557", the same at every range so that the plot does not jump
LEAST = 1e-12  # what a logarithmic axis takes for zero


class LossPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph comes without types
    """Terms over epochs. Shows what it is given; the axis follows until the user zooms, and again after two clicks.

    ``paint_seconds`` is what the last painting took.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_plot")
        self.setAccessibleName("Loss curves")
        self.lines = LossLines(DARK)
        self.paint_seconds = 0.0
        self._data = LossData()
        self._shown: list[Curve] = []
        self._curves: dict[Curve, pg.PlotDataItem] = {}
        self._range: tuple[float, float] | None = None
        self._user_zoomed = False
        self._log = False
        self._cursor = self._make_line()
        self._mark = self._make_line()
        self.changes = ChangeMarks(self)
        self._read_out = named(QLabel(self), "read_out", visible=False)
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self.scene().sigMouseMoved.connect(self._show_read_out)
        self.scene().sigMouseClicked.connect(self._reset_on_double_click)
        self.getViewBox().sigRangeChangedManually.connect(self._keep_users_range)

    def _lay_out(self) -> None:
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=True)
        self.showGrid(x=False, y=True, alpha=0.15)
        self.getViewBox().disableAutoRange()
        self.getAxis("left").setWidth(LEFT_AXIS)
        self.getAxis("bottom").setHeight(22)
        self.setMinimumHeight(90)

    def _make_line(self) -> pg.InfiniteLine:
        line = pg.InfiniteLine(angle=90, movable=False)
        line.setVisible(False)
        self.addItem(line, ignoreBounds=True)
        return line

    # What is shown

    def begin(self, data: LossData) -> None:
        """Another run's numbers."""
        self.changes.clear()
        self._data = data
        self.follow()
        self._read_out.hide()
        self._cursor.setVisible(False)
        self._mark.setVisible(False)
        for curve in self._curves.values():
            self.removeItem(curve)
        self._curves.clear()

    def show_epochs(self, count: int) -> None:
        """The axis from 0 to ``count`` epochs."""
        self.setXRange(0, max(1, count), padding=0.01)

    def show_curves(self, shown: list[Curve], lines: LossLines) -> None:
        """Draws these as the data have them now, and hides all others of the lines' terms."""
        self.lines, self._shown = lines, shown
        columns = max(50, self.width())
        for name in lines.names:
            for split in SPLITS:
                x, y = self._data.step_curve(name, columns) if split == BATCH else self._data.epoch_curve(name, split)
                self._draw(name, split, x, y)
        self._fit()

    def mark_epoch(self, epoch: int) -> None:
        """A line where the time machine stands."""
        self._mark.setValue(epoch)
        self._mark.setVisible(True)

    def unmark(self) -> None:
        self._mark.setVisible(False)

    def show_logarithm(self, on: bool) -> None:
        self._log = on
        self.setLogMode(False, on)
        self.follow()

    def set_theme(self, theme: Theme) -> None:
        self.lines = LossLines(theme, self.lines.names)
        self.setBackground(QColor(theme.panel))
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(QColor(theme.line)))
            axis.setTextPen(pg.mkPen(QColor(theme.dim)))
        self._cursor.setPen(pg.mkPen(QColor(theme.dim), style=Qt.PenStyle.DotLine))
        self._mark.setPen(pg.mkPen(QColor(theme.accent)))
        self.changes.set_theme(theme)
        for (name, split), curve in self._curves.items():
            curve.setPen(self.lines.pen(name, split))

    def _draw(self, name: str, split: str, x: Floats, y: Floats) -> None:
        curve = self._curve(name, split)
        visible = (name, split) in self._shown and len(x) > 0
        curve.setVisible(visible)
        if visible:  # on a logarithmic axis only what is above zero has a place
            curve.setData(x, np.where(y > 0, y, np.nan) if self._log else y)

    def _curve(self, name: str, split: str) -> pg.PlotDataItem:
        key = (name, split)
        if key not in self._curves:
            curve = pg.PlotDataItem(connect="finite", pen=self.lines.pen(name, split))
            curve.setLogMode(False, self._log)
            curve.setZValue(SPLITS.index(split))
            self.addItem(curve)
            self._curves[key] = curve
        return self._curves[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        super().paintEvent(event)
        self.paint_seconds = time.perf_counter() - began

    # The axis

    def follow(self) -> None:
        """The axis starts afresh from what is shown next."""
        self._range, self._user_zoomed = None, False

    def _keep_users_range(self) -> None:
        self._user_zoomed = True

    def _reset_on_double_click(self, event: Any) -> None:
        if event.double():
            self.follow()
            self.show_epochs(max(self._data.epochs[VALIDATION], default=1))
            self._fit()

    def _fit(self) -> None:
        """The axis to what is shown, unless the user has chosen, or it is about right already."""
        found = self._data.range_of(self._shown)
        if found is None or self._user_zoomed:
            return
        low, high = (float(np.log10(max(end, LEAST))) for end in found) if self._log else found
        room = max(high - low, 1e-9 * max(1.0, abs(high)))
        if self._range is not None:
            off = max(abs(self._range[0] - low), abs(self._range[1] - high))
            if off < SLACK * room and self._range[0] <= low and self._range[1] >= high:
                return
        self._range = (low, high)
        self.setYRange(low - PADDING * room, high + PADDING * room, padding=0)

    # The read-out

    def _show_read_out(self, position: QPointF) -> None:
        """Values at the epoch nearest to the mouse."""
        box = self.getViewBox()
        rows = self._data.epochs[VALIDATION]
        inside = bool(rows) and box.sceneBoundingRect().contains(position)
        self._read_out.setVisible(inside)
        self._cursor.setVisible(inside)
        if not inside:
            return
        x = box.mapSceneToView(position).x()
        epoch = min(rows, key=lambda candidate: abs(candidate - x))
        self._cursor.setValue(epoch)
        self._read_out.setText(self._values_at(epoch))
        self._read_out.adjustSize()
        on_the_left = position.x() < self.width() / 2
        left = self.width() - self._read_out.width() - 8 if on_the_left else LEFT_AXIS + 8
        self._read_out.move(int(left), 6)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._read_out.hide()
        self._cursor.setVisible(False)

    def _values_at(self, epoch: int) -> str:
        train, validation = (self._data.epochs[split].get(epoch, {}) for split in (TRAIN, VALIDATION))
        rows = [(f"epoch {epoch}", TRAIN, VALIDATION)]
        rows += [(title(name), _number(train.get(name)), _number(validation.get(name))) for name in self.lines.names]
        cells = "".join(
            f"<tr><td>{name}</td><td align=right>&nbsp;&nbsp;{left}</td><td align=right>&nbsp;&nbsp;{right}</td></tr>"
            for name, left, right in rows
        )
        return f"<table>{cells}</table>"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.5g}"
