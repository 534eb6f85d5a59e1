"""Small marks over the canvas: numbered points, and a path with the place on it that is meant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

RING = 8  # pixels of radius
FAR = 1e6  # pixels: outside of every screen, inside of Qt's 32-bit numbers
Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class NumberedRings:
    """Rings about points (n, 2) of the plane, counted from 1."""

    points: Points

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, centre in enumerate(_pixels(self.points, pixel_map), 1):
            _ring(painter, centre, theme)
            tag = QRectF(centre.x() + RING - 1, centre.y() - RING - 13, 15, 15)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(tag)
            painter.setPen(QColor(theme.accent_text))
            font = painter.font()
            font.setPixelSize(10)
            painter.setFont(font)
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(number))


@dataclass(frozen=True, slots=True, eq=False)
class MarkedPath:
    """A line through points (n, 2) of the plane, and a ring about the one that is meant."""

    points: Points
    index: int

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels = _pixels(self.points, pixel_map)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((theme.canvas, 4.0), (theme.accent, 1.6)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolyline(pixels)
        _ring(painter, pixels[self.index], theme)


def _pixels(points: Points, pixel_map: PixelMap) -> list[QPointF]:
    return [QPointF(float(x), float(y)) for x, y in np.clip(pixel_map.to_pixels(points), -FAR, FAR)]


def _ring(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.canvas, 5.0), (theme.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(centre, RING, RING)
