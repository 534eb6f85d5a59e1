"""Rate against distortion: a point a run, lines of equal sums, and what a point is under the mouse or the keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ae_studio.gui.canvas_paint import nice_step
from ae_studio.gui.quiet_plot import QuietPlot
from ae_studio.gui.rate_dots import Dot, size_of
from ae_studio.gui.theme import Theme

REACH = 14.0  # pixels that the mouse may be away from a point
LINES = 7  # of equal sums in view, about


class RateDistortionPlot(QuietPlot):
    """Left and right go from point to point, Return opens the menu of one.

    Signals:
        pointed(folder): the mouse or the keys are at this run; empty: at none any more.
        clicked(folder)
        menu_wanted(folder, place): ``place`` is on the screen.
    """

    pointed = Signal(str)
    clicked = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rate_distortion_plot", "Rate against distortion", parent)
        self._dots: tuple[Dot, ...] = ()
        self._sums = True  # whether rate and height can be added up
        self._unit = ""
        self._at = -1
        self._scatter = pg.ScatterPlotItem(pxMode=True)
        self._ring = pg.ScatterPlotItem(pxMode=True)
        self._lines = pg.PlotCurveItem(connect="pairs")
        self._labels: list[pg.TextItem] = []
        self._letters: list[pg.TextItem] = []
        self._lay_out()
        self.scene().sigMouseClicked.connect(self._take_click)
        self.getViewBox().sigRangeChanged.connect(self._draw_sums)

    def _lay_out(self) -> None:
        for item in (self._lines, self._scatter, self._ring):
            self.addItem(item, ignoreBounds=True)
        self.getViewBox().disableAutoRange()

    # What is shown

    def show_dots(self, dots: tuple[Dot, ...], unit: str, *, sums: bool, fit: bool) -> None:
        """``unit`` is that of the heights; ``sums``: lines of equal rate + height mean something."""
        self._dots, self._unit, self._sums, self._at = dots, unit, sums, -1
        self._read_out.hide()
        self._draw()
        if fit:
            self.fit()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._draw()

    def fit(self) -> None:
        """All points in view."""
        if not self._dots:
            return
        for values, set_range in ((self._xy()[:, 0], self.setXRange), (self._xy()[:, 1], self.setYRange)):
            low, high = float(values.min()), float(values.max())
            room = max(high - low, 0.05 * abs(high), 1e-6)
            start = low - 0.12 * room
            set_range(max(start, -0.04 * room) if low >= 0 else start, high + 0.12 * room, padding=0)

    def _xy(self) -> npt.NDArray[np.float64]:
        """(n, 2)"""
        return np.array([(dot.point.rate, dot.height) for dot in self._dots], dtype=np.float64).reshape(-1, 2)

    def _draw(self) -> None:
        self.setLabel("bottom", "rate: KL, nats per image", color=self._theme.dim)
        self.setLabel("left", f"distortion: {self._unit}", color=self._theme.dim)
        xy = self._xy()
        self._scatter.setData(
            x=xy[:, 0],
            y=xy[:, 1],
            size=[size_of(dot.point.latent_dim) for dot in self._dots],
            brush=[pg.mkBrush(QColor(dot.colour)) for dot in self._dots],
            pen=[pg.mkPen(QColor(dot.ring or self._theme.panel), width=2.5 if dot.ring else 1) for dot in self._dots],
        )
        for label in self._letters:
            self.removeItem(label)
        self._letters = [self._letter(dot) for dot in self._dots if dot.letter]
        self._mark()
        self._draw_sums()

    def _letter(self, dot: Dot) -> pg.TextItem:
        label = pg.TextItem(dot.letter, color=QColor(dot.ring), anchor=(0.5, 1.4))
        label.setPos(dot.point.rate, dot.height)
        self.addItem(label, ignoreBounds=True)
        return label

    def _draw_sums(self) -> None:
        """Lines of equal rate + distortion, at round numbers, over what is in view."""
        for label in self._labels:
            self.removeItem(label)
        self._labels = []
        (left, right), (low, high) = self.viewRange()
        if not self._sums or not self._dots:
            self._lines.setData(x=np.zeros(0), y=np.zeros(0))
            return
        step = nice_step(max(1e-9, (right - left + high - low) / LINES))
        sums = np.arange(np.ceil((left + low) / step), np.floor((right + high) / step) + 1) * step
        ends = np.array([((left, total - left), (right, total - right)) for total in sums]).reshape(-1, 2)
        self._lines.setData(x=ends[:, 0], y=ends[:, 1])
        pen = pg.mkPen(QColor(self._theme.line), width=1, style=Qt.PenStyle.DashLine)
        self._lines.setPen(pen)
        for total in sums:
            y = total - right  # where it leaves on the right, else at the top
            x, y = (right, y) if low <= y <= high else (total - high, high) if y > high else (total - low, low)
            label = pg.TextItem(
                f"sum {total:g}", color=QColor(self._theme.dim), anchor=(1.0, 0.0 if y >= high else 1.0)
            )
            label.setPos(x, y)
            if left <= x <= right and y > low:
                self.addItem(label, ignoreBounds=True)
                self._labels.append(label)

    # The read-out

    @property
    def at(self) -> Dot | None:
        """The point that is told of."""
        return self._dots[self._at] if 0 <= self._at < len(self._dots) else None

    @property
    def read_out(self) -> str:
        return self._read_out.text() if self._read_out.isVisibleTo(self) else ""

    def show_words(self, words: str) -> None:
        """About the point that is pointed at."""
        self._read_out.setText(words)
        self._read_out.adjustSize()
        self._read_out.setVisible(bool(words))
        place = self._pixels()[self._at] if self.at is not None else (0, 0)
        room = self.width() - self._read_out.width() - 8, self.height() - self._read_out.height() - 8
        x = place[0] + 16 if place[0] + 16 <= room[0] else place[0] - 16 - self._read_out.width()
        self._read_out.move(int(min(max(0, x), max(0, room[0]))), int(min(max(8, place[1] - 20), max(8, room[1]))))

    def pixel_of(self, folder: str) -> QPointF | None:
        """Where a run's point is on the widget; None where it has none."""
        for dot, (x, y) in zip(self._dots, self._pixels(), strict=True):
            if dot.point.folder == folder:
                return QPointF(float(x), float(y))
        return None

    def _pixels(self) -> npt.NDArray[np.float64]:
        """Of all points, (n, 2), on the widget."""
        (left, right), (low, high) = self.viewRange()
        box = self.getViewBox().sceneBoundingRect()
        xy = self._xy()
        x = box.left() + (xy[:, 0] - left) / (right - left) * box.width()
        y = box.bottom() - (xy[:, 1] - low) / (high - low) * box.height()
        return np.stack([x, y], axis=1)

    def _nearest(self, place: QPointF) -> int:
        if not self._dots:
            return -1
        away = np.hypot(*(self._pixels() - (place.x(), place.y())).T)
        index = int(away.argmin())
        return index if away[index] <= REACH else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Each of them: of those in a row the scene leaves some out."""
        super().mouseMoveEvent(event)
        held = event.buttons() != Qt.MouseButton.NoButton
        self._point_at(-1 if held else self._nearest(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, index: int) -> None:
        if index != self._at:
            self._at = index
            self._mark()
            self._read_out.hide()
            self.pointed.emit(self._dots[index].point.folder if index >= 0 else "")

    def _mark(self) -> None:
        dot = self.at
        self._ring.setData(
            x=[] if dot is None else [dot.point.rate],
            y=[] if dot is None else [dot.height],
            size=0 if dot is None else size_of(dot.point.latent_dim) + 7,
            brush=None,
            pen=pg.mkPen(QColor(self._theme.text), width=1.5),
        )

    def _take_click(self, event: Any) -> None:
        index = self._nearest(event.scenePos())
        if index < 0:
            if event.double():
                self.fit()
            return
        self._point_at(index)
        folder = self._dots[index].point.folder
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(folder, self.mapToGlobal(event.scenePos().toPoint()))
        elif event.button() == Qt.MouseButton.LeftButton and not event.double():
            self.clicked.emit(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._dots:
            order = np.argsort(self._xy()[:, 0], kind="stable")
            here = int(np.flatnonzero(order == self._at)[0]) + steps[Qt.Key(event.key())] if self._at >= 0 else 0
            self._point_at(int(order[min(max(0, here), len(order) - 1)]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None:
            place = self.pixel_of(self.at.point.folder)
            assert place is not None
            self.menu_wanted.emit(self.at.point.folder, self.mapToGlobal(place.toPoint()))
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)
