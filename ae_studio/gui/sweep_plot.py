"""The plot of a sweep: every run a dot over its value, with the mean and the spread over the seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QWidget

from ae_studio.gui.quiet_plot import QuietPlot
from ae_studio.gui.sweep_words import words
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.sweeps.summary import Point, SweptRun
from ae_studio.sweeps.values import Axis, as_text

LEFT_AXIS = 64  # pixels
REACH = 14.0  # pixels that the mouse may be away from a dot
DOT, MEAN = 8, 12  # pixels across
SPREAD = 0.06  # of the room between two values, by which series stand apart where there are words on the axis
PADDING = 0.08  # of the range, on every side

Dot = tuple[float, float, Point, SweptRun, float]
"""Where it is in the plot's own units, its point, its run and its value."""


class SweepPlot(QuietPlot):
    """Left and right go from run to run, Return opens the one that is told.

    Signals:
        run_chosen(folder): its dot was clicked.
    """

    run_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sweep_plot", "Runs of the sweep over their values", parent, left_axis=LEFT_AXIS)
        self._axes: tuple[Axis, ...] = ()
        self._points: Sequence[Point] = ()
        self._name = ""
        self._dots: list[Dot] = []
        self._told: int | None = None
        self._mark = pg.ScatterPlotItem(size=DOT + 8, brush=None)
        self.setMouseEnabled(x=False, y=False)
        self.show_levels()
        self.scene().sigMouseMoved.connect(self._follow_mouse)
        self.scene().sigMouseClicked.connect(self._take_click)

    # What is shown

    def show_points(self, points: Sequence[Point], axes: tuple[Axis, ...], name: str) -> None:
        """``name`` is what stands beside the axis. What was told stays told while its run is there."""
        told = self._dots[self._told][3].folder if self._told is not None else ""
        self._points, self._axes, self._name = points, axes, name
        self._draw()
        self._tell(next((index for index, dot in enumerate(self._dots) if dot[3].folder == told), None))

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._draw()

    def series_colours(self) -> dict[Any, str]:
        """The colour of each value of the second setting; of the only series the accent."""
        series = list(dict.fromkeys(point.series for point in self._points))
        if len(series) < 2:
            return dict.fromkeys(series, self._theme.accent)
        return dict(zip(series, class_colours(self._theme, len(series)), strict=True))

    def _draw(self) -> None:
        self.clear()
        self._dots = []
        first = self._axes[0] if self._axes else Axis("seed", "Seed", tuple(point.x for point in self._points))
        unit = f", {first.unit}" if first.unit else ""
        self.setLabel("bottom", first.label + unit, color=self._theme.dim)
        self.setLabel("left", self._name, color=self._theme.dim)
        self.getAxis("bottom").setTicks([[(_place(first, value), as_text(value)) for value in first.values]])
        colours = self.series_colours()
        for number, (series, colour) in enumerate(colours.items()):
            shift = SPREAD * (number - (len(colours) - 1) / 2) if _is_words(first) else 0.0
            self._draw_series([point for point in self._points if point.series == series], first, colour, shift)
        self._mark.setData([], [])
        self.addItem(self._mark)
        self._fit()

    def _draw_series(self, points: list[Point], axis: Axis, colour: str, shift: float) -> None:
        x = np.array([_place(axis, point.x) + shift for point in points])
        mean, sd = (np.array([getattr(point, name) for point in points]) for name in ("mean", "sd"))
        pen = pg.mkPen(QColor(colour), width=2)
        line = None if _is_words(axis) else pen
        self.addItem(pg.ErrorBarItem(x=x, y=mean, top=sd, bottom=sd, beam=0.0, pen=pen))
        self.addItem(
            pg.PlotDataItem(
                x,
                mean,
                pen=line,
                antialias=True,
                symbol="o",
                symbolSize=MEAN,
                symbolBrush=QColor(colour),
                symbolPen=pg.mkPen(QColor(self._theme.panel), width=2),
            )
        )
        dots = [
            (float(place), value, point, run, value)
            for place, point in zip(x, points, strict=True)
            for value, run in zip(point.values, point.runs, strict=True)
        ]
        self._dots += dots
        soft = QColor(colour)
        soft.setAlphaF(0.55)
        several = [dot for dot in dots if len(dot[2].values) > 1]
        self.addItem(
            pg.ScatterPlotItem(
                [dot[0] for dot in several],
                [dot[1] for dot in several],
                size=DOT,
                brush=soft,
                pen=pg.mkPen(QColor(self._theme.panel)),
            )
        )

    def _fit(self) -> None:
        """Everything, with the spread, and room on every side."""
        if not self._dots:
            return
        x = [dot[0] for dot in self._dots]
        low = min(min(dot[1], dot[2].mean - dot[2].sd) for dot in self._dots)
        high = max(max(dot[1], dot[2].mean + dot[2].sd) for dot in self._dots)
        room = max(high - low, 1e-9 * max(1.0, abs(high)))
        wide = max(x) - min(x) or 1.0
        self.setXRange(min(x) - PADDING * wide, max(x) + PADDING * wide, padding=0)
        self.setYRange(low - PADDING * room, high + PADDING * room, padding=0)

    # What is told

    def _at(self, position: QPointF) -> int | None:
        """The dot under the mouse; of dots that are as near, the first."""
        view = self.getViewBox()
        nearest, found = REACH, None
        for index, dot in enumerate(self._dots):
            place = view.mapViewToScene(QPointF(dot[0], dot[1]))
            away = math.hypot(place.x() - position.x(), place.y() - position.y())
            if away < nearest:
                nearest, found = away, index
        return found

    def _follow_mouse(self, position: QPointF) -> None:
        self._tell(self._at(position))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._told is not None else Qt.CursorShape.ArrowCursor)

    def _take_click(self, event: Any) -> None:
        index = self._at(event.scenePos())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.run_chosen.emit(self._dots[index][3].folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = event.key(), len(self._dots)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            by = 1 if key == Qt.Key.Key_Right else -1
            self._tell((self._told + by) % count if self._told is not None else 0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._told is not None:
            self.run_chosen.emit(self._dots[self._told][3].folder)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell(None)

    def _tell(self, index: int | None) -> None:
        """About a run, beside its dot; None takes that away."""
        self._told = index
        self._read_out.setVisible(index is not None)
        if index is None:
            self._mark.setData([], [])
            return
        x, y, point, run, value = self._dots[index]
        self._mark.setData([x], [y], pen=pg.mkPen(QColor(self._theme.text), width=2))
        self._read_out.setText(words(self._axes, point, run, value))
        self._read_out.adjustSize()
        place = self.getViewBox().mapViewToScene(QPointF(x, y))
        left = place.x() + 14
        if left + self._read_out.width() > self.width() - 6:
            left = place.x() - 14 - self._read_out.width()
        top = min(max(6, place.y() - self._read_out.height() / 2), max(6, self.height() - self._read_out.height() - 6))
        self._read_out.move(int(left), int(top))
        self._read_out.raise_()


def _is_words(axis: Axis) -> bool:
    return any(isinstance(value, str | bool) for value in axis.values)


def _place(axis: Axis, value: Any) -> float:
    """Along the axis: the value, its logarithm where the axis has equal ratios, a word's number."""
    if _is_words(axis):
        return float(axis.values.index(value)) if value in axis.values else -1.0
    return math.log10(value) if axis.log and value > 0 else float(value)
