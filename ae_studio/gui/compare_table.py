"""A table with a row for each thing that runs are compared by, and a column for each run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.named import named
from ae_studio.gui.run_table import plain_tip
from ae_studio.gui.theme import DARK, Theme, tabular

ROW_HEIGHT = 28  # pixels
FIRST_COLUMN = 220  # pixels at first
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TableRow:
    """What is compared, and in words what it is in each run.

    ``strong`` are the indices of the cells that stand out, ``dim`` those that step back; ``hints`` belong to the cells.
    """

    label: str
    cells: tuple[str, ...]
    hint: str = ""
    strong: frozenset[int] = frozenset()
    dim: frozenset[int] = frozenset()
    hints: tuple[str, ...] = field(default_factory=tuple)


class CompareTable(QTableWidget):
    """Ctrl+C copies the rows that are chosen, or all, for a sheet."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 1, parent)
        named(self, name, compared=True)
        self._theme = DARK
        self._rows: tuple[TableRow, ...] = ()
        self._heads: list[QTableWidgetItem] = []
        self._items: list[list[QTableWidgetItem]] = []
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setFont(tabular(self.font()))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(ROW_HEIGHT)

    def show_rows(self, title: str, rows: Sequence[TableRow], count: int) -> None:
        """``title`` stands above the labels; behind them come ``count`` runs."""
        self._rows = tuple(rows)
        self.setColumnCount(1 + count)
        self.setRowCount(len(rows))
        self._heads = [QTableWidgetItem(text) for text in (title, *LETTERS[:count])]
        for column, head in enumerate(self._heads):
            head.setTextAlignment(LEFT)
            self.setHorizontalHeaderItem(column, head)
            mode = QHeaderView.ResizeMode.Stretch if column else QHeaderView.ResizeMode.Interactive
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self.setColumnWidth(0, FIRST_COLUMN)
        self._items = [self._filled(number, row) for number, row in enumerate(rows)]
        self._paint()

    def _filled(self, number: int, row: TableRow) -> list[QTableWidgetItem]:
        texts = (row.label, *row.cells)
        items = [QTableWidgetItem(text) for text in texts]
        for column, (item, text) in enumerate(zip(items, texts, strict=True)):
            item.setTextAlignment(LEFT)
            own = row.hints[column - 1] if column and row.hints else ""
            item.setToolTip(plain_tip(own or (row.hint if not column else "") or text) or "")
            self.setItem(number, column, item)
        return items

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._paint()

    def _paint(self) -> None:
        theme = self._theme
        for index, head in enumerate(self._heads[1:]):
            head.setForeground(QBrush(QColor(run_colour(theme, index))))
        for row, items in zip(self._rows, self._items, strict=True):
            for at, item in enumerate(items, start=-1):
                font = item.font()
                font.setBold(at in row.strong)
                item.setFont(font)
                quiet = at in row.dim or at < 0
                colour = theme.good if at in row.strong else theme.dim if quiet else theme.text
                item.setForeground(QBrush(QColor(colour)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """Tabs between the cells, the heads first."""
        numbers = sorted({index.row() for index in self.selectedIndexes()}) or range(len(self._rows))
        heads = tuple(head.text() for head in self._heads)
        lines = [heads, *((self._rows[number].label, *self._rows[number].cells) for number in numbers)]
        return "".join("\t".join(line) + "\n" for line in lines)
