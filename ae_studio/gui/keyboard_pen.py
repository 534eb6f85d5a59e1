"""The mouse's part in the canvas's drawing tools, played by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from ae_studio.gui.theme import Theme

if TYPE_CHECKING:
    from ae_studio.gui.canvas_tools import CanvasTool
    from ae_studio.gui.latent_canvas import LatentCanvas

STEP, FINE_STEP = 12.0, 2.0  # pixels an arrow key moves the pen
RADIUS = 7.0  # pixels of its mark
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyboardPen:
    """Arrow keys take it and move it, finely with Shift; Space presses it down and lifts it, Enter clicks.

    What Shift and Alt mean to a tool, they mean when the pen is lifted and at a click.
    """

    def __init__(self) -> None:
        self._place: QPointF | None = None  # pixels; None until it is needed
        self._is_down = False

    def press_key(self, canvas: LatentCanvas, tool: CanvasTool, event: QKeyEvent) -> bool:
        """Says whether the key was the pen's."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._move(canvas, tool, *_ARROWS[key], FINE_STEP if fine else STEP)
        elif key == Qt.Key.Key_Space and self._place is not None:  # else it pauses a training
            self._press_or_lift(canvas, tool, event.modifiers())
        elif key in _ENTER and not self._is_down:
            tool.press(canvas, self._event(canvas, QEvent.Type.MouseButtonPress, event.modifiers()))
            tool.release(canvas, self._event(canvas, QEvent.Type.MouseButtonRelease, event.modifiers()))
        else:
            return False
        canvas.update()
        return True

    def put_away(self) -> None:
        """The mouse is used again, or another tool."""
        self._place, self._is_down = None, False

    def drop(self) -> None:
        """What was drawn is given up."""
        self._is_down = False

    def paint(self, painter: QPainter, theme: Theme) -> None:
        if self._place is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.accent) if self._is_down else Qt.BrushStyle.NoBrush)
        for colour, width in ((theme.canvas, 4.0), (theme.accent, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(self._place, RADIUS, RADIUS)
        painter.drawPoint(self._place)

    def _move(self, canvas: LatentCanvas, tool: CanvasTool, dx: int, dy: int, step: float) -> None:
        place = self._at(canvas) + QPointF(dx * step, dy * step)
        self._place = QPointF(
            min(max(place.x(), 0.0), canvas.width() - 1.0), min(max(place.y(), 0.0), canvas.height() - 1.0)
        )
        if self._is_down:
            tool.move(canvas, self._event(canvas, QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier))

    def _press_or_lift(self, canvas: LatentCanvas, tool: CanvasTool, modifiers: Qt.KeyboardModifier) -> None:
        self._is_down = not self._is_down
        if self._is_down:
            tool.press(canvas, self._event(canvas, QEvent.Type.MouseButtonPress, modifiers))
        else:
            tool.release(canvas, self._event(canvas, QEvent.Type.MouseButtonRelease, modifiers))

    def _at(self, canvas: LatentCanvas) -> QPointF:
        """At first in the middle."""
        if self._place is None:
            self._place = QPointF(canvas.width() / 2, canvas.height() / 2)
        return self._place

    def _event(self, canvas: LatentCanvas, kind: QEvent.Type, modifiers: Qt.KeyboardModifier) -> QMouseEvent:
        place, left = self._at(canvas), Qt.MouseButton.LeftButton
        return QMouseEvent(kind, place, QPointF(canvas.mapToGlobal(place)), left, left, modifiers)
