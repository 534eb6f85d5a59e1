"""What the left mouse button and the keys do on the canvas: a tool at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from ae_studio.gui.newest_call import NewestCall
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

if TYPE_CHECKING:
    from ae_studio.gui.latent_canvas import LatentCanvas

MOVE_MS = 6  # between two reported moves: below the 8.3 ms of a 120 Hz mouse, so none of those waits


class CanvasTool(QObject):
    """Takes what the canvas's own view (right drag, wheel, zoom keys) leaves over. All places are in pixels.

    ``name`` is that of its button (``<name>_tool_button``) and icon, ``key`` the letter that chooses it.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    key: ClassVar[str]
    hint: ClassVar[str]
    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    def press(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        """The left button, with or without Shift and Alt."""

    def move(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        """The left button is held."""

    def hover(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        """No button is held."""

    def release(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        """The left button."""

    def double_click(self, canvas: LatentCanvas, event: QMouseEvent) -> bool:
        """Says whether it was meant for the tool; else all points come into view."""
        return False

    def press_key(self, canvas: LatentCanvas, event: QKeyEvent) -> bool:
        """Says whether the key was meant for the tool; asked before the canvas takes its own."""
        return False

    def leave(self, canvas: LatentCanvas) -> None:
        """The mouse leaves the canvas, or another tool is taken."""

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """Over everything else."""


class HandTool(CanvasTool):
    """Moves the handle.

    Signals:
        moved(x, y): the handle was put at a point of the plane; the newest, at most one every 6 ms.
        hovered(x, y): the mouse rests or moves over a point, no button held; likewise.
        left(): it is over nothing any more.
    """

    name, title, key = "hand", "Hand", "H"
    hint = "Drag the handle: what is under it is decoded"

    moved = Signal(float, float)
    hovered = Signal(float, float)
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dragging = False
        self._newest = NewestCall(MOVE_MS, self)

    def press(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._dragging = True
        self._put(canvas, event.position())

    def move(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._put(canvas, event.position())

    def hover(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._dragging = False
        self._put(canvas, event.position())

    def release(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._dragging = False

    def press_key(self, canvas: LatentCanvas, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        self._dragging = False
        self.left.emit()
        return True

    def leave(self, canvas: LatentCanvas) -> None:
        self._newest.forget()
        self.left.emit()

    def _put(self, canvas: LatentCanvas, position: QPointF) -> None:
        signal = self.moved if self._dragging else self.hovered
        self._newest.put(lambda: signal.emit(*canvas.pixel_map().to_world(position.x(), position.y())))
