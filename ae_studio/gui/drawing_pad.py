"""The pad that is drawn on, with mouse, stylus or keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from ae_studio.gui.drawing_sheet import SIDE, Patch
from ae_studio.gui.sheet_view import SheetView

STEP = SIDE / 28  # of an arrow key: one of MNIST's pixels
ERASER = 2.0  # times the pen's width
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class DrawingPad(SheetView):
    """The left button draws, the right one erases, as a stylus's other end does.

    With the keyboard: arrow keys move the pen, Space puts it down and lifts it, Delete clears the pad.

    Signals:
        changed(): there is more, less or other ink; while a stroke is drawn, too.
        did(text, undo, redo): a step that can be taken back.
        dropped(QMimeData): something that may be a picture.
    """

    changed = Signal()
    did = Signal(str, object, object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawing_pad")
        self.setAccessibleName("Pad to draw on")
        self.setAccessibleDescription("Arrow keys move the pen, Space puts it down and lifts it, Delete clears the pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # the right button erases
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.erasing = False
        self.pen_width = 2 * STEP  # pixels of the sheet
        self._key_pen: QPointF | None = None  # where the keys have moved the pen, in pixels of the sheet

    def put(self, image: QImage | None, text: str) -> None:
        """A whole new sheet, None for an empty one; ``text`` names the step."""
        self._lift()
        patch = self.sheet.replace(image)
        if patch is not None:
            self._tell(text, patch)

    def clear(self) -> None:
        self.put(None, "Clear the drawing")

    # The pen

    def mousePressEvent(self, event: QMouseEvent) -> None:
        erasing = {Qt.MouseButton.LeftButton: self.erasing, Qt.MouseButton.RightButton: True}
        if event.button() in erasing:
            self._key_pen = None
            self._put_down(self.to_sheet(event.position()), erasing=erasing[event.button()])
            self._show_pen_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._key_pen is None or event.buttons():
            self._show_pen_at(event.position())
            self._move(self.to_sheet(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._lift()

    def tabletEvent(self, event: QTabletEvent) -> None:
        point = self.to_sheet(event.position())
        if event.type() == QEvent.Type.TabletPress:
            other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
            right = event.button() == Qt.MouseButton.RightButton
            self._put_down(point, event.pressure(), erasing=self.erasing or other_end or right)
        elif event.type() == QEvent.Type.TabletMove:
            self._show_pen_at(event.position())
            self._move(point, event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._lift()
        event.accept()  # else Qt sends all of it again, as a mouse's

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._move_by_key(*_ARROWS[key], STEP / 4 if fine else STEP)
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._put_down_or_lift()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif key == Qt.Key.Key_Escape and self.sheet.drawing:
            self._lift()
        else:
            super().keyPressEvent(event)

    def _move_by_key(self, dx: int, dy: int, step: float) -> None:
        pen = self._key_pen or QPointF(SIDE / 2, SIDE / 2)
        x, y = pen.x() + dx * step, pen.y() + dy * step
        self._key_pen = QPointF(min(max(x, 0.0), SIDE), min(max(y, 0.0), SIDE))
        self._move(self._key_pen)
        self._show_pen_at(self.to_widget(self._key_pen))

    def _put_down_or_lift(self) -> None:
        if self.sheet.drawing:
            self._lift()
            return
        self._key_pen = self._key_pen or QPointF(SIDE / 2, SIDE / 2)
        self._put_down(self._key_pen, erasing=self.erasing)
        self._show_pen_at(self.to_widget(self._key_pen))

    def _put_down(self, point: QPointF, pressure: float = 1.0, *, erasing: bool) -> None:
        if self.sheet.drawing:
            return
        if self._empty and not erasing:
            self._empty = False
            self.update()  # the invitation goes
        width = self.pen_width * (ERASER if erasing else 1)
        self._take_ink(self.sheet.begin(point, width, pressure, erasing=erasing))

    def _move(self, point: QPointF, pressure: float = 1.0) -> None:
        if self.sheet.drawing:
            self._take_ink(self.sheet.extend(point, pressure))

    def _lift(self) -> None:
        changed, patch = self.sheet.finish()
        self._take_ink(changed)
        if patch is not None:
            self._tell("Draw a stroke", patch)

    def _take_ink(self, area: QRectF) -> None:
        if not area.isEmpty():
            self.show_change(area)
            self.changed.emit()

    def _tell(self, text: str, patch: Patch) -> None:
        self._take_sheet()
        self.did.emit(text, partial(self._undo, patch), partial(self._redo, patch))

    def _undo(self, patch: Patch) -> None:
        self.sheet.abandon()
        self.sheet.take_back(patch)
        self._take_sheet()

    def _redo(self, patch: Patch) -> None:
        self.sheet.abandon()
        self.sheet.do_again(patch)
        self._take_sheet()

    def _take_sheet(self) -> None:
        """Anything on it may be new."""
        self._empty = self.sheet.is_empty
        self.update()
        self.changed.emit()

    def _show_pen_at(self, place: QPointF | None) -> None:
        self.show_pen(place, max(2.0, self.pen_width * (ERASER if self.erasing else 1) * self.scale() / 2))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._lift()
        if self._key_pen is not None:
            self._key_pen = None
            self._show_pen_at(None)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self._key_pen is None:
            self._show_pen_at(None)

    def hideEvent(self, event: QHideEvent) -> None:
        self._lift()

    # Something is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_be_picture(event.mimeData()):
            event.acceptProposedAction()
            self._invite(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._invite(False)
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _invite(self, invited: bool) -> None:
        self._invited = invited
        self.update()


def may_be_picture(data: QMimeData) -> bool:
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())
