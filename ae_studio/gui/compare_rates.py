"""Rate against distortion of all runs of a data set, those that are compared marked among them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QWidget

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.named import named
from ae_studio.gui.plot_tab import PlotTab
from ae_studio.gui.rate_dots import Dot, colours_of, key_of, kind_of
from ae_studio.gui.run_survey import RunSurvey
from ae_studio.gui.theme import Theme
from ae_studio.paths import runs_root
from ae_studio.runs.compared import MOST, ComparedRun
from ae_studio.runs.rate_distortion import PER_PIXEL, Point, RateDistortion

if TYPE_CHECKING:
    from ae_studio.gui.rate_distortion_plot import RateDistortionPlot

REASONS = 12  # of runs without a point, that a tooltip has room for


class RatesTab(PlotTab["RateDistortionPlot"]):
    """A click puts a run beside those that are compared; its menu opens it in the main window, too."""

    TITLE = "Rate–distortion"
    HINT = "What the codes of all runs of this data set cost, against what they leave out"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rates_tab", "Reading…", parent)
        self.survey = RunSurvey(self)
        self._found: RateDistortion | None = None
        self._fitted_for: object = None  # what the axes were set for: they stay while that is shown
        self._data = self._box("rates_data_box", "Data set")
        self._units = self._box("rates_unit_box", "How the distortion is measured: one likelihood at a time")
        self._at = self._box("rates_at_box", "Which epoch of each run")
        self._colour = self._box("rates_colour_box", "What the colours stand for; a larger point has more dimensions")
        self._key = named(QLabel(self), "rates_key", textFormat=Qt.TextFormat.RichText)
        self._note = named(QLabel(self), "rates_note", wordWrap=True)
        for text, at in (("at the last epoch", "last"), ("at the best epoch", "best")):
            self._at.addItem(text, at)
        for text, kind in (("by family", "model"), ("by β", "beta"), ("by dimensions", "latent_dim")):
            self._colour.addItem(text, kind)
        self._lay_out()
        self._connect()

    def _box(self, name: str, words: str) -> QComboBox:
        box = named(QComboBox(self), name, toolTip=words)
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _lay_out(self) -> None:
        for widget in (self._data, self._units, self._at, self._colour):
            self.choices.addWidget(widget)
        self.choices.addWidget(self._key, 1)
        self._key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.column.addWidget(self._note)

    def _connect(self) -> None:
        self.survey.surveyed.connect(self._take)
        self.survey.failed.connect(self.problem)
        self._data.activated.connect(self._ask)
        self._at.activated.connect(self._ask)
        self._units.activated.connect(self._show)
        self._colour.activated.connect(self._show)

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        self._runs = runs
        names = list(dict.fromkeys(run.config.data for run in runs))
        chosen = self._data.currentText()
        self._data.clear()
        self._data.addItems(names)
        self._data.setCurrentIndex(max(0, self._data.findText(chosen)))
        self._data.setVisible(len(names) > 1)
        if runs:
            self._ask()

    def end(self) -> None:
        self.survey.end()

    def _ask(self) -> None:
        data, at = self._data.currentText(), self._at.currentData()
        self.survey.ask_rate_distortion(data, at, [run.path for run in self._runs])

    def _take(self, found: RateDistortion) -> None:
        if (found.data, found.at) != (self._data.currentText(), self._at.currentData()):
            return
        self.problem.emit("")
        self._found = found
        units = sorted({point.unit for point in found.points}, key=self._common)
        units += [PER_PIXEL] if any(point.mse is not None for point in found.points) else []
        chosen = self._units.currentText()
        self._units.clear()
        self._units.addItems(units)
        self._units.setCurrentIndex(max(0, self._units.findText(chosen)))
        self._show()

    def _common(self, unit: str) -> tuple[bool, int, str]:
        """That of run A first, then the one that most runs have."""
        assert self._found is not None
        mine = self._runs[0].path if self._runs else None
        same = [point for point in self._found.points if point.unit == unit]
        return all(path_of(point) != mine for point in same), -len(same), unit

    # What is shown

    def _show(self) -> None:
        if self._found is None:
            return
        unit = self._units.currentText()
        dots = self._dots(unit)
        plot = self._shown_plot(there=bool(dots))
        if not dots:
            left = next(iter(self._found.left_out.values()), "")
            why = f": {left}" if left else ""
            self._empty.setText("Reading…" if self._found.unread else f"No run of {self._found.data} has both{why}.")
        key = self._found.data, self._found.at, unit
        # While the runs are still being read the axes grow with them.
        plot.show_dots(dots, unit, sums=unit != PER_PIXEL, fit=key != self._fitted_for)
        self._fitted_for = None if self._found.unread else key
        self._tell(unit, len(dots))

    def _dots(self, unit: str) -> tuple[Dot, ...]:
        assert self._found is not None
        per_pixel = unit == PER_PIXEL
        points = [each for each in self._found.points if (each.mse is not None if per_pixel else each.unit == unit)]
        what = self._colour.currentData()
        colours = colours_of(points, what, self.theme)
        self._key.setText(key_of(colours, what))
        letters = {run.path.resolve(): index for index, run in reversed(list(enumerate(self._runs)))}
        dots = []
        for point in points:
            height = point.mse if per_pixel and point.mse is not None else point.distortion
            index = letters.get(path_of(point).resolve())
            marks = ("", "") if index is None else (LETTERS[index], run_colour(self.theme, index))
            dots.append(Dot(point, height, colours[kind_of(point, what)], *marks))
        return tuple(sorted(dots, key=lambda dot: bool(dot.letter)))  # those that are compared lie on top

    def _tell(self, unit: str, count: int) -> None:
        assert self._found is not None
        found = self._found
        told = [f"{count:,} runs of {found.data}" if count != 1 else f"1 run of {found.data}"]
        others = len(found.points) - count
        told += [f"{others:,} measured in another way" if others else ""]
        told += [f"{len(found.left_out):,} left out (why: rest the mouse here)" if found.left_out else ""]
        told += [f"{found.unread:,} still to be read" if found.unread else ""]
        meaning = "Dashed lines: equal rate + distortion, that is an equal ELBO"
        constant = " but for a constant (a Gaussian of σ² = ½)" if "squared" in unit else ""
        lines = f"{meaning}{constant}; lower is better." if unit != PER_PIXEL else ""
        self._note.setText(f"{' · '.join(filter(None, told))}. {lines}".strip())
        reasons = [f"{folder}: {why}" for folder, why in list(found.left_out.items())[:REASONS]]
        more = len(found.left_out) - len(reasons)
        self._note.setToolTip("\n".join([*reasons, *([f"and {more:,} more"] if more > 0 else [])]))

    def _new_plot(self) -> RateDistortionPlot:
        from ae_studio.gui.rate_distortion_plot import RateDistortionPlot

        plot = RateDistortionPlot(self)
        plot.pointed.connect(self._tell_point)
        plot.clicked.connect(self._add)
        plot.menu_wanted.connect(self._open_menu)
        return plot

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._show()

    # A run

    def _tell_point(self, folder: str) -> None:
        dot = self._plot.at if self._plot is not None else None
        if dot is None or self._plot is None:
            return
        words = dot.words(sums=self._units.currentText() != PER_PIXEL)
        why_not = self._why_not_added(folder)
        self._plot.show_words(f"{words}<br><i>{why_not or 'Click: compare it too'} · right-click: open it</i>")

    def _why_not_added(self, folder: str) -> str:
        """Why a run cannot be put beside the others; empty where it can."""
        if any(run.path.resolve() == (runs_root() / folder).resolve() for run in self._runs):
            return "It is compared already"
        return f"{MOST} runs are compared already" if len(self._runs) >= MOST else ""

    def _add(self, folder: str) -> None:
        if not self._why_not_added(folder):
            self.add_wanted.emit(runs_root() / folder)

    def _open(self, folder: str) -> None:
        self.open_wanted.emit(runs_root() / folder)

    def _open_menu(self, folder: str, place: QPoint) -> None:
        menu = named(QMenu(self), "rates_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        add = named(menu.addAction("Compare it, too"), "add_run_action")
        why_not = self._why_not_added(folder)
        add.setEnabled(not why_not)
        add.setToolTip(why_not)
        add.triggered.connect(partial(self._add, folder))
        named(menu.addAction("Open it in the main window"), "open_run_action").triggered.connect(
            partial(self._open, folder)
        )
        menu.popup(place)


def path_of(point: Point) -> Path:
    """The folder of a run."""
    return runs_root() / point.folder
