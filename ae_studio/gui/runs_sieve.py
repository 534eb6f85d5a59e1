"""Which runs are shown: words that are searched, and choices among what there is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.run_table import Sieve, short
from ae_studio.runs.listed import ListedRun

ANY = {"data": "All data", "model": "All models", "tag": "All tags"}
WIDEST = 190  # pixels of a box


class RunsSieve(QWidget):
    """A search, and a box each for data, model and tag.

    Signals:
        changed()
        summary_requested(tag): what the runs with this tag have come to.
    """

    changed = Signal()
    summary_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = named(QLineEdit(self, clearButtonEnabled=True), "runs_search")
        self.search.setPlaceholderText("Search names, tags, notes…")
        self.search.setAccessibleName("Search runs")
        self.search.setToolTip("Every word must stand somewhere in a run's name, settings, tags or notes (Ctrl+F)")
        self._boxes = {kind: self._box(kind) for kind in ANY}
        self._summary_button = named(QPushButton("Summary", self), "tag_summary_button", autoDefault=False)
        self._summary_button.setAccessibleName("Summary of the tag's runs")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for box in self._boxes.values():
            row.addWidget(box)
            box.currentIndexChanged.connect(self.changed)
        row.addWidget(self._summary_button)
        self.search.textChanged.connect(self.changed)
        self._boxes["tag"].currentIndexChanged.connect(self._allow_summary)
        self._summary_button.clicked.connect(lambda: self.summary_requested.emit(self._boxes["tag"].currentData()))
        self._allow_summary()

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
        self._allow_summary()

    def _allow_summary(self) -> None:
        tag = self._boxes["tag"].currentData()
        self._summary_button.setEnabled(bool(tag))
        what = "The runs with this tag as a plot over the settings in which they differ"
        self._summary_button.setToolTip(
            what if tag else "Choose a tag first: its runs are then drawn over their settings"
        )

    def clear(self) -> None:
        """All runs."""
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        self.search.clear()

    def take_keys(self) -> None:
        """Into the search."""
        self.search.setFocus()
        self.search.selectAll()
