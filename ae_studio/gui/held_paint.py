"""What the hand leaves on the canvas: the data point that was picked, the way from it, and the way back of a code."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ae_studio.gui.canvas_paint import HANDLE_RADIUS
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.gui.view_window import PixelMap

GHOST_RADIUS = 8.0  # pixels
FOCUS_RADIUS = 7.0
DOT = 2.0  # the handle's own
HEAD = 9.0  # pixels of an arrow's head
FONT = 12
FAR = 1e5  # pixels: outside of every screen, inside of what Qt's lines can be

Place = tuple[float, float]
"""A point of the plane, in its units."""


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """A ring in the class's colour where a data point is, and a line from there to the handle.

    The places are asked for at each painting, since points glide; None: it is not to be seen.
    """

    point: Callable[[], Place | None]
    handle: Callable[[], Place | None]
    label: int
    class_count: int

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        point, handle = self.point(), self.handle()
        if point is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = to_pixel(point, pixel_map)
        if handle is not None:
            _line(painter, shortened(centre, to_pixel(handle, pixel_map), GHOST_RADIUS, HANDLE_RADIUS), theme)
        _ring(painter, centre, GHOST_RADIUS, class_colours(theme, self.class_count)[self.label], theme)


@dataclass(frozen=True, slots=True, eq=False)
class FocusRing:
    """A thin ring around the data point that is looked at."""

    point: Callable[[], Place | None]

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        point = self.point()
        if point is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _ring(painter, to_pixel(point, pixel_map), FOCUS_RADIUS, theme.text, theme)


@dataclass(frozen=True, slots=True, eq=False)
class Return:
    """An arrow from a code to where the model takes it, with words at its end."""

    start: Callable[[], Place]
    end: Callable[[], Place]
    words: str

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = to_pixel(self.start(), pixel_map), to_pixel(self.end(), pixel_map)
        ends = shortened(start, end, HANDLE_RADIUS, 0) or shortened(start, end, DOT, 0)  # a short way starts at the dot
        if ends is not None:
            for colour, width in ((theme.canvas, 5.0), (theme.accent, 2.0)):
                painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawLine(*ends)
            _head(painter, *ends, theme)
        _words(painter, start, end, self.words, pixel_map, theme)


def to_pixel(place: Place, pixel_map: PixelMap) -> QPointF:
    window, scale = pixel_map.window, pixel_map.scale
    x = pixel_map.width / 2 + (place[0] - window.x) * scale
    y = pixel_map.height / 2 - (place[1] - window.y) * scale
    return QPointF(min(max(x, -FAR), FAR), min(max(y, -FAR), FAR))


def shortened(start: QPointF, end: QPointF, at_start: float, at_end: float) -> tuple[QPointF, QPointF] | None:
    """The line without so many pixels at its ends; None where hardly anything of it is left."""
    way = end - start
    length = math.hypot(way.x(), way.y())
    if length <= at_start + at_end + 1:
        return None
    return start + way * (at_start / length), end - way * (at_end / length)


def _ring(painter: QPainter, centre: QPointF, radius: float, colour: str, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for each, width in ((theme.canvas, 5.0), (colour, 2.4)):
        painter.setPen(QPen(QColor(each), width))
        painter.drawEllipse(centre, radius, radius)


def _line(painter: QPainter, ends: tuple[QPointF, QPointF] | None, theme: Theme) -> None:
    if ends is None:
        return
    for colour, width in ((theme.canvas, 4.0), (theme.text, 1.4)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(*ends)


def _head(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    way = end - start
    angle, size = math.atan2(way.y(), way.x()), min(HEAD, math.hypot(way.x(), way.y()))
    sides = [end - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * size for turn in (-0.45, 0.45)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(QPolygonF([end, *sides]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _words(painter: QPainter, start: QPointF, end: QPointF, words: str, pixel_map: PixelMap, theme: Theme) -> None:
    """Beyond the arrow's end, but never outside of the canvas."""
    font = painter.font()
    font.setPixelSize(FONT)
    painter.setFont(font)
    size = QFontMetricsF(font).size(0, words)
    box = QRectF(0, 0, size.width() + 14, size.height() + 6)
    below = end.y() >= start.y()
    box.moveCenter(QPointF(end.x(), end.y() + (1 if below else -1) * (box.height() / 2 + 16)))
    box.moveLeft(min(max(box.left(), 4), max(4.0, pixel_map.width - box.width() - 4)))
    box.moveTop(min(max(box.top(), 4), max(4.0, pixel_map.height - box.height() - 4)))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
