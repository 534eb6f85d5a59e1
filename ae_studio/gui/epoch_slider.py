"""A slider over the epochs that are kept, with marks at some of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from ae_studio.gui.jump_slider import JumpSlider
from ae_studio.gui.theme import DARK, Theme

PAGES = 10  # from end to end by PgUp or PgDn
HEIGHT = 38  # pixels: the handle, a mark above and a letter below
NOTCH = 120  # of the wheel, in eighths of a degree
LETTER = 9  # pixels
BEST = 3.5  # pixels of half the triangle over the best epoch


@dataclass(frozen=True, slots=True)
class Marks:
    """Epochs with a mark each; None where there is none."""

    a: int | None = None
    b: int | None = None
    best: int | None = None


class EpochSlider(JumpSlider):
    """Keys and wheel go from stop to stop, since not every epoch may be kept.

    A drag is this widget's own: Qt would page on towards the mouse where no stop is under it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.stops: Sequence[int] = ()
        self._marks = Marks()
        self._theme = DARK
        self._grip: int | None = None  # pixels from the handle's middle to the mouse, while it is held
        self._turned = 0  # of the wheel, since the last whole notch
        self.setMinimumHeight(HEIGHT)

    def show_marks(self, marks: Marks) -> None:
        self._marks = marks
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def nearest(self, value: int) -> int:
        """The stop nearest to a value."""
        return min(self.stops, key=lambda stop: abs(stop - value))

    def stop_beside(self, steps: int) -> int:
        """The stop so many steps later, or earlier, than the value; the last, or the first, where there are not so
        many."""
        place = bisect_left(self.stops, self.value()) if steps < 0 else bisect_right(self.stops, self.value()) - 1
        return self.stops[min(max(place + steps, 0), len(self.stops) - 1)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        page = max(1, len(self.stops) // PAGES)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageUp: page,
            Qt.Key.Key_PageDown: -page,
            Qt.Key.Key_Home: -len(self.stops),
            Qt.Key.Key_End: len(self.stops),
        }
        if key in steps and self.stops:
            self.setValue(self.stop_beside(steps[key]))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = round(event.position().x())
        self._grip = x - round(self._x_of(self.value())) if self._handle_contains(event) else 0
        self.setSliderDown(True)
        self.setValue(self._value_at(x - self._grip))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.setValue(self._value_at(round(event.position().x()) - self._grip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and event.button() == Qt.MouseButton.LeftButton:
            self._grip = None
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        self._turned += delta.y() or delta.x()
        notches, self._turned = int(self._turned / NOTCH), self._turned - NOTCH * int(self._turned / NOTCH)
        if notches and self.stops:
            self.setValue(self.stop_beside(notches))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_letters(painter)
            if self._marks.best is not None:
                self._paint_best(painter, self._x_of(self._marks.best))

    def _paint_letters(self, painter: QPainter) -> None:
        """Under the groove; both of one epoch stand beside each other."""
        marks = self._marks
        letters = {"A": marks.a, "B": marks.b}
        if marks.a is not None and marks.a == marks.b:
            letters = {"AB": marks.a}
        font = painter.font()
        font.setPixelSize(LETTER)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        for letter, epoch in letters.items():
            if epoch is not None:
                area = QRectF(self._x_of(epoch) - 12, self.height() - LETTER - 1, 24, LETTER + 1)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_best(self, painter: QPainter, x: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.good))
        tip = QPointF(x, 7.0)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-BEST, -1.6 * BEST), tip + QPointF(BEST, -1.6 * BEST)]))

    def _x_of(self, epoch: int) -> float:
        """The middle of the handle, if it stood at this epoch."""
        groove = self._part(QStyle.SubControl.SC_SliderGroove)
        handle = self._part(QStyle.SubControl.SC_SliderHandle)
        span = groove.width() - handle.width()
        place = QSlider.style(self).sliderPositionFromValue(self.minimum(), self.maximum(), epoch, span)
        return groove.x() + place + handle.width() / 2
