"""A few images with their class and distance, to be looked through with mouse and keys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ae_studio.events import Images
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme, class_colours

GAP = 6  # pixels between two images
LARGEST, SMALLEST = 72, 26  # pixels of an image; a smaller one has no room for words below it
LINE = 13  # pixels of a line of words
FONT = 10
DOT = 6

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """An image (H, W[, 3]) of a data point: its ``index``, class, and how far it is. ``alone``: in this row only."""

    index: int
    image: Images
    label: int
    class_name: str
    distance: float
    alone: bool


class ImageRow(QWidget):
    """As large as the room allows, in several lines where that makes them larger.

    Signals:
        chosen(index): of a data point, by a click or Enter.
        pointed_at(index): the mouse or the keys are at a data point; None when at none any more.
    """

    chosen = Signal(int)
    pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None, other: str = "") -> None:
        """``other`` names the row in which those that are ``alone`` are missing."""
        super().__init__(parent)
        self._other = other
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(100, SMALLEST + 2)
        self._theme = DARK
        self._cells: tuple[Cell, ...] = ()
        self._class_count = 1
        self._digits = 2  # behind the point of a distance
        self._pixmaps: list[QPixmap] = []
        self._at: int | None = None  # the cell that mouse or keys are at
        self._told: int | None = None  # its data point, as it was told

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self._cells

    def show_cells(self, cells: Sequence[Cell], class_count: int) -> None:
        """Nearest first. The place that mouse or keys are at stays, whatever image is there now."""
        self._cells, self._class_count = tuple(cells), max(1, class_count)
        self._digits = digits_for(max((cell.distance for cell in cells), default=0.0))
        self._draw()
        if self._at is not None:
            self._point_at(min(self._at, len(cells) - 1) if cells else None)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._draw()

    def sizeHint(self) -> QSize:
        return QSize(420, 76)

    # Where each image is

    def has_words(self) -> bool:
        return self._side(self._best_columns(2 * LINE), 2 * LINE) >= SMALLEST

    def rect_of(self, position: int) -> QRectF:
        """Of the image at this position, counted from 0; the words are below it."""
        words = 2 * LINE if self.has_words() else 0
        columns = self._best_columns(words)
        side = self._side(columns, words)
        row, column = divmod(position, columns)
        return QRectF(1 + column * (side + GAP), 1 + row * (side + words + GAP), side, side)

    def _best_columns(self, words: int) -> int:
        return max(range(1, max(1, len(self._cells)) + 1), key=lambda columns: self._side(columns, words))

    def _side(self, columns: int, words: int) -> int:
        rows = -(-max(1, len(self._cells)) // columns)
        across = (self.width() - 2 - GAP * (columns - 1)) // columns
        down = (self.height() - 2 - GAP * (rows - 1)) // rows - words
        return max(4, min(LARGEST, across, down))

    def _position_at(self, place: QPoint) -> int | None:
        words = 2 * LINE if self.has_words() else 0
        for position in range(len(self._cells)):
            if self.rect_of(position).adjusted(-GAP / 2, -1, GAP / 2, words).contains(place):
                return position
        return None

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._position_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._position_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and position is not None:
            self._point_at(position)
            self.chosen.emit(self._cells[position].index)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self._cells:
            self._point_at(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last, at = Qt.Key(event.key()), len(self._cells) - 1, self._at or 0
        if last < 0:
            super().keyPressEvent(event)
        elif key in _STEPS and not event.modifiers():
            self._point_at(min(max(at + _STEPS[key], 0), last))
        elif key in _ROWS:
            columns = self._best_columns(2 * LINE if self.has_words() else 0)
            to = at + columns * _ROWS[key]
            self._point_at(to if 0 <= to <= last else at)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._point_at(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._cells[at].index)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self._position_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if position is None else self.in_words(position), self)
            return True
        return super().event(event)

    def in_words(self, position: int) -> str:
        """``"2nd nearest: 7, 5.31 away; not among those by codes"``"""
        cell = self._cells[position]
        rank = "Nearest" if position == 0 else f"Number {position + 1}"
        words = f"{rank}: {cell.class_name}, {cell.distance:.{self._digits}f} away"
        return f"{words}; not among the nearest by {self._other}" if cell.alone else words

    def _point_at(self, position: int | None) -> None:
        self._at = position
        before, self._told = self._told, None if position is None else self._cells[position].index
        self.setAccessibleDescription("" if position is None else self.in_words(position))
        self.update()
        if self._told != before:
            self.pointed_at.emit(self._told)

    # Painting

    def _draw(self) -> None:
        self._pixmaps = [QPixmap.fromImage(to_qimage(to_rgb(cell.image, self._theme))) for cell in self._cells]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        font = painter.font()
        font.setPixelSize(FONT)
        painter.setFont(font)
        words = self.has_words()
        for position, cell in enumerate(self._cells):
            area = self.rect_of(position)
            painter.drawPixmap(area, self._pixmaps[position], QRectF(self._pixmaps[position].rect()))
            self._paint_frame(painter, area, cell, position == self._at)
            if words:
                self._paint_words(painter, area, cell)

    def _paint_frame(self, painter: QPainter, area: QRectF, cell: Cell, pointed_at: bool) -> None:
        theme = self._theme
        pen = QPen(QColor(theme.line), 1)
        if cell.alone:
            pen = QPen(QColor(theme.warning), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(area)
        if pointed_at:
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.text), 2))
            painter.drawRect(area.adjusted(-1, -1, 1, 1))

    def _paint_words(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        """A dot in the class's colour with its name, and the distance below."""
        colour = QColor(class_colours(self._theme, self._class_count)[cell.label])
        top = area.bottom() + 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawEllipse(QRectF(area.left(), top + (LINE - DOT) / 2, DOT, DOT))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = QRectF(area.left() + DOT + 3, top, area.width() - DOT - 3 + GAP, LINE)
        name = painter.fontMetrics().elidedText(cell.class_name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(room, left, name)
        painter.setPen(QColor(self._theme.dim))
        painter.drawText(
            QRectF(area.left(), top + LINE - 1, area.width() + GAP, LINE), left, f"{cell.distance:.{self._digits}f}"
        )


def digits_for(largest: float) -> int:
    """Behind the point, so that a row of numbers up to this one shows at least two figures, and is not long."""
    if largest <= 0 or largest >= 100:
        return 0 if largest > 0 else 2
    exponent = math.floor(math.log10(largest))
    return min(4, 1 - exponent) if exponent < 0 else 2 - exponent
