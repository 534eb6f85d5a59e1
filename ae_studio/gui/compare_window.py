"""Two to four runs side by side: above them what they are called and their epochs, below one tab for each view."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.chip_drag import ChipDrag
from ae_studio.gui.common_epoch import CommonEpoch
from ae_studio.gui.compare_tab import CompareTab
from ae_studio.gui.compare_tabs import TABS
from ae_studio.gui.comparer import Comparer
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.named import named
from ae_studio.gui.run_chip import RunChip
from ae_studio.gui.theme import DARK, Theme
from ae_studio.runs.compared import MOST, ComparedRun, Entry, Loaded

FIRST_SIZE = 1200, 800  # pixels
SMALLEST = 720, 480
CHIP = 330  # pixels that a run's name, epoch and buttons want; where not all have them, they stand two by two
GEOMETRY = "compare_geometry"


class CompareWindow(QMainWindow):
    """Beside the main window, which it leaves free. Its tabs see runs only; what they are of is decided here.

    Signals:
        open_requested(path): a run shall be shown in the main window.
    """

    open_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "compare_window").setWindowTitle("Compare runs – AE Studio")
        self.setMinimumSize(*SMALLEST)
        self._theme = DARK
        self._entries: list[Entry] = []
        self._runs: tuple[ComparedRun, ...] = ()
        self._stale: set[CompareTab] = set()  # tabs that have not been told of the runs
        self._problems: dict[object, str] = {}  # in words, by the tab that tells them; None for the reading itself
        self.comparer = Comparer(self)
        self.bar = MessageBar(self)
        self.common_epoch = CommonEpoch(self)
        self._reload = named(QPushButton("Reload", self), "reload_button")
        self._reload.setToolTip("Read the runs again: one that is still trained is shown at its newest epoch (F5)")
        self._empty = named(QLabel("Reading…", self, wordWrap=True), "compare_empty")
        self._chips = [RunChip(index, self) for index in range(MOST)]
        self.tabs = named(QTabWidget(self, documentMode=True), "compare_tabs")
        self._lay_out()
        self._connect()
        self._show_runs()
        self._restore_size()

    def _lay_out(self) -> None:
        content = named(QWidget(self), "compare_content")
        self._chip_grid = QGridLayout()
        self._chip_grid.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.common_epoch, 1)
        row.addSpacing(12)
        row.addWidget(self._reload)
        for tab in TABS:
            made = tab(self.tabs)
            self.tabs.setTabToolTip(self.tabs.addTab(made, tab.TITLE), tab.HINT)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addLayout(self._chip_grid)
        column.addLayout(row)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._empty, 1)
        self.setCentralWidget(content)
        self._drag = ChipDrag(self._chips, content)

    def _connect(self) -> None:
        self.comparer.loaded.connect(self._take)
        self.comparer.failed.connect(self._tell_failure)
        self.common_epoch.epoch_chosen.connect(self.go_to_epoch)
        self._reload.clicked.connect(self.reload)
        self.tabs.currentChanged.connect(self._tell_tab)
        for chip in self._chips:
            chip.epoch_chosen.connect(self._set_epoch)
            chip.moved.connect(self._move)
            chip.removed.connect(self._remove)
        self._drag.moved.connect(self._move)
        for tab in self._tabs():
            tab.epoch_wanted.connect(self._set_epoch)
            tab.add_wanted.connect(self.add)
            tab.open_wanted.connect(self.open_requested)
            tab.problem.connect(self._note_problem)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.reload)

    def _tabs(self) -> list[CompareTab]:
        return [tab for tab in map(self.tabs.widget, range(self.tabs.count())) if isinstance(tab, CompareTab)]

    # What is compared

    @property
    def runs(self) -> tuple[ComparedRun, ...]:
        """As they are shown; A is the first."""
        return self._runs

    def compare(self, entries: Sequence[Entry]) -> None:
        """Other runs, each at an epoch or at its last."""
        self._entries = list(entries[:MOST])
        self._ask(known=())

    def add(self, path: Path) -> None:
        """One more run, at its last epoch, where there is room."""
        if len(self._entries) < MOST:
            self._entries.append((path, None))
            self._ask(self._runs)

    def reload(self) -> None:
        """From the disk again; a run at its last epoch goes on to its newest."""
        last = {run.path: run.opened.epochs[-1] for run in self._runs}
        self._entries = [(path, None if epoch == last.get(path) else epoch) for path, epoch in self._entries]
        self._ask(known=())

    def go_to_epoch(self, epoch: int) -> None:
        """All runs, each at the nearest epoch that it has kept."""
        boxes = [chip.epoch_box for chip in self._chips]
        self._entries = [(path, box.nearest(epoch)) for (path, _), box in zip(self._entries, boxes, strict=False)]
        self._ask(self._runs)

    def _set_epoch(self, index: int, epoch: int) -> None:
        if index < len(self._entries):
            self._entries[index] = (self._entries[index][0], self._chips[index].epoch_box.nearest(epoch))
            self._ask(self._runs)

    def _move(self, index: int, by: int) -> None:
        self._entries.insert(index + by, self._entries.pop(index))
        self._ask(self._runs)

    def _remove(self, index: int) -> None:
        del self._entries[index]
        self._ask(self._runs)

    def _ask(self, known: Sequence[ComparedRun]) -> None:
        self.comparer.load(self._entries, known)

    def _take(self, loaded: Loaded, newest: bool) -> None:
        self._runs = loaded.runs
        if newest:
            self._entries = [(run.path, run.epoch) for run in loaded.runs]
            self._tell(None, "\n".join(loaded.problems))
        self._show_runs()

    # What is shown

    def _show_runs(self) -> None:
        count = len(self._runs)
        wanted = [epoch for _, epoch in self._entries] if len(self._entries) == count else [None] * count
        for chip, run, epoch in zip(self._chips, self._runs, wanted, strict=False):
            chip.show_run(run, run.epoch if epoch is None else epoch, count)
        for index, chip in enumerate(self._chips):
            chip.setVisible(index < count)
        self._place_chips()
        last = max((run.opened.epochs[-1] for run in self._runs), default=0)
        self.common_epoch.show_epochs(last, [run.epoch for run in self._runs] or [0])
        first_seen = self.tabs.isHidden() and count > 0
        self.tabs.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        if first_seen:
            self.tabs.setFocus()  # not the first button
        self._stale = set(self._tabs())
        self._tell_tab()

    def _tell_tab(self) -> None:
        """The tab that is in sight; the others are told when they come into sight."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, CompareTab) and tab in self._stale:
            self._stale.discard(tab)
            tab.show_runs(self._runs)

    def _place_chips(self) -> None:
        count = max(1, len(self._runs))
        columns = count if self.width() >= count * CHIP else min(count, 2)
        for index, chip in enumerate(self._chips):
            self._chip_grid.addWidget(chip, index // columns, index % columns)
        for column in range(MOST):
            self._chip_grid.setColumnStretch(column, 1 if column < columns else 0)

    def _tell(self, teller: object, problem: str) -> None:
        """Beside what others have told; an empty one takes back what this one told before."""
        before = "\n".join(filter(None, self._problems.values()))
        self._problems[teller] = problem
        told = "\n".join(filter(None, self._problems.values()))
        if not told:
            self.bar.clear()
        elif told != before:
            self.bar.show_message("error", told)
        self._empty.setText("There is nothing to compare. Choose two to four runs in the library (Ctrl+L).")

    def _tell_failure(self, message: str) -> None:
        self._tell(None, message)

    def _note_problem(self, text: str) -> None:
        self._tell(self.sender(), text)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.bar.set_theme(theme)
        for chip in self._chips:
            chip.set_theme(theme)
        for tab in self._tabs():
            tab.set_theme(theme)

    # Comes and goes

    def open_window(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()

    def _restore_size(self) -> None:
        geometry = QSettings().value(GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            screen = self.screen().availableSize() if self.screen() else self.size()
            self.resize(min(FIRST_SIZE[0], screen.width()), min(FIRST_SIZE[1], screen.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_chips()

    def closeEvent(self, event: QCloseEvent) -> None:
        QSettings().setValue(GEOMETRY, self.saveGeometry())
        super().closeEvent(event)

    def end(self) -> None:
        """Waits for every thread."""
        self.common_epoch.end()
        self.comparer.end()
        for tab in self._tabs():
            tab.end()
