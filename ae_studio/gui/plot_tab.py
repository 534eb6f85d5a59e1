"""A tab of the comparison with a plot: choices above it, words in its place while there is nothing to draw."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ae_studio.gui.compare_tab import CompareTab
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.runs.compared import ComparedRun

ABOVE, SPACING = 10, 8  # pixels


class Themed(Protocol):
    def set_theme(self, theme: Theme) -> None: ...


P = TypeVar("P", bound=Themed)


class PlotTab(CompareTab, Generic[P]):
    """The plot is made when it is first seen: pyqtgraph takes long to load.

    Its choices go into ``choices``, a row; what else it holds into ``column``, around the plot.
    """

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        """``words``: seen until there is a plot."""
        super().__init__(parent)
        self.setObjectName(name)
        self._runs: tuple[ComparedRun, ...] = ()
        self._plot: P | None = None
        self._empty = named(QLabel(words, self), "compare_empty", wordWrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choices = QHBoxLayout()
        self.choices.setSpacing(SPACING)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, ABOVE, 0, 0)
        self.column.setSpacing(SPACING)
        self.column.addLayout(self.choices)
        self.column.addWidget(self._empty, 1)

    def _new_plot(self) -> P:
        """Loads pyqtgraph, and connects what the plot tells."""
        raise NotImplementedError

    def _shown_plot(self, *, there: bool) -> P:
        """The plot, in sight where there is something to draw."""
        if self._plot is None:
            self._plot = self._new_plot()
            self._plot.set_theme(self.theme)
            self.column.insertWidget(self.column.indexOf(self._empty), cast(QWidget, self._plot), 1)
        cast(QWidget, self._plot).setVisible(there)
        self._empty.setVisible(not there)
        return self._plot

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if self._plot is not None:
            self._plot.set_theme(theme)
