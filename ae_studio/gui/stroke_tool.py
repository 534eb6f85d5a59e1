"""Draws a way through the plane with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from ae_studio.gui.canvas_tools import CanvasTool
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

if TYPE_CHECKING:
    from ae_studio.gui.latent_canvas import LatentCanvas

SHORTEST = 6.0  # pixels: less is a click, not a stroke


class StrokeTool(CanvasTool):
    """What is drawn is shown while the button is held.

    Signals:
        drawn(points): the button was let go behind a stroke; points (m, 2) of the plane, float32.
    """

    name, title, key = "stroke", "Stroke", "F"
    hint = "Draw a way through the plane: it is decoded as a strip of frames"
    draws = True

    drawn = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._points: list[tuple[float, float]] = []  # of the plane, so that a look that moves the view does no harm
        self._pixels = 0.0  # that the mouse has gone
        self._last = QPointF()

    def press(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._points, self._pixels, self._last = [], 0.0, event.position()
        self._add(canvas, event.position())

    def move(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        if self._points:
            self._add(canvas, event.position())

    def release(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        points, self._points = self._points, []
        canvas.update()
        if len(points) > 1 and self._pixels >= SHORTEST:
            self.drawn.emit(np.array(points, dtype=np.float32))

    def double_click(self, canvas: LatentCanvas, event: QMouseEvent) -> bool:
        return True  # the second of two quick strokes

    def press_key(self, canvas: LatentCanvas, event: QKeyEvent) -> bool:
        """Escape drops what is being drawn."""
        if event.key() != Qt.Key.Key_Escape or not self._points:
            return False
        self.leave(canvas)
        return True

    def leave(self, canvas: LatentCanvas) -> None:
        self._points = []
        canvas.update()

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        if len(self._points) < 2:
            return
        pixels = pixel_map.to_pixels(np.array(self._points, dtype=np.float32)).tolist()
        line = QPolygonF([QPointF(x, y) for x, y in pixels])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((theme.canvas, 5.0), (theme.accent, 2.5)):
            painter.setPen(_round_pen(colour, width))
            painter.drawPolyline(line)

    def _add(self, canvas: LatentCanvas, position: QPointF) -> None:
        step = position - self._last
        self._pixels += float(np.hypot(step.x(), step.y()))
        self._last = position
        self._points.append(canvas.pixel_map().to_world(position.x(), position.y()))
        canvas.update()


def _round_pen(colour: str, width: float) -> QPen:
    join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, join)
