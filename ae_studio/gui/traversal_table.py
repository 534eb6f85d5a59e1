"""A table of images: a row for each dimension of the code, a cell for each of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ae_studio.events import Codes, Images
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme
from ae_studio.gui.traversal_paint import paint_dot, paint_frame, paint_line, paint_name
from ae_studio.gui.traversal_places import EDGE, GAP, Places
from ae_studio.latent.traversal import Row

USUAL = 9  # columns
NARROWEST, LOWEST = 160, 62  # pixels of the table
INACTIVE = 0.35  # opacity of a row that the model does not use
SAME = 1e-4  # of a code's numbers: the handle is in this cell
Cell = tuple[int, int]
"""Row and column, counted from 0."""


class TraversalTable(QAbstractScrollArea):
    """Rows of :class:`~ae_studio.latent.traversal.Row`; one cell is current, by the mouse or the arrow keys.

    Signals:
        cell_chosen(row, column): a click on a cell, or Enter.
        cell_marked(row, column): the current cell is another one; -1, -1 for none.
        rows_wanted(): other rows have come into sight.
    """

    cell_chosen = Signal(int, int)
    cell_marked = Signal(int, int)
    rows_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("traversal_table")
        self.setAccessibleName("Traversals: a row for each dimension")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(NARROWEST, LOWEST)
        self._theme = DARK
        self._message = ""
        self._rows: tuple[Row, ...] = ()
        self._columns = USUAL
        self._pixmaps: dict[int, list[QPixmap]] = {}
        self._images: dict[int, Images] = {}
        self._current: Cell | None = None
        self._by_keys = False  # whether the arrow keys made it so
        self._handle: Codes | None = None
        self.verticalScrollBar().valueChanged.connect(self._scroll)

    # What is shown

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def current(self) -> Cell | None:
        return self._current

    def images_of(self, row: int) -> Images | None:
        """What is shown in a row, None before it is decoded."""
        return self._images.get(row)

    def show_rows(self, rows: Sequence[Row], images: Mapping[int, Images], *, anew: bool = True) -> None:
        """Images (m, H, W) or (m, H, W, 3) of some of the rows, by number; ``anew``: those shown before are old."""
        if anew:
            self._images, self._pixmaps = {}, {}
        self._rows, self._message = tuple(rows), ""
        self._columns = max((len(row.values) for row in self._rows), default=USUAL)
        for number, of_row in images.items():
            self._images[number] = of_row
            self._pixmaps.pop(number, None)
        if self._current is not None and not self._is_cell(*self._current):
            self._mark(None)
        self._set_range()
        self.viewport().update()

    def show_message(self, message: str) -> None:
        """Why there are no rows."""
        self._rows, self._images, self._pixmaps, self._message = (), {}, {}, message
        self._mark(None)
        self._set_range()
        self.viewport().update()

    def show_handle(self, code: Codes) -> None:
        """The handle's code (d,): a cell that is there has a dot."""
        self._handle = code
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._pixmaps = theme, {}
        self.viewport().update()

    # Where things are

    @property
    def places(self) -> Places:
        """In the whole table, of which a part is in sight."""
        return Places(len(self._rows), self._columns, self.viewport().width())

    def visible_rows(self) -> range:
        """The numbers of the rows in sight, in part at least."""
        step, top = self.places.step, self.verticalScrollBar().value()
        return range(top // step, (top + self.viewport().height()) // step + 1)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """In pixels of the viewport."""
        return self.places.cell(row, column).translated(0, -self.verticalScrollBar().value())

    def cell_at(self, place: QPoint) -> Cell | None:
        cell = self.places.cell_at(self._in_table(place))
        return cell if cell is not None and self._is_cell(*cell) else None

    def _in_table(self, place: QPoint) -> QPoint:
        return place + QPoint(0, self.verticalScrollBar().value())

    def _is_cell(self, row: int, column: int) -> bool:
        return 0 <= row < len(self._rows) and 0 <= column < len(self._rows[row].values)

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        self._mark(self.cell_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._mark(cell)
            self.cell_chosen.emit(*cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done everything."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, steps = (
            event.key(),
            {
                Qt.Key.Key_Left: (0, -1),
                Qt.Key.Key_Right: (0, 1),
                Qt.Key.Key_Up: (-1, 0),
                Qt.Key.Key_Down: (1, 0),
            },
        )
        if key in steps and self._rows:
            self._step(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.cell_chosen.emit(*self._current)
        elif key == Qt.Key.Key_Escape and self._current is not None:
            self._mark(None)
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, right: int) -> None:
        if self._current is None:
            row, column = self.visible_rows().start, len(self._rows[0].values) // 2
        else:
            row, column = self._current[0] + down, self._current[1] + right
        row = min(max(row, 0), len(self._rows) - 1)
        column = min(max(column, 0), len(self._rows[row].values) - 1)
        self._by_keys = True
        self._mark((row, column))
        self._reveal(row)

    def _reveal(self, row: int) -> None:
        bar, places = self.verticalScrollBar(), self.places
        lowest = int(places.cell(row, 0).bottom()) + GAP + EDGE - self.viewport().height()
        bar.setValue(min(max(bar.value(), lowest), row * places.step))

    def _mark(self, cell: Cell | None) -> None:
        if cell != self._current:
            self._current = cell
            self.viewport().update()
            self.cell_marked.emit(*(cell or (-1, -1)))

    def leaveEvent(self, event: QEvent) -> None:
        if not self._by_keys:
            self._mark(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(None)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._hint_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _hint_at(self, place: QPoint) -> str:
        row = self.places.row_at(self._in_table(place))
        if not 0 <= row < len(self._rows):
            return ""
        cell, shown = self.cell_at(place), self._rows[row]
        value = f"{shown.name} = {shown.texts[cell[1]]}" if cell else f"{shown.name}: {shown.importance}"
        return "\n".join(line for line in (value, shown.reason) if line)

    # Scrolling

    def _set_range(self) -> None:
        bar, places = self.verticalScrollBar(), self.places
        bar.setRange(0, max(0, places.height - self.viewport().height()))
        bar.setSingleStep(places.step)
        bar.setPageStep(max(places.step, self.viewport().height()))

    def _scroll(self) -> None:
        self.viewport().update()
        self.rows_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_range()
        self.rows_wanted.emit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.panel))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._rows:
            painter.setPen(QColor(self._theme.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(12, 0, -12, 0), flags, self._message)
            return
        for number in self.visible_rows():
            if number < len(self._rows):
                self._paint_row(painter, number)
        if self._current is not None:
            paint_frame(painter, self.cell_rect(*self._current), self._theme)

    def _paint_row(self, painter: QPainter, number: int) -> None:
        row, places = self._rows[number], self.places
        area = places.name(number).translated(0, -self.verticalScrollBar().value())
        (paint_line if places.above else paint_name)(painter, row, area, self.font(), self._theme)
        painter.setOpacity(INACTIVE if row.reason else 1)
        for column, pixmap in enumerate(self._row_pixmaps(number)):
            painter.drawPixmap(self.cell_rect(number, column), pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1)
        self._paint_handle(painter, number)

    def _row_pixmaps(self, number: int) -> list[QPixmap]:
        if number not in self._pixmaps and number in self._images:
            rgb = to_rgb(self._images[number], self._theme)
            self._pixmaps[number] = [QPixmap.fromImage(to_qimage(image)) for image in rgb]
        return self._pixmaps.get(number, [])

    def _paint_handle(self, painter: QPainter, number: int) -> None:
        """A dot at the foot of the cell in which the handle is."""
        codes = self._rows[number].codes
        if self._handle is None or codes.shape[1] != len(self._handle):
            return
        column = self._rows[number].cell_of(self._handle)
        if abs(codes[column] - self._handle).max() > SAME:
            return
        paint_dot(painter, self.cell_rect(number, column), self._theme)
