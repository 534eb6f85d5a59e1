"""The queue as it is seen: rows that are chosen, dragged and moved by keys, with a line for how far each has come."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ae_studio.gui.named import named
from ae_studio.gui.queue_table import EPOCHS, SAYS, SHARE, QueueTable
from ae_studio.gui.quiet_table import make_quiet
from ae_studio.gui.theme import DARK, Theme
from ae_studio.sweeps.job import Job

ROW, HEADER = 32, 26  # pixels
WIDTHS = (276, 76, 76, 76, 76, 70)  # pixels at first; the last column takes the rest
LINE = 3  # pixels, height of the line for how far one has come


class QueueView(QTableView):
    """Rows of a :class:`QueueTable`.

    Signals:
        chosen(): others than before.
        open_requested(): by a double click or Return; call_off_requested(): by Delete.
        nudged(number, by): Alt with an arrow: -1 is up.
    """

    chosen = Signal()
    open_requested = Signal()
    call_off_requested = Signal()
    nudged = Signal(int, int)

    def __init__(self, table: QueueTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "queue_table")
        self.setAccessibleName("Jobs of the queue")
        self._table = table
        self._kept: list[int] = []
        self.setModel(table)
        self._line = ProgressDelegate(self)
        self.setItemDelegateForColumn(EPOCHS, self._line)
        make_quiet(self, ROW, HEADER, WIDTHS)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.horizontalHeader().setSectionResizeMode(SAYS, QHeaderView.ResizeMode.Stretch)
        table.modelAboutToBeReset.connect(self._keep_choice)
        table.modelReset.connect(self._choose_again)
        self.doubleClicked.connect(self.open_requested)
        self.selectionModel().selectionChanged.connect(self.chosen)

    @property
    def selected(self) -> list[Job]:
        """In the order of the rows."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._table.jobs[row] for row in rows]

    def set_theme(self, theme: Theme) -> None:
        self._line.theme = theme

    def choose(self, numbers: list[int]) -> None:
        """Those that are there."""
        selection = QItemSelection()
        rows = [row for number in numbers if (row := self._table.row_of(number)) >= 0]
        for row in rows:
            selection.select(self._table.index(row, 0), self._table.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if rows:
            self.selectionModel().setCurrentIndex(self._table.index(rows[0], 0), flags.NoUpdate)

    def _keep_choice(self) -> None:
        self._kept = [job.number for job in self.selected]

    def _choose_again(self) -> None:
        self.choose(self._kept)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # which every arrow has on macOS
        key, alt = event.key(), modifiers == Qt.KeyboardModifier.AltModifier
        one = self.selected[0].number if len(self.selected) == 1 else None
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and one is not None:
            self.nudged.emit(one, -1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit()
        elif key == Qt.Key.Key_Delete:
            self.call_off_requested.emit()
        else:
            super().keyPressEvent(event)


class ProgressDelegate(QStyledItemDelegate):
    """Below the number of epochs a line for those that are done."""

    theme = DARK

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE)
        if share is None:
            return
        area = option.rect
        whole = QRectF(area.left() + 6, area.bottom() - LINE - 1, area.width() - 12, LINE)
        painter.fillRect(whole, QColor(self.theme.line))
        painter.fillRect(
            QRectF(whole.left(), whole.top(), whole.width() * min(1.0, share), LINE), QColor(self.theme.accent)
        )
