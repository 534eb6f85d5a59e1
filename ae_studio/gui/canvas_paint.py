"""The quiet parts of the canvas: the grid under the points and the handle above them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

HANDLE_RADIUS = 11
HANDLE_REACH = 19  # with its ticks; what has to be repainted around it
GRID_PIXELS = 90  # wished distance of grid lines


def paint_grid(painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
    """Hairlines at round numbers, the two through zero a little stronger, and their values along two edges."""
    step = nice_step(GRID_PIXELS / pixel_map.scale)
    left, top = pixel_map.to_world(0, 0)
    right, bottom = pixel_map.to_world(pixel_map.width, pixel_map.height)
    font = painter.font()
    font.setPixelSize(10)
    painter.setFont(font)
    for value in _ticks(left, right, step):
        x = _crisp((value - left) * pixel_map.scale)
        _line(painter, QPointF(x, 0), QPointF(x, pixel_map.height), value == 0, theme)
        area = QRectF(x + 3, pixel_map.height - 16, 60, 14)
        painter.setPen(QColor(theme.dim))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _number(value, step))
    for value in _ticks(bottom, top, step):
        y = _crisp((top - value) * pixel_map.scale)
        _line(painter, QPointF(0, y), QPointF(pixel_map.width, y), value == 0, theme)
        if y < pixel_map.height - 30:
            area = QRectF(pixel_map.width - 64, y - 15, 60, 14)  # tools lie over the left edge
            painter.setPen(QColor(theme.dim))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _number(value, step))


def paint_outline(painter: QPainter, lines: Sequence[npt.NDArray[np.float32]], theme: Theme) -> None:
    """Lines of pixels (k, 2): the rim of a disc or globe first, then what lies inside it, fainter."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index, line in enumerate(lines):
        colour = QColor(theme.dim if index == 0 else theme.line)
        painter.setPen(QPen(colour, 1.2 if index == 0 else 1.0))
        painter.drawPolyline([QPointF(float(x), float(y)) for x, y in line])


def paint_apart(
    paint: Callable[[QPainter, PixelMap, Theme], None], painter: QPainter, pixel_map: PixelMap, theme: Theme
) -> None:
    """What a drawing paints, without leaving its pens and clips to the next, even where it fails."""
    painter.save()
    try:
        paint(painter, pixel_map, theme)
    finally:
        painter.restore()


def paint_handle(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """A ring with a point in it and a tick on either side, in the text's colour over a shadow of the ground's."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.canvas, 5.0), (theme.text, 2.2)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawEllipse(centre, HANDLE_RADIUS, HANDLE_RADIUS)
        for side in (-1, 1):
            start = centre + QPointF(side * HANDLE_RADIUS, 0)
            painter.drawLine(start, centre + QPointF(side * (HANDLE_REACH - 3), 0))
        painter.drawPoint(centre)
    painter.setPen(QPen(QColor(theme.text), 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoint(centre)


def nice_step(wished: float) -> float:
    """The round number, 1, 2 or 5 times a power of ten, next above the wished one."""
    power = 10.0 ** math.floor(math.log10(wished))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wished)


def _ticks(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step), math.floor(high / step)
    return [index * step for index in range(first, last + 1)]


def _number(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{digits}f}".replace("-", "−")


def _line(painter: QPainter, start: QPointF, end: QPointF, through_zero: bool, theme: Theme) -> None:
    colour = QColor(theme.line)
    colour.setAlphaF(1.0 if through_zero else 0.5)
    painter.setPen(QPen(colour, 1))
    painter.drawLine(start, end)


def _crisp(pixel: float) -> float:
    return math.floor(pixel) + 0.5
