"""The metrics of the runs that are compared, those that are kept and those that are measured when asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.compare_tab import LETTERS, CompareTab
from ae_studio.gui.compare_table import CompareTable, TableRow
from ae_studio.gui.evaluator import Evaluator
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.latent.measured import ARROWS, Measured
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.comparing import NOTHING, MetricRow, metric_rows, warnings


class MetricsTab(CompareTab):
    """One run after another is read or measured; the best of a row stands out."""

    TITLE = "Metrics"
    HINT = "What was measured on the test images of each run, at its epoch"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[ComparedRun, ...] = ()
        self._found: list[list[Measured]] = []
        self._whole: set[int] = set()  # indices of the runs of which all is known
        self._waiting: list[int] = []  # runs still to be read or measured
        self._current: int | None = None
        self._measuring = False
        self._evaluator = Evaluator(self)
        self._note = named(QLabel(self, wordWrap=True), "dim_label")
        self._button = named(QPushButton("Measure", self), "measure_button")
        self.table = CompareTable("compare_metrics_table", self)
        self.table.setAccessibleName("Metrics of the runs")
        row = QHBoxLayout()
        row.addWidget(self._note, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self._connect()

    def _connect(self) -> None:
        self._button.clicked.connect(self._toggle)
        self._evaluator.measured.connect(self._add)
        self._evaluator.ended.connect(self._go_on)
        self._evaluator.failed.connect(self._tell_failure)

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        """What is kept is read; a measuring of other runs, or at other epochs, is left."""
        if [(run.path, run.epoch) for run in runs] == [(run.path, run.epoch) for run in self._runs] and self._measuring:
            return
        self._stop()
        self._runs = runs
        self._found = [[] for _ in runs]
        self._whole = set()
        self.problem.emit("")
        self._begin(list(range(len(runs))), measuring=False)

    # One run after another

    def _begin(self, waiting: list[int], *, measuring: bool) -> None:
        self._waiting, self._measuring = waiting, measuring
        self._next()

    def _next(self) -> None:
        self._current = self._waiting.pop(0) if self._waiting else None
        if self._current is None:
            self._measuring = False
        else:
            run = self._runs[self._current]
            self._found[self._current] = []
            work = self._evaluator.evaluate if self._measuring else self._evaluator.show_kept
            work(run.path.resolve(), run.epoch)
        self._show()

    def _add(self, measured: Measured) -> None:
        if self._current is not None:
            self._found[self._current].append(measured)
            self._show()

    def _go_on(self, images: int) -> None:
        """Of the current run no more comes."""
        if self._current is not None:
            if images:
                self._whole.add(self._current)
            self._next()

    def _toggle(self) -> None:
        if self._measuring:
            self._stop()
            self._show()
        else:
            self.problem.emit("")
            self._begin(self._missing(), measuring=True)

    def _stop(self) -> None:
        self._current, self._waiting, self._measuring = None, [], False
        self._evaluator.cancel()

    def _missing(self) -> list[int]:
        return [index for index in range(len(self._runs)) if index not in self._whole]

    def _tell_failure(self, message: str) -> None:
        if self._current is not None:
            self.problem.emit(f"{LETTERS[self._current]} could not be measured: {message}")

    # What is shown

    def _show(self) -> None:
        rows = [_as_row(row) for row in metric_rows(self._found)]
        self.table.show_rows("Metric", rows, len(self._runs))
        missing = ", ".join(LETTERS[index] for index in self._missing())
        if self._measuring and self._current is not None:
            note = f"Measuring {LETTERS[self._current]}…"
        elif missing:
            note = f"{missing}: not measured at this epoch yet."
        else:
            note = "On the test images. ↑ ↓: which way is better; the best of a row is bold."
        told = [text for text in warnings(self._runs) if "data sets" in text]
        self._note.setText(" ".join([note, *told]))
        self._button.setText("Stop" if self._measuring else "Measure")
        self._button.setEnabled(bool(missing))
        hint = f"Measure {missing} on the test split, in the background; the values are kept in the run's folder"
        self._button.setToolTip(
            "Leave what is being measured" if self._measuring else hint if missing else "All is measured"
        )

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.table.set_theme(theme)

    def end(self) -> None:
        self._current = None
        self._evaluator.end()


def _as_row(row: MetricRow) -> TableRow:
    cells = tuple(NOTHING if each is None or not each.text else each.text for each in row.found)
    hints = tuple("Not measured yet" if each is None else each.explanation for each in row.found)
    nothing = frozenset(index for index, cell in enumerate(cells) if cell == NOTHING)
    label = f"{row.about.label} {ARROWS[row.about.better]}".strip()
    return TableRow(label, cells, f"{row.about.meaning}\n{row.about.source}", row.best, nothing, hints)
