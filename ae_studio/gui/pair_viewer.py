"""One image as two runs make it, large: wiped over, blinking, or as their difference."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.gui.image_pair import ImagePair
from ae_studio.gui.named import named
from ae_studio.gui.pair_paint import PairPainter, picture_area
from ae_studio.gui.theme import DARK, Theme

Mode = Literal["swipe", "blink", "difference"]
MODES: tuple[Mode, ...] = ("swipe", "blink", "difference")

BLINKS = 2.0  # a second, at first
STEP = 0.02  # of the image's width, by an arrow key
ZOOM_STEP, MOST_ZOOM = 1.2, 24.0


class PairViewer(QWidget):
    """Drag wipes, the wheel zooms into both at once, the right button moves what is zoomed, a double click resets.

    Signals:
        hovered(words): of the pixel under the mouse; empty beside the image.
    """

    hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pair_viewer").setAccessibleName("The image as two runs make it")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 220)
        self.setMouseTracking(True)
        self._painter = PairPainter()
        self._theme = DARK
        self._pair: ImagePair | None = None
        self._invitation = ""
        self.mode: Mode = "swipe"
        self.divider = 0.5  # of the image's width: left of it is the left run
        self.flipped = False  # whether the right one is seen while they blink
        self.zoom = 1.0
        self._middle = QPointF(0.5, 0.5)  # of the image, in the middle of the view
        self._grabbed: QPointF | None = None  # where the right button took hold
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.flip)
        self.set_rate(BLINKS)

    # What is shown

    @property
    def pair(self) -> ImagePair | None:
        return self._pair

    def show_pair(self, pair: ImagePair | None, invitation: str = "") -> None:
        if _size(pair) != _size(self._pair):
            self.reset_zoom()
        self._pair, self._invitation = pair, invitation
        self._go_on()
        self.update()

    def set_mode(self, mode: Mode) -> None:
        self.mode, self.flipped = mode, False
        self._go_on()
        self.update()

    def set_rate(self, blinks: float) -> None:
        """So many changes a second; 0 leaves them to the key X."""
        self._rate = blinks
        self._timer.setInterval(round(1000 / blinks) if blinks else 0)
        self._go_on()

    def flip(self) -> None:
        """The other one, while they blink."""
        self.flipped = not self.flipped
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _go_on(self) -> None:
        blinks = self.mode == "blink" and self._rate > 0 and self.isVisible() and self._pair is not None
        if not blinks:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @property
    def blinking(self) -> bool:
        return self._timer.isActive()

    # Places

    def area(self) -> QRectF:
        """What the image may fill."""
        return picture_area(QRectF(self.rect()), self._pair)

    def picture(self) -> QRectF:
        """Where the whole image lies, beyond the area where it is zoomed."""
        area = self.area()
        size = area.size() * self.zoom
        corner = area.center() - QPointF(self._middle.x() * size.width(), self._middle.y() * size.height())
        return QRectF(corner, size)

    def _share(self, position: QPointF) -> QPointF:
        """Of the image: (0, 0) is its upper left corner, (1, 1) the lower right one."""
        picture = self.picture()
        return QPointF(
            (position.x() - picture.left()) / max(1.0, picture.width()),
            (position.y() - picture.top()) / max(1.0, picture.height()),
        )

    def _wipe_to(self, position: QPointF) -> None:
        self.divider = min(max(0.0, self._share(position).x()), 1.0)
        self.update()

    def _look_at(self, middle: QPointF) -> None:
        """Never beyond the image's own edges."""
        margin = 0.5 / self.zoom
        self._middle = QPointF(*(min(max(margin, each), 1 - margin) for each in (middle.x(), middle.y())))
        self.update()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.mode == "swipe":
            self._wipe_to(event.position())
        elif event.button() == Qt.MouseButton.LeftButton and self.mode == "blink":
            self.flip()
        elif event.button() == Qt.MouseButton.RightButton:
            self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.mode == "swipe":
            self._wipe_to(event.position())
        elif event.buttons() & Qt.MouseButton.RightButton and self._grabbed is not None:
            moved, size = event.position() - self._grabbed, self.picture().size()
            self._grabbed = event.position()
            self._look_at(self._middle - QPointF(moved.x() / size.width(), moved.y() / size.height()))
        self.hovered.emit(self._words_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_zoom()

    def reset_zoom(self) -> None:
        self.zoom = 1.0
        self._look_at(QPointF(0.5, 0.5))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The place under the mouse stays there."""
        before = self._share(event.position())
        self.zoom = min(max(1.0, self.zoom * ZOOM_STEP ** (event.angleDelta().y() / 120)), MOST_ZOOM)
        self._look_at(self._middle + before - self._share(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() in steps and self.mode == "swipe":
            self.divider = min(max(0.0, self.divider + steps[Qt.Key(event.key())]), 1.0)
            self.update()
        else:
            super().keyPressEvent(event)

    def _words_at(self, position: QPointF) -> str:
        share = self._share(position)
        if self._pair is None or self._pair.reason or not self.area().contains(position):
            return ""
        assert self._pair.left.image is not None
        height, width = self._pair.left.image.shape[:2]
        row, column = int(share.y() * height), int(share.x() * width)
        return self._pair.words_at(row, column) if 0 <= row < height and 0 <= column < width else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._pair is None or self._pair.reason:
            words = self._pair.reason if self._pair else self._invitation
            self._painter.paint_words(painter, QRectF(self.rect()), words, self._theme)
            return
        self._painter.paint(
            painter, self._pair, self.area(), self.picture(), self.mode, self.divider, self.flipped, self._theme
        )


def _size(pair: ImagePair | None) -> tuple[int, ...]:
    return () if pair is None or pair.left.image is None else pair.left.image.shape
