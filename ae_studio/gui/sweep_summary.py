"""What a sweep has come to: a plot over the swept values, or a map of two settings, that lead to each run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.elided_label import ElidedLabel
from ae_studio.gui.named import named
from ae_studio.gui.sweep_map import SweepMap
from ae_studio.gui.sweep_words import legend, term_title, told
from ae_studio.gui.theme import DARK, Theme
from ae_studio.runs.listed import printable
from ae_studio.sweeps.summary import BEST, ERROR, Point, Summary, points
from ae_studio.sweeps.table import table_of

if TYPE_CHECKING:
    from ae_studio.gui.sweep_plot import SweepPlot

WIDTH, HEIGHT = 760, 500  # pixels at first, where the window has room
SMALLEST = 520, 340
SHARE = 0.94  # of the window's size


class SweepSummary(QDialog):
    """Follows its runs while they are trained. Of two settings the map is offered beside the curves.

    Signals:
        sweep_chosen(tag): another one is to be read.
        open_requested(folder): the path of the run whose dot or cell was clicked.
    """

    sweep_chosen = Signal(str)
    open_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sweep_summary")
        self.setWindowTitle("Summary of a sweep")
        self.setSizeGripEnabled(True)
        self.setMinimumSize(*SMALLEST)
        self.tag = ""
        self._summary: Summary | None = None
        self._theme = DARK
        self._why_not_open = ""
        self._chosen = ""  # by the user, to be drawn
        self._plot: SweepPlot | None = None  # from the first numbers on: pyqtgraph takes long to load
        self._heading = named(ElidedLabel(self), "panel_title")
        self._views = named(QWidget(self), "sweep_views", visible=False)
        self._curves = self._view_button(
            "sweep_curves_button", "Curves", "A curve for each value of the second setting"
        )
        self._map_button = self._view_button("sweep_map_button", "Map", "A cell for each pair of values")
        self._curves.setChecked(True)
        self._box = self._term_box()
        self._map = SweepMap(self)
        self._legend = named(QLabel(self, wordWrap=True), "sweep_legend")
        self._empty = named(QLabel("Reading…", self, wordWrap=True), "library_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "dim_label")
        self._stack = QStackedLayout()
        self._lay_out()
        self._box.currentIndexChanged.connect(self._choose)
        self._map_button.toggled.connect(self._draw)
        self._map.run_chosen.connect(self._open)

    def _term_box(self) -> QComboBox:
        box = named(QComboBox(self), "sweep_term_box", visible=False)
        box.setAccessibleName("What is drawn")
        box.setToolTip("Each is that of a run's best epoch, the one with the smallest validation loss")
        box.setMinimumContentsLength(16)
        return box

    def _view_button(self, name: str, text: str, hint: str) -> QToolButton:
        button = named(QToolButton(self._views), name, text=text, checkable=True, autoExclusive=True, toolTip=hint)
        button.setAccessibleName(text)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        views = QHBoxLayout(self._views)
        views.setContentsMargins(0, 0, 0, 0)
        views.setSpacing(2)
        views.addWidget(self._curves)
        views.addWidget(self._map_button)
        top.addWidget(self._heading, 1)
        top.addWidget(self._views)
        top.addWidget(self._box)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._map)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._legend)
        whole.addLayout(self._stack, 1)
        whole.addWidget(self._told)

    def open_summary(self, tag: str) -> None:
        """In front; its numbers come by :meth:`show_summary`."""
        parent = self.parentWidget()
        if parent is not None and not self.property("placed"):
            room = parent.window().geometry()
            self.resize(min(WIDTH, int(room.width() * SHARE)), min(HEIGHT, int(room.height() * SHARE)))
            self.move(room.center() - self.rect().center())
            self.setProperty("placed", True)
        if tag != self.tag:
            self.tag, self._summary, self._chosen = tag, None, ""
            self._heading.setText(printable(tag))
            self._empty.setText("Reading…")
            self._stack.setCurrentIndex(0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.sweep_chosen.emit(tag)

    def show_summary(self, summary: Summary) -> None:
        """Of another tag than this one's it is an old answer."""
        if summary.tag != self.tag:
            return
        self._summary = summary
        self._offer(summary)
        self._draw()

    def _offer(self, summary: Summary) -> None:
        """What can be drawn; until the user chooses, it is what can be compared."""
        names = summary.names
        wanted = self._chosen if self._chosen in names else ERROR if summary.caution else BEST
        with QSignalBlocker(self._box):
            if list(names) != [self._box.itemData(index) for index in range(self._box.count())]:
                self._box.clear()
                for name in names:
                    self._box.addItem(term_title(name), name)
            self._box.setCurrentIndex(max(0, self._box.findData(wanted)))
        self._box.setVisible(bool(names))
        self._views.setVisible(bool(names) and len(summary.axes) > 1)

    def _choose(self) -> None:
        self._chosen = str(self._box.currentData() or "")
        self._draw()

    def allow_open(self, why_not: str) -> None:
        """Whether a run can be shown in the window now."""
        self._why_not_open = why_not

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._map.set_theme(theme)
        if self._plot is not None:
            self._plot.set_theme(theme)
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._box.setFocus()

    def _draw(self) -> None:
        if self._summary is None:
            return
        summary, name = self._summary, str(self._box.currentData() or BEST)
        found = points(summary, name)
        on_map = self._map_button.isChecked() and len(summary.axes) > 1
        if not found:
            self._empty.setText(
                "None of its runs has got as far as a number yet." if summary.runs else "No run has this tag yet."
            )
            self._stack.setCurrentWidget(self._empty)
        elif on_map:
            self._show_map(summary, name)
        else:
            self._show_curves(summary, name, found)
        self._legend.setVisible(len(summary.axes) > 1 and bool(found) and not on_map)
        self._told.setText(told(summary, name, found, on_map=on_map))

    def _show_curves(self, summary: Summary, name: str, found: list[Point]) -> None:
        plot = self._made_plot()
        plot.show_points(found, summary.axes, _with_unit(summary, name))
        self._legend.setText(legend(summary.axes[1], plot.series_colours()) if len(summary.axes) > 1 else "")
        self._stack.setCurrentWidget(plot)

    def _show_map(self, summary: Summary, name: str) -> None:
        table = table_of(summary, name)
        assert table is not None
        self._map.show_table(table, _with_unit(summary, name))
        self._stack.setCurrentWidget(self._map)

    def _made_plot(self) -> SweepPlot:
        if self._plot is None:
            from ae_studio.gui.sweep_plot import SweepPlot

            self._plot = SweepPlot(self)
            self._plot.set_theme(self._theme)
            self._plot.run_chosen.connect(self._open)
            self._stack.addWidget(self._plot)
        return self._plot

    def _open(self, folder: str) -> None:
        if self._why_not_open:
            self._told.setText(f"It cannot be opened now: {self._why_not_open}")
        elif self._summary is not None:
            self.open_requested.emit(str(self._summary.root / folder))


def _with_unit(summary: Summary, name: str) -> str:
    return term_title(name) + (f", {summary.loss_unit}" if name == BEST and summary.loss_unit else "")
