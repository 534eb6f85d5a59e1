"""The table of runs as it is seen: runs are chosen by mouse and keys, and stay chosen whatever becomes of the rows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.quiet_table import make_quiet
from ae_studio.gui.run_table import DATE, NAME, THUMBNAIL, RunTable
from ae_studio.runs.listed import ListedRun

ROW, HEADER = THUMBNAIL.height() + 10, 26  # pixels
WIDTHS = (272, 92, 86, 36, 66, 72, 92, 78, 100)  # pixels at first; the last column takes the rest


class RunsView(QTableView):
    """Rows of a :class:`RunTable`.

    Signals:
        chosen(run): the current :class:`~ae_studio.runs.listed.ListedRun`, or None.
        open_requested(), trash_requested(): by a double click or Return, and by Delete, for those that are chosen.
    """

    chosen = Signal(object)
    open_requested = Signal()
    trash_requested = Signal()

    def __init__(self, table: RunTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "runs_table")
        self.setAccessibleName("Runs")
        self._table = table
        self._kept: tuple[list[str], str, int] = ([], "", 0)
        self._told: ListedRun | None = None
        self._choosing = False  # again, row by row
        self.setModel(table)
        make_quiet(self, ROW, HEADER, WIDTHS)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(THUMBNAIL)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self._connect()

    def _connect(self) -> None:
        self._table.modelAboutToBeReset.connect(self._keep)
        self._table.modelReset.connect(self._choose_again)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_current)
        self.doubleClicked.connect(self.open_requested)

    @property
    def current(self) -> ListedRun | None:
        """The one of those that are chosen on which the cursor stands."""
        index = self.currentIndex()
        return self._table.shown[index.row()] if self.selectionModel().isSelected(index) else None

    @property
    def selected(self) -> list[ListedRun]:
        """From top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._table.shown[row] for row in rows]

    def choose(self, folder: str) -> None:
        """This one alone, if it is shown."""
        row = self._table.row_of(folder)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._table.index(row, NAME))

    def choose_first(self) -> None:
        """Where none is chosen yet."""
        if not self.selectionModel().hasSelection() and self._table.shown:
            self.selectRow(0)

    def rename(self) -> None:
        """The current one, where it stands."""
        if self.current is not None:
            index = self._table.index(self.currentIndex().row(), NAME)
            self.scrollTo(index)
            self.edit(index)

    def _keep(self) -> None:
        current, self._choosing = self.current, True
        self._kept = [run.folder for run in self.selected], current.folder if current else "", self.currentIndex().row()

    def _choose_again(self) -> None:
        """The same runs, wherever their rows are now; where the current one is gone, that in its place."""
        folders, current, row = self._kept
        rows = {run.folder: number for number, run in enumerate(self._table.shown)} if folders or current else {}
        selection = QItemSelection()
        last = len(self._table.shown) - 1
        kept = [rows[folder] for folder in folders if folder in rows]
        at = rows.get(current, min(row, last) if current else -1)
        if current and current not in rows and at >= 0:
            kept = kept or [at]
        for number in kept:
            selection.select(self._table.index(number, 0), self._table.index(number, self._table.columnCount() - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if at >= 0:
            self.selectionModel().setCurrentIndex(self._table.index(at, NAME), flags.NoUpdate)
        self._choosing = False
        self._tell_current()

    def _tell_current(self, *_: object) -> None:
        """Once for each run, and for each change of what is known of it."""
        run = self.current
        if run != self._told and not self._choosing:
            self._told = run
            self.chosen.emit(run)

    @property
    def editing(self) -> bool:
        """Whether a name is being typed: rows that change would take it away."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editing:  # what the field leaves over, as the Return that ends it
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.trash_requested.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)
