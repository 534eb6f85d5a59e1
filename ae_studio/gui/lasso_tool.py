"""A line drawn around points of the canvas selects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from ae_studio.gui.canvas_tools import CanvasTool
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.groups import How, Indices, inside, read_only

if TYPE_CHECKING:
    from ae_studio.gui.latent_canvas import LatentCanvas

STEP = 3.0  # pixels between two corners of the line: finer is not seen, and makes the search slower
CLICK = 6.0  # pixels: a line that stays within is a click, and so far around a click a point is meant
FILL = 36  # of 255: how much of its colour the inside has


class LassoTool(CanvasTool):
    """Press and drag draws a line, release selects what is inside; a click selects the point under it.

    Shift adds to the selection, Alt takes away, both keep only what was selected already.

    Signals:
        found(indices, how): points that were meant, none for a click on nothing; how is a word of
            :data:`ae_studio.latent.groups.How`.
    """

    name, title, key = "lasso", "Lasso", "L"
    hint = "Draw around points to select them; Shift adds, Alt takes away"
    draws = True

    found = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._corners: list[tuple[float, float]] = []  # in units of the plane: they stay with the points
        self._last = QPointF()
        self._reach = 0.0  # pixels from where the line began
        self._began = QPointF()

    def press(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._began, self._reach = event.position(), 0.0
        self._corners = []
        self._add(canvas, event.position())

    def move(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        if not self._corners:
            return  # left with Escape
        self._reach = max(self._reach, _distance(event.position(), self._began))
        if _distance(event.position(), self._last) >= STEP:
            self._add(canvas, event.position())

    def release(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        if not self._corners:
            return
        how = how_of(event.modifiers())
        if self._reach >= CLICK:
            self.found.emit(self._inside(canvas), how)
        else:
            self._click(canvas, event.position(), how)
        self._drop(canvas)

    def press_key(self, canvas: LatentCanvas, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self._corners:
            self._drop(canvas)
        else:
            self.found.emit(read_only([]), "replace")
        return True

    def leave(self, canvas: LatentCanvas) -> None:
        self._drop(canvas)

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        if len(self._corners) < 2:
            return
        line = QPolygonF([QPointF(float(x), float(y)) for x, y in pixel_map.to_pixels(self._polygon())])
        inside_colour = QColor(theme.accent)
        inside_colour.setAlpha(FILL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.setBrush(inside_colour)
        painter.drawPolygon(line)

    def _add(self, canvas: LatentCanvas, position: QPointF) -> None:
        self._corners.append(canvas.pixel_map().to_world(position.x(), position.y()))
        self._last = position
        canvas.update()

    def _drop(self, canvas: LatentCanvas) -> None:
        self._corners = []
        canvas.update()

    def _polygon(self) -> npt.NDArray[np.float32]:
        return np.array(self._corners, dtype=np.float32)

    def _inside(self, canvas: LatentCanvas) -> Indices:
        points, can_be_picked = canvas.points_seen()
        return read_only(np.flatnonzero(inside(points, self._polygon()) & can_be_picked))

    def _click(self, canvas: LatentCanvas, position: QPointF, how: How) -> None:
        """The nearest point; nothing selects nothing, where it is not to be added or taken away."""
        points, can_be_picked = canvas.points_seen()
        pixels = canvas.pixel_map().to_pixels(points)
        distances = np.hypot(pixels[:, 0] - position.x(), pixels[:, 1] - position.y())
        distances[~can_be_picked] = np.inf
        near = np.flatnonzero(distances == distances.min(initial=CLICK))[:1]
        if len(near) or how == "replace":
            self.found.emit(read_only(near), how)


def how_of(modifiers: Qt.KeyboardModifier) -> How:
    """What Shift and Alt mean while something is selected."""
    adds = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    takes = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    if adds and takes:
        return "intersect"
    return "add" if adds else "remove" if takes else "replace"


def _distance(a: QPointF, b: QPointF) -> float:
    return float(np.hypot(a.x() - b.x(), a.y() - b.y()))
