"""Which runs are shown: words that are searched, and choices among what there is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.run_table import Sieve, short
from ae_studio.runs.listed import ListedRun

ANY = {"data": "All data", "model": "All models", "tag": "All tags"}
WIDEST = 190  # pixels of a box


class RunsSieve(QWidget):
    """A search, and a box each for data, model and tag.

    Signals:
        changed()
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = named(QLineEdit(self, clearButtonEnabled=True), "runs_search")
        self.search.setPlaceholderText("Search names, tags, notes…")
        self.search.setAccessibleName("Search runs")
        self.search.setToolTip("Every word must stand somewhere in a run's name, settings, tags or notes (Ctrl+F)")
        self._boxes = {kind: self._box(kind) for kind in ANY}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for box in self._boxes.values():
            row.addWidget(box)
            box.currentIndexChanged.connect(self.changed)
        self.search.textChanged.connect(self.changed)

    def _box(self, kind: str) -> QComboBox:
        box = named(QComboBox(self), f"runs_{kind}_box")
        box.setAccessibleName(f"Only runs of this {kind}" if kind != "tag" else "Only runs with this tag")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(WIDEST)
        box.addItem(ANY[kind], "")
        return box

    def chosen(self) -> Sieve:
        chosen = {kind: str(box.currentData() or "") for kind, box in self._boxes.items()}
        return Sieve(words=self.search.text(), **chosen)

    def offer(self, runs: Iterable[ListedRun]) -> None:
        """The choices that there are, without a word; what was chosen stays while there is such a run."""
        runs = tuple(runs)
        names = {
            "data": {run.data for run in runs},
            "model": {run.model for run in runs},
            "tag": {tag for run in runs for tag in run.tags},
        }
        for kind, box in self._boxes.items():
            choices = sorted((name for name in names[kind] if name), key=str.casefold)
            if choices != [box.itemData(index) for index in range(1, box.count())]:
                self._fill(box, ANY[kind], choices)

    def _fill(self, box: QComboBox, all_of_them: str, choices: Iterable[str]) -> None:
        chosen = box.currentData()
        with QSignalBlocker(box):
            box.clear()
            box.addItem(all_of_them, "")
            for choice in choices:
                box.addItem(short(choice), choice)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def clear(self) -> None:
        """All runs."""
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        self.search.clear()

    def take_keys(self) -> None:
        """Into the search."""
        self.search.setFocus()
        self.search.selectAll()
