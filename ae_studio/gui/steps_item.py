"""Curves of very many steps in a plot: each pixel column shows the least and the largest value in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ae_studio.gui.loss_data import StepSeries
from ae_studio.gui.pyramid import Floats, Indices
from ae_studio.gui.step_columns import ColumnCurve, Columns, Steps, column_curve
from ae_studio.gui.whole_errors import raised_whole

BEYOND = 4096.0  # pixels outside of the plot where a line may end: farther ones are cut off there
LEAST = 1e-12  # what a logarithmic axis takes for zero


@dataclass(frozen=True, slots=True, eq=False)
class StepCurve:
    """A term at every one of ``steps``, in this colour; with a ``smooth`` pen also its smooth line."""

    name: str
    series: StepSeries
    steps: Steps
    steps_per_epoch: int
    colour: QColor
    smooth: QPen | None = None


class StepsItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph comes without types
    """Draws :class:`StepCurve` as they are seen: computed anew in the painting, at the cost of the pixel columns.

    ``share`` is the standard deviation of the smoothing, as a share of the width that is seen; 0 smooths nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self._curves: tuple[StepCurve, ...] = ()
        self._log = False
        self._key: tuple[Any, ...] = ()
        self._columns = Columns(0.0, 1.0, 0)
        self._drawn: dict[str, ColumnCurve] = {}

    def show_curves(self, curves: Sequence[StepCurve], *, log: bool) -> None:
        """These, as they are now, the last on top; ``log``: on an axis of decimal logarithms."""
        self._curves, self._log, self._key = tuple(curves), log, ()
        self.update()

    def drawn(self, name: str) -> ColumnCurve | None:
        """What was painted last of a curve, in its own values."""
        return self._drawn.get(name)

    def smooth_at(self, name: str, x: float) -> float | None:
        """The smooth line at x epochs, as it was painted last; None where there is none."""
        curve, columns = self._drawn.get(name), self._columns
        place = int((x - columns.left) // columns.width)
        if curve is None or curve.smooth is None or not 0 <= place < columns.count:
            return None
        value = float(curve.smooth[place])
        return value if np.isfinite(value) else None

    @raised_whole
    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self.update()

    @raised_whole
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        to_pixels = painter.transform()
        fineness = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        self._compute(to_pixels, fineness)
        painter.save()
        painter.resetTransform()
        for curve in self._curves:
            self._paint(painter, curve, to_pixels, fineness)
        painter.restore()

    def _compute(self, to_pixels: QTransform, fineness: float) -> None:
        seen = self.viewRect()
        key = (to_pixels.m11(), to_pixels.dx(), seen.left(), seen.right(), fineness, self.share)
        if key == self._key:
            return
        self._key = key
        self._columns = columns = pixel_columns(to_pixels, seen, fineness)
        sigma = self.share * columns.count
        self._drawn = {
            curve.name: column_curve(
                curve.series, curve.steps, curve.steps_per_epoch, columns, sigma if curve.smooth is not None else 0.0
            )
            for curve in self._curves
        }

    # Pixels

    def _paint(self, painter: QPainter, curve: StepCurve, to_pixels: QTransform, fineness: float) -> None:
        found = self._drawn[curve.name]
        x = to_pixels.m11() * found.x + to_pixels.dx()
        low, high = self._y(found.low, to_pixels, LEAST), self._y(found.high, to_pixels)
        if found.single:
            _draw_line(painter, QPen(curve.colour, 1.0), x, high)
        else:
            _draw_band(painter, curve.colour, x, high, low, fineness)
        if curve.smooth is not None and found.smooth is not None:
            every = slice(None, None, max(1, int(self.share * self._columns.count / 3)))  # it bends no quicker
            at = (to_pixels.m11() * self._columns.centres() + to_pixels.dx())[every]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            _draw_line(painter, curve.smooth, at, self._y(found.smooth[every], to_pixels))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _y(self, values: Floats, to_pixels: QTransform, instead: float = np.nan) -> Floats:
        """In pixels; ``instead`` is drawn of what has no place on a logarithmic axis, being zero or below."""
        if self._log:
            values = np.log10(np.where((values > LEAST) | np.isnan(values), values, instead))
        return np.clip(to_pixels.m22() * values + to_pixels.dy(), -BEYOND, BEYOND)


def pixel_columns(to_pixels: QTransform, seen: QRectF, fineness: float) -> Columns:
    """The columns of the screen that the seen part of a plot covers; ``fineness`` of them to a pixel of Qt's."""
    scale, shift = to_pixels.m11() * fineness, to_pixels.dx() * fineness
    first = int(np.floor(scale * seen.left() + shift))
    last = int(np.ceil(scale * seen.right() + shift))
    return Columns((first - shift) / scale, 1 / scale, max(1, last - first))


def _draw_line(painter: QPainter, pen: QPen, x: Floats, y: Floats) -> None:
    """Through all points; interrupted where one is missing."""
    painter.setPen(pen)
    known = np.flatnonzero(np.isfinite(y))
    for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        if len(run) == 1:
            painter.drawPoint(QPointF(x[run[0]], y[run[0]]))
        elif len(run):
            painter.drawPolyline(pg.functions.arrayToQPolygonF(x[run], y[run]))


def _draw_band(painter: QPainter, colour: QColor, x: Floats, top: Floats, bottom: Floats, fineness: float) -> None:
    """Each column from its least to its largest value, and on to the column before it: the curve is one piece."""
    known = np.flatnonzero(np.isfinite(top))
    if not len(known):
        return
    left = np.floor(x[known] * fineness).astype(np.int64)
    upper = np.floor(top[known] * fineness).astype(np.int64)
    lower = np.floor(bottom[known] * fineness).astype(np.int64) + 1
    joined = np.diff(known, prepend=-2) == 1
    before = np.maximum(np.arange(len(known)) - 1, 0)
    upper, lower = (
        np.where(joined, np.minimum(upper, lower[before] - 1), upper),
        np.where(joined, np.maximum(lower, upper[before] + 1), lower),
    )
    frame = painter.device()
    highest = max(0, int(upper.min()))
    rows = min(int(lower.max()), math.ceil(frame.height() * fineness)) - highest
    if rows > 0:
        pixels = band_pixels(left - left[0], upper - highest, lower - highest, rows, QColor(colour))
        image = QImage(pixels.data, pixels.shape[1], rows, 4 * pixels.shape[1], QImage.Format.Format_ARGB32)
        at = QRectF(left[0] / fineness, highest / fineness, pixels.shape[1] / fineness, rows / fineness)
        painter.drawImage(at, image)


def band_pixels(places: Indices, upper: Indices, lower: Indices, rows: int, colour: QColor) -> npt.NDArray[np.uint32]:
    """The colour in the columns ``places`` (n,) from row ``upper`` to before ``lower`` (n,), ARGB (rows, columns).

    As one picture: so many rectangles would take several times as long.
    """
    tops, ends = (np.zeros(int(places[-1]) + 1, dtype=np.int32) for _ in range(2))
    tops[places], ends[places] = upper, lower
    row = np.arange(rows, dtype=np.int32)[:, None]
    return np.where((row >= tops) & (row < ends), np.uint32(colour.rgba()), np.uint32(0))
