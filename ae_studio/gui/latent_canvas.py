"""The hero: the latent space under the hand, which drags a handle through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from ae_studio.gui.canvas_surface import CanvasSurface
from ae_studio.gui.canvas_tools import CanvasTool, HandTool
from ae_studio.gui.keyboard_pen import KeyboardPen
from ae_studio.gui.lasso_tool import LassoTool

NUDGE, BIG_NUDGE = 0.05, 0.5  # world units an arrow key moves the handle; a prior's sigma is 1
ZOOM_STEP = 1.2  # a notch of the wheel
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class LatentCanvas(CanvasSurface):
    """The surface with its tools.

    The left button belongs to a tool, at first the hand; right drag moves the view, and rolls the globe of points on a
    sphere.

    Signals:
        nudged(dx, dy): an arrow key asks for the handle to move by so much, in units of the plane.
        turned(dx, dy): a globe is to be rolled by so much, likewise.
    """

    nudged = Signal(float, float)
    turned = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hand_tool = HandTool(self)
        self.lasso_tool = LassoTool(self)
        self._tool: CanvasTool = self.hand_tool
        self._pen = KeyboardPen()
        self._held = False  # the left button, by the tool
        self._pan_from: QPointF | None = None

    def take_tool(self, tool: CanvasTool) -> None:
        """Another tool for the left button."""
        self._tool.leave(self)
        self._pen.put_away()
        self._tool = tool
        self._set_cursor()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pen.put_away()
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._held = True
            self._tool.press(self, event)
        elif event.button() in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton):
            self._pan_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self._pan(event.position())
        elif len(self._glide.points):
            (self._tool.move if self._held else self._tool.hover)(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = False
            self._tool.release(self, event)
        self._pan_from = None
        self._set_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._tool.double_click(self, event):
            self.reset_view()

    def leaveEvent(self, event: QEvent) -> None:
        self._tool.leave(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._set_cursor()

    def _set_cursor(self) -> None:
        self.setCursor(self._tool.cursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        x, y = self.pixel_map().to_world(event.position().x(), event.position().y())
        self.set_view(self._glide.window.zoomed(ZOOM_STEP**-notches, x, y))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        size = BIG_NUDGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else NUDGE
        window = self._glide.window
        if self._tool.draws and self._pen.press_key(self, self._tool, event):
            return
        if self._tool.press_key(self, event):
            self._pen.drop()
            return
        if key in _ARROWS:
            dx, dy = _ARROWS[key]
            turn = self._picture.is_globe and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.turned if turn else self.nudged).emit(dx * size, dy * size)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_view(window.zoomed(1 / ZOOM_STEP, window.x, window.y))
        elif key == Qt.Key.Key_Minus:
            self.set_view(window.zoomed(ZOOM_STEP, window.x, window.y))
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.reset_view()
        else:
            super().keyPressEvent(event)

    def _pan(self, position: QPointF) -> None:
        assert self._pan_from is not None
        scale = self.pixel_map().scale
        delta = position - self._pan_from
        self._pan_from = position
        if self._picture.is_globe:
            self.turned.emit(delta.x() / scale, -delta.y() / scale)
            return
        self.set_view(self._glide.window.moved(-delta.x() / scale, delta.y() / scale))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tool.leave(self)

    def _paint_hand(self, painter: QPainter) -> None:
        super()._paint_hand(painter)
        self._tool.paint(painter, self.pixel_map(), self._picture.theme)
        self._pen.paint(painter, self._picture.theme)
