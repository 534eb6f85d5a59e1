"""How well each class is reconstructed: a bar a class."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ae_studio.gui.theme import DARK, Theme, class_colours, tabular
from ae_studio.latent.errors import ClassError

LOWEST, HIGHEST = 13, 18  # pixels for a row
NAME, VALUE = 56, 50  # pixels at most for a class's name, and for its error
FONT = 11  # pixels high


class ClassErrors(QWidget):
    """The worst class is on top; up and down choose a row, Enter or a click asks for its images.

    Signals:
        class_picked(label)
    """

    class_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class_errors")
        self.setAccessibleName("Squared error per pixel of each class")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = DARK
        self._names: tuple[str, ...] = ()
        self._rows: tuple[ClassError, ...] = ()
        self._current = 0

    def show_errors(self, rows: tuple[ClassError, ...], names: tuple[str, ...]) -> None:
        """Of every class that has images, the largest error first."""
        self._rows, self._names = rows, names
        self._current = min(self._current, max(0, len(rows) - 1))
        self.setMinimumHeight(LOWEST * max(1, len(rows)))
        words = ", ".join(f"{self._name(row)} {row.error:.4f}" for row in rows)
        self.setAccessibleDescription(words)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(190, HIGHEST * 10)

    def row_height(self) -> float:
        return min(float(HIGHEST), max(float(LOWEST), self.height() / max(1, len(self._rows))))

    def _name(self, row: ClassError) -> str:
        return self._names[row.label] if row.label < len(self._names) else str(row.label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = int(event.position().y() // self.row_height())
        if number < len(self._rows):
            self._current = number
            self._pick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self._current = min(max(0, self._current + step), len(self._rows) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self._pick()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        self.update()
        self.class_picked.emit(self._rows[self._current].label)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = int(event.pos().y() // self.row_height())
            QToolTip.showText(event.globalPos(), self._words(number), self)
            return True
        return super().event(event)

    def _words(self, number: int) -> str:
        if not 0 <= number < len(self._rows):
            return ""
        row = self._rows[number]
        return (
            f"{self._name(row)}: squared error {row.error:.4f} per pixel, mean of {row.count:,} images; click selects"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        if not self._rows:
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No errors are known yet")
            return
        font = tabular(self.font())
        font.setPixelSize(FONT)
        painter.setFont(font)
        colours = class_colours(self._theme, max(len(self._names), max(row.label for row in self._rows) + 1))
        widest = max(painter.fontMetrics().horizontalAdvance(self._name(row)) for row in self._rows)
        name_width = min(NAME, widest)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number, row, name_width, colours[row.label])

    def _paint_row(self, painter: QPainter, number: int, row: ClassError, name_width: int, colour: str) -> None:
        height, middle = self.row_height(), Qt.AlignmentFlag.AlignVCenter
        top = number * height
        if self.hasFocus() and number == self._current:
            painter.fillRect(QRectF(0, top, self.width(), height), QColor(self._theme.hovered))
        name = painter.fontMetrics().elidedText(self._name(row), Qt.TextElideMode.ElideRight, name_width)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRectF(2, top, name_width, height), Qt.AlignmentFlag.AlignRight | middle, name)
        left = name_width + 8
        room = max(0, self.width() - left - VALUE)
        largest = max(self._rows[0].error, 1e-12)
        painter.fillRect(QRectF(left, top + 4, max(1.0, room * row.error / largest), height - 8), QColor(colour))
        painter.setPen(QColor(self._theme.dim))
        value = QRectF(self.width() - VALUE, top, VALUE - 2, height)
        painter.drawText(value, Qt.AlignmentFlag.AlignRight | middle, f"{row.error:.4f}")
