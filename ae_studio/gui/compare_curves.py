"""The curves of the runs that are compared, over one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton, QWidget

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.icons import DOT, dot
from ae_studio.gui.loss_lines import title
from ae_studio.gui.named import named
from ae_studio.gui.plot_tab import PlotTab
from ae_studio.gui.theme import Theme
from ae_studio.runs.compared import MOST, ComparedRun
from ae_studio.runs.comparing import curve, same_scale, term_names, time_of_epochs, warnings

if TYPE_CHECKING:
    from ae_studio.gui.run_curves_plot import RunCurvesPlot

SPLITS = (("Validation", "validation"), ("Training, by epoch", "train"), ("Training, by step", "batch"))
UNITS = {"kl": "nats per image", "mse_per_pixel": "squared error per pixel", "lr": ""}


class CurvesTab(PlotTab["RunCurvesPlot"]):
    """One term of the loss at a time. Colour and dashes tell the runs apart; a click sets a run's epoch."""

    TITLE = "Curves"
    HINT = "Terms of the loss over epochs or seconds; a click goes to that epoch of the nearest run"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("curves_tab", "There are no curves of this.", parent)
        self._terms = named(QComboBox(self), "curve_term_box", toolTip="Which term of the loss")
        self._splits = named(QComboBox(self), "curve_split_box", toolTip="Of which images")
        self._over = named(QComboBox(self), "curve_over_box", toolTip="Over what")
        self._log = named(QCheckBox("log", self), "curve_log_box", toolTip="Logarithmic axis")
        self._chips = [self._chip(index) for index in range(MOST)]
        self._note = named(QLabel(self, wordWrap=True), "compare_warning")
        for text, split in SPLITS:
            self._splits.addItem(text, split)
        for text, over in (("over epochs", False), ("over seconds", True)):
            self._over.addItem(text, over)
        for box, words in ((self._terms, "Term"), (self._splits, "Images"), (self._over, "Over epochs or seconds")):
            box.setAccessibleName(words)
        self._lay_out()
        self._connect()

    def _chip(self, index: int) -> QToolButton:
        chip = named(QToolButton(self), f"curve_chip_{index}", text=LETTERS[index], checkable=True, checked=True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(DOT, DOT))
        chip.setAccessibleName(f"Show the curve of run {LETTERS[index]}")
        return chip

    def _lay_out(self) -> None:
        for widget in (self._terms, self._splits, self._over, self._log):
            self.choices.addWidget(widget)
        self.choices.addStretch(1)
        for chip in self._chips:
            self.choices.addWidget(chip)
        self.column.insertWidget(1, self._note)

    def _connect(self) -> None:
        for box in (self._terms, self._splits, self._over):
            box.currentIndexChanged.connect(self._show)
        self._log.toggled.connect(self._show)
        for chip in self._chips:
            chip.toggled.connect(self._show)

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        self._runs = runs
        names = term_names(runs)
        chosen = self._terms.currentData()
        with QSignalBlocker(self._terms):
            self._terms.clear()
            for name in names:
                self._terms.addItem(title(name), name)
            self._terms.setCurrentIndex(max(0, self._terms.findData(chosen)))
        for index, chip in enumerate(self._chips):
            chip.setVisible(index < len(runs))
        self._allow_seconds()
        self._show()

    def _allow_seconds(self) -> None:
        """Greyed where no run knows its seconds."""
        unknown = [time_of_epochs(run)[1] for run in self._runs]
        item = self._over.model().item(1)  # type: ignore[attr-defined]  # of a QStandardItemModel
        item.setEnabled(not all(unknown) or not unknown)
        item.setToolTip("No run knows how long its epochs took" if unknown and all(unknown) else "")
        if not item.isEnabled():
            self._over.setCurrentIndex(0)

    # What is shown

    def _show(self) -> None:
        from ae_studio.gui.run_curves_plot import Plotted, smoothed

        term, split, seconds = self._terms.currentData(), self._splits.currentData(), bool(self._over.currentData())
        plotted, reasons = [], []
        for index, run in enumerate(self._runs):
            found = curve(run, term, split, seconds=seconds) if term else None
            self._paint_chip(index, found.reason if found else "")
            if found and found.reason:
                reasons.append(f"{LETTERS[index]} {found.reason}.")
            elif found and self._chips[index].isChecked():
                make = smoothed if split == "batch" else Plotted
                plotted.append(make(index, found, run.epoch))
        plot = self._shown_plot(there=bool(plotted))
        units = {run.opened.loss_unit for run in self._runs}
        unit = UNITS.get(term, units.pop() if len(units) == 1 else "different units")
        plot.show_curves(plotted, title(term or ""), unit, seconds=seconds, log=self._log.isChecked())
        self._tell([*reasons, *self._cautions(term)])

    def _cautions(self, term: str | None) -> list[str]:
        """Why the heights of these curves say little of one another."""
        told = list(warnings(self._runs)) if term else []
        if term != "loss":
            told = [text for text in told if "different ways" not in text]
        if term and same_scale(self._runs, term):
            told = [text for text in told if "units" not in text]
        return told

    def _tell(self, lines: list[str]) -> None:
        self._note.setText("\n".join(lines))
        self._note.setVisible(bool(lines))

    def _paint_chip(self, index: int, reason: str) -> None:
        chip, run = self._chips[index], self._runs[index]
        chip.setEnabled(not reason)
        chip.setToolTip(f"{run.name}: {reason}" if reason else f"{run.name}: click to hide or show its curve")
        filled = chip.isChecked() and not reason
        chip.setIcon(dot(run_colour(self.theme, index), self.devicePixelRatioF(), filled=filled))

    def _new_plot(self) -> RunCurvesPlot:
        from ae_studio.gui.run_curves_plot import RunCurvesPlot

        plot = RunCurvesPlot(self)
        plot.epoch_clicked.connect(self.epoch_wanted)
        return plot

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for index in range(len(self._runs)):
            self._paint_chip(index, "" if self._chips[index].isEnabled() else "has no such curve")
