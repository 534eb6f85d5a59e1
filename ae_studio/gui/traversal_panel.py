"""What every dimension of the code does to an image, alone: a table of traversals, and where they go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ae_studio.events import Codes, Images
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.gui.traversal_table import TraversalTable
from ae_studio.latent.traversal import Row

CENTRES = {
    "image": (
        "Image",
        "The code of the image last looked at, its posterior's mean; at first the first image's",
    ),
    "handle": ("Handle", "The code under the handle: the rows follow it"),
    "mean": ("Mean", "The mean of all codes"),
}
RANGES = {
    "two": ("±2", "2 to either side of the centre: two standard deviations of a standard normal prior"),
    "quantile": ("1–99 %", "Where the codes are: all but one in a hundred at either end, wherever the centre is"),
    "aggregate": ("±2 σ", "Two standard deviations of all posteriors together: √(mean σ² + var μ)"),
}
NARROWEST = 44  # pixels of a box in the dock's header, in a small window
NOTHING = "What every dimension of the code does to an image: train a model or open a run"


class TraversalPanel(QWidget):
    """The table, with what can be chosen in the dock's own header.

    Signals:
        wanted(): it has come into sight, or other rows or choices are to be shown.
        cell_chosen(row, column): the handle is to go there.
        cell_marked(row, column): this cell is looked at; -1, -1 for none.
    """

    wanted = Signal()
    cell_chosen = Signal(int, int)
    cell_marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("traversals_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # floating, its ground is another
        self.table = TraversalTable(self)
        self.header = QWidget(self)  # stands in the dock's own header
        self._centre_box = self._make_box("traversal_centre_box", "Centre of the traversals", CENTRES)
        self._range_box = self._make_box("traversal_range_box", "Range of the traversals", RANGES)
        self._read_out = named(FittingLabel(self), "dim_label")
        self._lay_out()
        self.table.cell_chosen.connect(self.cell_chosen)
        self.table.cell_marked.connect(self._show_mark)
        self.table.rows_wanted.connect(self.wanted)
        self.table.show_message(NOTHING)

    def _make_box(self, name: str, accessible: str, items: Mapping[str, tuple[str, str]]) -> QComboBox:
        box = named(QComboBox(self.header), name)
        box.setAccessibleName(accessible)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for key, (words, hint) in items.items():
            box.addItem(words, key)
            box.setItemData(box.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        box.setToolTip(f"{accessible}: {next(iter(items.values()))[1]}")
        box.currentIndexChanged.connect(self._choose)
        return box

    def _lay_out(self) -> None:
        for box in (self._centre_box, self._range_box):
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            box.setMinimumWidth(NARROWEST)
        header = QHBoxLayout(self.header)
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(6)
        header.addWidget(self._centre_box)
        header.addWidget(self._range_box)
        header.addWidget(self._read_out, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 8)
        layout.addWidget(self.table)

    @property
    def centre(self) -> str:
        """One of :data:`CENTRES`."""
        return str(self._centre_box.currentData())

    @property
    def range(self) -> str:
        """One of :data:`RANGES`."""
        return str(self._range_box.currentData())

    def show_rows(self, rows: Sequence[Row], images: Mapping[int, Images], *, anew: bool = True) -> None:
        """Images of some of the rows, by number; ``anew``: those shown before are old."""
        self.table.show_rows(rows, images, anew=anew)
        self._show_mark(*(self.table.current or (-1, -1)))

    def show_message(self, message: str) -> None:
        """Why there are no rows."""
        self.table.show_message(message)

    def show_handle(self, code: Codes) -> None:
        self.table.show_handle(code)

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Why a range cannot be had, by its key; it is grey, and the first is taken in its place."""
        model = self._range_box.model()
        assert isinstance(model, QStandardItemModel)
        for number, (key, (_, hint)) in enumerate(RANGES.items()):
            reason = reasons.get(key, "")
            model.item(number).setEnabled(not reason)
            self._range_box.setItemData(number, reason or hint, Qt.ItemDataRole.ToolTipRole)
        if reasons.get(self.range):
            self._range_box.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)

    def _choose(self) -> None:
        for box in (self._centre_box, self._range_box):
            hint = box.itemData(box.currentIndex(), Qt.ItemDataRole.ToolTipRole)
            box.setToolTip(f"{box.accessibleName()}: {hint}")
        self.wanted.emit()

    def _show_mark(self, row: int, column: int) -> None:
        if row < 0:
            self._read_out.show_longest(("",))
        else:
            shown = self.table.rows[row]
            value = f"{shown.name} = {shown.texts[column]}"
            self._read_out.show_longest((f"{value}, {shown.importance}", value, ""))
        self.cell_marked.emit(row, column)

    def showEvent(self, event: QShowEvent) -> None:
        self.wanted.emit()
