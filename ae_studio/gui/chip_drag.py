"""Chips in rows that are put into another order by the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from ae_studio.gui.form import set_property
from ae_studio.gui.named import named

MARKER = 3  # pixels wide
EDGE = 4  # pixels from the first chip of a row, and from the last, to the middle of the marker
OUTSIDE = 60  # pixels above or below the chips, beyond which nothing lands
GHOST = 0.92  # opacity of what follows the mouse


@dataclass(frozen=True, slots=True)
class Landing:
    """The place that the chip gets, counted from 0, and where the marker stands, in pixels."""

    index: int
    marker: QRect


class ChipDrag(QObject):
    """Follows a chip from the press of the left button to its release; a marker shows where it will land.

    Chips that are hidden take no part. ``parent`` is theirs too. Esc, another button, or chips that come or go
    meanwhile call it off.

    Signals:
        moved(index, by): the chip of this index goes so many places to the right, or, below 0, to the left.
    """

    moved = Signal(int, int)

    def __init__(self, chips: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._chips = list(chips)
        self._pressed: int | None = None  # the chip under the button that is held down
        self._start = QPoint()  # of the mouse, on the screen
        self._count = 0  # of chips in sight when the drag began; 0 while there is none
        self._cursor = QCursor()  # of the chip, before it was dragged
        self._ghost = named(QLabel(parent), "chip_ghost", visible=False)
        self._marker = named(QFrame(parent), "chip_marker", visible=False)
        for above in (self._ghost, self._marker):
            above.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for chip in chips:
            chip.installEventFilter(self)

    @property
    def dragging(self) -> bool:
        return self._count > 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Labels on a chip leave their mouse events to it; buttons and boxes keep theirs."""
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            return self._take_mouse(watched, event)
        if self.dragging and event.type() == QEvent.Type.KeyPress and _is_escape(event):
            self._end()
            return True
        if event.type() == QEvent.Type.Hide:
            self._end()
        return False

    def _take_mouse(self, chip: QWidget, event: QMouseEvent) -> bool:
        place = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress:
            left = event.button() == Qt.MouseButton.LeftButton
            self._end()
            self._pressed, self._start = (self._chips.index(chip), place) if left else (None, place)
            return left
        if event.type() == QEvent.Type.MouseMove and self._pressed is not None:
            self._go(place)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            self._drop(place)
            return True
        return False

    def _go(self, place: QPoint) -> None:
        far = (place - self._start).manhattanLength() >= QApplication.startDragDistance()
        if not self.dragging and far and len(self._in_sight()) > 1:
            self._begin()
        if self.dragging:
            self._ghost.move(self._chip.pos() + place - self._start)
            found = self._landing(place)
            self._marker.setVisible(found is not None)
            if found is not None:
                self._marker.setGeometry(found.marker)
                self._marker.raise_()

    def _begin(self) -> None:
        chip, self._count = self._chip, len(self._in_sight())
        self._ghost.setPixmap(_faint(chip.grab()))
        self._ghost.resize(chip.size())
        self._ghost.raise_()
        self._ghost.show()
        chip.grabKeyboard()  # for Esc, wherever the focus is
        self._cursor = chip.cursor()
        chip.setCursor(Qt.CursorShape.ClosedHandCursor)
        set_property(chip, "dragged", True)

    def _drop(self, place: QPoint) -> None:
        unchanged = self.dragging and len(self._in_sight()) == self._count
        found, index = self._landing(place) if unchanged else None, self._pressed
        self._end()
        if found is not None and index is not None:
            self.moved.emit(index, found.index - index)

    def _end(self) -> None:
        if self.dragging:
            self._chip.releaseKeyboard()
            self._chip.setCursor(self._cursor)
            set_property(self._chip, "dragged", False)
        self._pressed, self._count = None, 0
        self._ghost.hide()
        self._marker.hide()

    @property
    def _chip(self) -> QWidget:
        assert self._pressed is not None
        return self._chips[self._pressed]

    def _in_sight(self) -> list[QWidget]:
        return [chip for chip in self._chips if not chip.isHidden()]

    def _landing(self, place: QPoint) -> Landing | None:
        assert self._pressed is not None
        here = self._parent.mapFromGlobal(place)
        return landing([chip.geometry() for chip in self._in_sight()], self._pressed, here)


def landing(chips: Sequence[QRect], index: int, place: QPoint) -> Landing | None:
    """Where the chip of this index lands, when it is dropped at this pixel; None where it would stay where it is.

    In the row that is nearest, before the first chip whose middle is right of the pixel.
    """
    away = {chip.top(): max(chip.top() - place.y(), place.y() - chip.bottom(), 0) for chip in chips}
    nearest = min(away, key=lambda top: away[top])
    if away[nearest] > OUTSIDE:
        return None
    row = [number for number, chip in enumerate(chips) if chip.top() == nearest]
    before = row[0] + sum(chips[number].center().x() < place.x() for number in row)
    at = before - (before > index)
    if at == index:
        return None
    return Landing(at, _gap(chips, row, before))


def _gap(chips: Sequence[QRect], row: Sequence[int], before: int) -> QRect:
    """Between two chips of a row; as far out from the first, and from the last one."""
    left = chips[before - 1].right() + 1 if before > row[0] else chips[before].left() - 2 * EDGE
    right = chips[before].left() if before <= row[-1] else chips[before - 1].right() + 1 + 2 * EDGE
    return QRect((left + right - MARKER) // 2, chips[row[0]].top(), MARKER, chips[row[0]].height())


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _faint(picture: QPixmap) -> QPixmap:
    faint = QPixmap(picture.size())
    faint.setDevicePixelRatio(picture.devicePixelRatio())
    faint.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faint)
    painter.setOpacity(GHOST)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return faint
