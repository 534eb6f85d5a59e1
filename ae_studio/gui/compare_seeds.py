"""What chance does: runs that differ from a compared one by nothing but the seed, as a mean and a spread."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.loss_lines import title
from ae_studio.gui.named import named
from ae_studio.gui.plot_tab import PlotTab
from ae_studio.gui.run_survey import RunSurvey, SeedsOf
from ae_studio.gui.theme import Theme
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.seeds import best_of, spread_curve

if TYPE_CHECKING:
    from ae_studio.gui.seeds_plot import Band, SeedsPlot

UNITS = {"kl": "nats per image", "mse_per_pixel": "squared error per pixel"}
ALONE = "there is no spread of one run: train it again with other seeds (Queue → seeds)"
FIRST_SEEDS = 8  # that are named

Grouped = tuple[tuple[str, int, SeedsOf], ...]
"""Of every group the letters of those that are compared, the first one's index, and the group."""


class SeedsTab(PlotTab["SeedsPlot"]):
    TITLE = "Seeds"
    HINT = "Mean and spread of all runs that differ from these by nothing but the seed"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("seeds_tab", "Reading…", parent)
        self.survey = RunSurvey(self)
        self._grouped: Grouped = ()
        self._terms = named(QComboBox(self), "seeds_term_box", toolTip="Which term of the validation")
        self._terms.setAccessibleName("Term")
        self._band = named(QComboBox(self), "seeds_band_box", toolTip="What the band around the mean is")
        self._band.setAccessibleName("Band")
        self._each = named(QCheckBox("Each run", self), "seeds_each_box", checked=True)
        self._each.setToolTip("A thin line for every run")
        self._told = named(QLabel(self), "seeds_groups", textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self._band.addItem("± standard deviation (n − 1)", False)
        self._band.addItem("smallest to largest", True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for widget in (self._terms, self._band, self._each):
            self.choices.addWidget(widget)
        self.choices.addStretch(1)
        self.column.addWidget(self._told)

    def _connect(self) -> None:
        self.survey.grouped.connect(self._take)
        self.survey.failed.connect(self.problem)
        self._terms.currentIndexChanged.connect(self._show)
        self._band.currentIndexChanged.connect(self._show)
        self._each.toggled.connect(self._show)

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        self._runs = runs
        if runs:
            self.survey.ask_seeds([run.path.resolve() for run in runs])

    def end(self) -> None:
        self.survey.end()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if self._plot is not None:
            self._show()

    def _take(self, answers: tuple[tuple[Path, SeedsOf | None], ...]) -> None:
        if [path for path, _ in answers] != [run.path.resolve() for run in self._runs]:
            return  # others are on their way
        self.problem.emit("")
        letters: dict[int, tuple[str, int, SeedsOf]] = {}
        for index, (_, found) in enumerate(answers):
            if found is not None:
                before, first, _ = letters.get(id(found), ("", index, found))
                letters[id(found)] = f"{before} {LETTERS[index]}".strip(), first, found
        self._grouped = tuple(letters.values())
        self._offer_terms()
        self._show()

    def _offer_terms(self) -> None:
        """Those that any of the runs was validated by; the loss first."""
        histories = [each for _, _, found in self._grouped for each in found.validations]
        names = {name for each in histories for terms in each.values() for name in terms}
        chosen = self._terms.currentData()
        with QSignalBlocker(self._terms):
            self._terms.clear()
            for name in sorted(names, key=lambda name: (name != "loss", name == "mse_per_pixel", name)):
                self._terms.addItem(title(name), name)
            self._terms.setCurrentIndex(max(0, self._terms.findData(chosen)))

    # What is shown

    def _show(self) -> None:
        bands = self._bands()
        plot = self._shown_plot(there=bool(bands))
        self._empty.setText("No run of these was validated: there is nothing to compare over seeds.")
        term = self._terms.currentData() or ""
        units = {run.opened.loss_unit for run in self._runs}
        unit = UNITS.get(term, units.pop() if len(units) == 1 else "different units")
        extremes = bool(self._band.currentData())
        plot.show_bands(bands, f"validation {title(term)}", unit, extremes=extremes, each=self._each.isChecked())
        self._told.setText("<br>".join(self._words(*each) for each in self._grouped))

    def _bands(self) -> tuple[Band, ...]:
        from ae_studio.gui.seeds_plot import Band

        term, bands = self._terms.currentData(), []
        for letters, index, found in self._grouped:
            curve = spread_curve(found.validations, term) if term else None
            if curve is not None and len(curve.epochs):
                bands.append(Band(letters, index, curve))
        return tuple(bands)

    def _words(self, letters: str, index: int, found: SeedsOf) -> str:
        """A line about a group."""
        group, settings = found.group, found.group.settings
        colour = run_colour(self.theme, index)
        what = f"{settings['model']}, d = {settings['latent_dim']}, {settings['epochs']} epochs"
        what += f", {group.in_words}" if group.in_words else ""
        seeds = ", ".join(map(str, group.seeds[:FIRST_SEEDS])) + (", …" if group.n > FIRST_SEEDS else "")
        if group.n < 2:
            told = f"n = 1 (seed {seeds}); {ALONE}"
        else:
            best = best_of(group)
            told = f"n = {group.n} (seeds {seeds})" + (f"; best validation loss {best.in_words}" if best else "")
        more = len(group.repeats)
        told += f"; {more} more of the same seeds not counted" if more else ""
        return f'<span style="color:{colour}"><b>{letters}</b></span>&nbsp; {html.escape(f"{what}: {told}")}'

    def _new_plot(self) -> SeedsPlot:
        from ae_studio.gui.seeds_plot import SeedsPlot

        return SeedsPlot(self)
