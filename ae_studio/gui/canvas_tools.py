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
LOOSE = 4  # pixels a data point must be pulled before it leaves its place


class CanvasTool(QObject):
    """Takes what the canvas's own view (right drag, wheel, zoom keys) leaves over. All places are in pixels.

    ``name`` is that of its button (``<name>_tool_button``) and icon, ``key`` the letter that chooses it.
    ``draws``: keys may play the mouse's part, as :class:`~ae_studio.gui.keyboard_pen.KeyboardPen` does.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    key: ClassVar[str]
    hint: ClassVar[str]
    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor
    draws: ClassVar[bool] = False

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
    """Moves the handle. With Alt it takes the data point below it: pressing picks it, releasing drops it.

    Signals:
        moved(x, y): the handle was put at a point of the plane; the newest, at most one every 6 ms.
        hovered(x, y): the mouse rests or moves over a point, no button held; likewise.
        left(): it is over nothing any more.
        picked(index): a data point was pressed; the moves that follow drag it, until dropped().
        taken(): the handle of the one that is held was; likewise.
        snapped(index): a data point was clicked twice; snap_requested(): Enter was pressed.
        escaped(): Escape was pressed.
    """

    name, title, key = "hand", "Hand", "H"
    hint = "Drag the handle: what is under it is decoded"

    moved = Signal(float, float)
    hovered = Signal(float, float)
    left = Signal()
    picked = Signal(int)
    taken = Signal()
    dropped = Signal()
    snapped = Signal(int)
    snap_requested = Signal()
    escaped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dragging = False
        self._picked_at: QPointF | None = None  # a data point that has not left its place
        self._has_point = False  # is being dragged
        self._holding = False
        self._newest = NewestCall(MOVE_MS, self)

    def take_held(self, index: int | None) -> None:
        """Which data point is held, wherever the handle is by now."""
        self._holding = index is not None

    def takes_points(self, event: QMouseEvent) -> bool:
        """Whether this press is meant for a data point, where one is near."""
        return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

    def press(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._dragging = True
        if not (self.takes_points(event) and self._take_point(canvas, event.position())):
            self._put(canvas, event.position())

    def _take_point(self, canvas: LatentCanvas, place: QPointF) -> bool:
        """The point that is held already, by its handle, or the one that lies here. Says whether there is one."""
        again = self._holding and canvas.is_at_handle(place)
        index = None if again else canvas.point_at(place)
        if not again and index is None:
            return False
        self._has_point, self._picked_at = True, place
        self._newest.forget()
        if index is None:
            self.taken.emit()
        else:
            self.picked.emit(index)
        return True

    def move(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        if self._picked_at is not None:
            if (event.position() - self._picked_at).manhattanLength() < LOOSE:
                return
            self._picked_at = None
        self._put(canvas, event.position())

    def hover(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._dragging = False
        self._put(canvas, event.position())

    def release(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        self._dragging = False
        self._drop()

    def double_click(self, canvas: LatentCanvas, event: QMouseEvent) -> bool:
        index = canvas.point_at(event.position())
        if index is not None:
            self._newest.forget()
            self.snapped.emit(index)
        return index is not None

    def press_key(self, canvas: LatentCanvas, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.snap_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._dragging = False
            self._newest.forget()
            self.left.emit()
            self.escaped.emit()
        else:
            return False
        return True

    def leave(self, canvas: LatentCanvas) -> None:
        self._newest.forget()
        self._drop()
        self.left.emit()

    def _put(self, canvas: LatentCanvas, position: QPointF) -> None:
        signal = self.moved if self._dragging else self.hovered
        self._newest.put(lambda: signal.emit(*canvas.pixel_map().to_world(position.x(), position.y())))

    def _drop(self) -> None:
        """What was dragged last is told before."""
        self._picked_at = None
        if self._has_point:
            self._has_point = False
            self._newest.make_now()
            self.dropped.emit()
