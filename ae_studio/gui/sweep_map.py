"""A sweep of two settings as a map: a cell for each pair of values, coloured by the mean over the seeds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.sweep_map_layout import MapLayout, laid_out
from ae_studio.gui.sweep_map_paint import FONT, MapPainter, font_of
from ae_studio.gui.sweep_words import value_text, words_of_mean
from ae_studio.gui.theme import DARK, Theme, tabular
from ae_studio.sweeps.summary import Point
from ae_studio.sweeps.table import Place, SweepTable

WAYS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
AWAY = 8  # pixels between a cell and what is told of it


class SweepMap(QWidget):
    """The mouse and the arrow keys tell a cell; a click, or Return, opens its run, of several the one nearest to
    their mean.

    Signals:
        run_chosen(folder): that of the cell.
    """

    run_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sweep_map").setAccessibleName("Map of the sweep")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._theme = DARK
        self._table: SweepTable | None = None
        self._name = ""
        self._told: Place | None = None
        self._pressed: Place | None = None
        self._painter: MapPainter | None = None  # until the table, the size or the theme change
        self._read_out = named(QLabel(self), "read_out", visible=False)
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_table(self, table: SweepTable, name: str) -> None:
        """``name`` is what the numbers are; there must be one. What was told stays told while its values are there."""
        before, told = self._table, self._told
        self._table, self._name, self._painter = table, name, None
        self._tell(_moved(before, table, told) if before is not None and told is not None else None)
        self.setAccessibleDescription(f"{name}, {table.rows.label} by {table.columns.label}")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._painter = theme, None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 300)

    def layout_of_cells(self) -> MapLayout:
        """Where everything is now, in pixels of this widget."""
        table = self._shown
        columns, rows = map(value_text, table.columns.values), map(value_text, table.row_values)
        width = QFontMetricsF(font_of(self.font(), FONT)).horizontalAdvance
        return laid_out(QRectF(self.rect()), list(columns), list(rows), lambda text: width(text) + 2)

    @property
    def _shown(self) -> SweepTable:
        assert self._table is not None
        return self._table

    def made_painter(self) -> MapPainter:
        if self._painter is None:
            layout = self.layout_of_cells()
            self._painter = MapPainter(self._shown, self._name, self._theme, layout, self.font())
        return self._painter

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._table is None:
            return
        painter = QPainter(self)
        self.made_painter().paint(painter)
        if self._told is not None:
            self.made_painter().paint_told(painter, self._told)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter = None
        self._tell(self._told)

    # The hand

    def _at(self, event: QMouseEvent) -> Place | None:
        return self.layout_of_cells().at(event.position()) if self._table is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place != self._told:
            self._tell(place)
        opens = place is not None and self._point(place) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            place, self._pressed = self._pressed, None
            if place is not None and place == self._at(event):
                self._tell(place)
                self._open()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = WAYS.get(Qt.Key(event.key()))
        if way is not None and self._table is not None:
            self._go(*way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._told is not None:
            self._open()
        else:
            super().keyPressEvent(event)

    def _go(self, down: int, right: int) -> None:
        """To the next cell, at the edge nowhere; where none is told, to the best one, else to the first."""
        if self._told is None:
            self._tell(self._shown.best or (0, 0))
            return
        rows, columns = self._shown.shape
        row, column = self._told[0] + down, self._told[1] + right
        self._tell((min(max(0, row), rows - 1), min(max(0, column), columns - 1)))

    def _open(self) -> None:
        point = self._point(self._told) if self._told is not None else None
        if point is not None:
            self.run_chosen.emit(point.runs[point.nearest].folder)

    # What is told

    def _point(self, place: Place) -> Point | None:
        return self._shown.points[place[0]][place[1]]

    def _tell(self, place: Place | None) -> None:
        """About a cell, beside it; None takes that away."""
        self._told = place
        self._read_out.setVisible(place is not None)
        self.update()
        if place is None:
            return
        self._read_out.setText(self._words(place))
        self._read_out.adjustSize()
        self._read_out.move(self._beside(self.layout_of_cells().rect(place)))
        self._read_out.raise_()
        self.setAccessibleDescription(self._read_out.text())

    def _words(self, place: Place) -> str:
        table, point = self._shown, self._point(place)
        if point is not None:
            return words_of_mean((table.columns, table.rows), point)
        row, column = table.row_values[place[0]], table.columns.values[place[1]]
        down = [table.rows.of(row)] if row is not None else []
        return ", ".join([table.columns.of(column), *down]) + "\nNo run with a number yet"

    def _beside(self, cell: QRectF) -> QPoint:
        """Right or left of the cell, else below or above it: it is covered only where none of the four has the room."""
        size, room = QSizeF(self._read_out.size()), QRectF(self.rect()).adjusted(6, 6, -6, -6)
        across = min(max(room.left(), cell.center().x() - size.width() / 2), room.right() - size.width())
        down = min(max(room.top(), cell.center().y() - size.height() / 2), room.bottom() - size.height())
        corners = (
            QPointF(cell.right() + AWAY, down),
            QPointF(cell.left() - AWAY - size.width(), down),
            QPointF(across, cell.bottom() + AWAY),
            QPointF(across, cell.top() - AWAY - size.height()),
        )
        fitting = (corner for corner in corners if room.contains(QRectF(corner, size)))
        return next(fitting, QPointF(max(room.left(), across), max(room.top(), down))).toPoint()


def _moved(before: SweepTable, after: SweepTable, place: Place) -> Place | None:
    """Where the values of a cell are in another table; None where they are not."""
    row, column = before.row_values[place[0]], before.columns.values[place[1]]
    if (before.rows.name, before.columns.name) != (after.rows.name, after.columns.name):
        return None
    if row not in after.row_values or column not in after.columns.values:
        return None
    return after.row_values.index(row), after.columns.values.index(column)
