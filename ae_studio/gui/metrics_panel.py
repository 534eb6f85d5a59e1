"""How good is it? The metrics of an epoch as a table, a row as each is found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme, tabular
from ae_studio.latent.measured import ARROWS, Measured, shown

COLUMNS = ("Metric", "Value", "", "PCA", "Measured on")
WIDEST = ("Linear probe on pixels", "0.1234 / 0.1234 nats", "↑", "0.1234 nats")  # what a column has room for
COLUMN_GAP = 16
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW_HEIGHT = 22
FRAME = 28  # pixels of width beside the columns: the panel's margins and the table's scroll bar
SHORTEST_NAME = 80  # pixels
ROOM_FOR_NOTES = 560  # pixels of width, below which they would be cut off: they are in the tooltip too
EMPTY = "How good are the codes and the images? Evaluate measures it on images that the model has never seen."
NOT_MEASURED = "Not measured at epoch {}."
HINTS = {
    1: "On the test split",
    2: "Which way is better",
    3: "Principal components with as many numbers as the code: the best that a linear autoencoder can do",
}


class MetricsTable(QTableWidget):
    """Rows that can be chosen and copied.

    Signals:
        copy_requested()
    """

    copy_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own copy takes a single cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)


class MetricsPanel(QWidget):
    """The table, and the buttons of its header, which stands in the dock's own.

    Signals:
        evaluate_requested(), cancel_requested()
    """

    evaluate_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("metrics_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # a panel's ground, floating too
        self._theme = DARK
        self._rows: list[Measured] = []
        self._items: list[list[QTableWidgetItem]] = []
        self._epoch: int | None = None  # of which the rows are
        self._busy = False
        self._why_not = "There is no run yet"
        self.table = named(MetricsTable(0, len(COLUMNS), self), "metrics_table")
        self._empty = named(QLabel(EMPTY, self, wordWrap=True, margin=12), "dim_label")
        self._title = named(FittingLabel(self), "dim_label")
        self._copy_button = named(QPushButton("Copy", self, flat=True), "copy_metrics_button")
        self._button = named(QPushButton("Evaluate", self, flat=True), "evaluate_button")
        self.header = self._make_header()
        self._lay_out()
        self._connect()
        self._show_state()

    def _make_header(self) -> QWidget:
        header = QWidget(self)
        row = QHBoxLayout(header)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(14)
        row.addWidget(self._title, 1)
        row.addWidget(self._copy_button)
        row.addWidget(self._button)
        self._copy_button.setToolTip("The table, or the rows chosen in it, as Markdown; Ctrl+C copies them for a sheet")
        self._copy_button.setAccessibleName("Copy the metrics")
        return header

    def _lay_out(self) -> None:
        table = self.table
        table.setAccessibleName("Metrics")
        for column, title in enumerate(COLUMNS):
            head = QTableWidgetItem(title)
            head.setToolTip(HINTS.get(column, ""))
            head.setTextAlignment(_aligned(column))
            table.setHorizontalHeaderItem(column, head)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # what has no room is in the tooltip
        table.setTabKeyNavigation(False)
        table.setFont(tabular(table.font()))
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setStretchLastSection(True)
        self._widths = [table.fontMetrics().horizontalAdvance(widest) + COLUMN_GAP for widest in WIDEST]
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 2, 2, 4)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self._button.clicked.connect(self._ask)
        self._copy_button.clicked.connect(self._copy_markdown)
        self.table.copy_requested.connect(self._copy_tabbed)

    # What is told

    def allow(self, why_not: str) -> None:
        """Why nothing can be evaluated; empty where something can."""
        self._why_not = why_not
        self._show_state()

    def clear(self) -> None:
        """Another run, of which nothing has been measured."""
        self._rows, self._items, self._busy, self._epoch = [], [], False, None
        self.table.setRowCount(0)
        self.table.clearSpans()
        self._title.show_longest(("",))
        self._show_state()

    def begin(self, epoch: int) -> None:
        """The rows of this epoch follow."""
        self.clear()
        self._epoch, self._busy = epoch, True
        self._title.show_longest((f"epoch {epoch}…", ""))
        self._show_state()

    def add(self, measured: Measured) -> None:
        self._rows.append(measured)
        row = self.table.rowCount()
        self.table.insertRow(row)
        cells = [QTableWidgetItem(text) for text in _cells(measured)]
        for column, cell in enumerate(cells):
            cell.setToolTip(_hint(measured))
            cell.setTextAlignment(_aligned(column))
            self.table.setItem(row, column, cell)
        if measured.reason:  # in the place of everything that there is not
            self.table.setSpan(row, 1, 1, len(COLUMNS) - 1)
            cells[1].setText(measured.reason)
            cells[1].setTextAlignment(LEFT)
        self._items.append(cells)
        self._paint(row)
        self._show_state()

    def end(self, images: int) -> None:
        """No more rows come; of so many test images, 0 where it was left before its end."""
        self._busy = False
        epoch = f"epoch {self._epoch}"
        left = (f"{epoch}, left before its end", "left before its end", "") if self._rows else ("",)
        self._title.show_longest((f"{epoch}, {images:,} test images", epoch, "") if images else left)
        self._show_state()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in range(len(self._rows)):
            self._paint(row)

    # What is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Where all have no room the notes go first, then PCA and the arrows; then long names end in dots."""
        name, value, arrow, pca = self._widths
        room = self.width() - FRAME
        self.table.setColumnHidden(4, self.width() < ROOM_FOR_NOTES)
        self.table.setColumnHidden(3, room < name + value + arrow + pca)
        self.table.setColumnHidden(2, room < name + value + arrow)
        name = max(SHORTEST_NAME, min(name, room - value))
        for column, width in enumerate((name, value, arrow, pca)):
            self.table.setColumnWidth(column, width)

    def _show_state(self) -> None:
        self._stack.setCurrentWidget(self.table if self._rows else self._empty)
        self._empty.setText("Measuring…" if self._busy else self._invitation)
        self._button.setText("Cancel" if self._busy else "Evaluate")
        self._button.setEnabled(self._busy or not self._why_not)
        hint = "Measures the epoch that is shown on the test split, in the background"
        self._button.setToolTip("Leave this evaluation" if self._busy else self._why_not or hint)
        self._copy_button.setVisible(bool(self._rows))

    @property
    def _invitation(self) -> str:
        return EMPTY if self._epoch is None else f"{NOT_MEASURED.format(self._epoch)} {EMPTY}"

    def _paint(self, row: int) -> None:
        """What is undefined, and what only explains, steps back."""
        undefined = bool(self._rows[row].reason)
        for column, cell in enumerate(self._items[row]):
            cell.setForeground(QBrush(QColor(self._theme.dim if undefined or column >= 2 else self._theme.text)))

    def _ask(self) -> None:
        if self._busy:
            self.cancel_requested.emit()
        else:
            self.evaluate_requested.emit()

    # The clipboard

    def _copy_markdown(self) -> None:
        lines = ["| Metric | Value | Better | PCA | Measured on |", "|---|---:|:-:|---:|---|"]
        lines += [f"| {' | '.join(cells)} |" for cells in self._chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def _copy_tabbed(self) -> None:
        QGuiApplication.clipboard().setText("".join("\t".join(cells) + "\n" for cells in self._chosen()))

    def _chosen(self) -> list[tuple[str, ...]]:
        """The cells of the chosen rows; of all where none is chosen."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()}) or range(len(self._rows))
        return [_cells(self._rows[row]) for row in rows]


def _cells(measured: Measured) -> tuple[str, ...]:
    about = measured.about
    baseline = "" if measured.baseline is None else shown(measured.baseline, about.unit)
    arrow = "" if measured.reason else ARROWS[about.better]
    return about.label, measured.text or "–", arrow, baseline, measured.reason or measured.note


def _hint(measured: Measured) -> str:
    """All of the row, its columns included that have no room."""
    label, value, _, baseline, _ = _cells(measured)
    return f"{label}: {value}{f', PCA: {baseline}' if baseline else ''}\n{measured.explanation}"


def _aligned(column: int) -> Qt.AlignmentFlag:
    """Numbers stand at the right."""
    return RIGHT if column in (1, 3) else LEFT
