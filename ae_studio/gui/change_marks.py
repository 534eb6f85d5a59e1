"""Where settings were changed: thin lines in a plot over epochs, with labels that do not lie over each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF

from ae_studio.events import ValuesChanged
from ae_studio.gui.theme import DARK, Theme, blended
from ae_studio.training.live import in_words, plain, short_name

REACH = 9  # pixels about a line in which the mouse is on it
GAP = 6  # pixels between two labels
EDGE = 4  # pixels that a text item keeps free before and behind its text
LONGEST = 3  # values in a label; more are told when the mouse is on it


@dataclass(eq=False)
class _Mark:
    event: ValuesChanged
    x: float  # epochs
    line: Any  # pg.InfiniteLine
    label: Any  # pg.TextItem, shown for itself or for all marks that stand too near to it


class ChangeMarks:
    """Adds to a plot a line for each change, and tells under the mouse what was changed from what to what.

    Labels stand at the top. One that would lie over its neighbour is shared: it then says how many changes it is for.
    """

    def __init__(self, plot: pg.PlotWidget) -> None:
        self._plot = plot
        self._theme = DARK
        self._marks: list[_Mark] = []
        plot.getViewBox().sigRangeChanged.connect(self._place)
        plot.getViewBox().sigResized.connect(self._place)

    @property
    def positions(self) -> list[float]:
        """Epochs at which there is a line."""
        return [mark.x for mark in self._marks]

    @property
    def labels(self) -> list[str]:
        """Those that are shown, from left to right."""
        return [mark.label.toPlainText() for mark in self._marks if mark.label.isVisible()]

    def add(self, event: ValuesChanged, steps_per_epoch: int) -> None:
        x = event.step / max(1, steps_per_epoch)
        line = pg.InfiniteLine(x, angle=90, movable=False)
        label = pg.TextItem(anchor=(0, 0))
        for item in (line, label):
            item.setZValue(20)
            self._plot.addItem(item, ignoreBounds=True)
        mark = _Mark(event, x, line, label)
        self._marks.append(mark)
        self._marks.sort(key=lambda mark: mark.x)
        line.setToolTip(_told([mark]))
        self._paint(mark)
        self._place()

    def clear(self, from_epoch: float = 0.0) -> None:
        """Takes away those from this epoch on; all, if it is not given."""
        for mark in [mark for mark in self._marks if mark.x >= from_epoch]:
            self._plot.removeItem(mark.line)
            self._plot.removeItem(mark.label)
            self._marks.remove(mark)
        self._place()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for mark in self._marks:
            self._paint(mark)

    def _paint(self, mark: _Mark) -> None:
        colour = QColor(blended(self._theme.panel, self._theme.warning, 0.7))
        mark.line.setPen(pg.mkPen(colour, style=Qt.PenStyle.DashLine))
        # Never drawn, as the line cannot be moved: it is what makes the line wide enough to be met by the mouse.
        mark.line.setHoverPen(pg.mkPen(QColor(0, 0, 0, 0), width=REACH))
        mark.label.setColor(QColor(self._theme.warning))
        panel = QColor(self._theme.panel)
        panel.setAlpha(215)
        mark.label.fill = pg.mkBrush(panel)
        mark.label.update()

    def _place(self) -> None:
        """Labels in the order of their lines; who finds no room joins the one before."""
        box = self._plot.getViewBox()
        (left, right), (_, top) = box.viewRange()
        width = box.width()
        if not self._marks or width <= 0 or right <= left:
            return
        metrics = QFontMetricsF(self._marks[0].label.textItem.font())
        groups: list[list[_Mark]] = []  # whose label it is
        end = -math.inf
        for mark in self._marks:
            mark.label.setVisible(False)
            at = (mark.x - left) / (right - left) * width
            if not 0 <= at <= width:
                continue
            if groups and _begin([mark], at, width, metrics) < end + GAP:
                groups[-1].append(mark)
            else:
                groups.append([mark])
            first = (groups[-1][0].x - left) / (right - left) * width
            end = _begin(groups[-1], first, width, metrics) + _width(groups[-1], metrics)
        for members in groups:
            at = (members[0].x - left) / (right - left) * width
            x = left + _begin(members, at, width, metrics) / width * (right - left)
            self._show(members, x, top)

    def _show(self, members: list[_Mark], x: float, top: float) -> None:
        label = members[0].label
        label.setText(_label(members))
        label.setPos(x, top)
        label.setToolTip(_told(members))
        label.setVisible(True)


def _width(members: list[_Mark], metrics: QFontMetricsF) -> float:
    """Pixels, with the room that a text item keeps about its text."""
    return metrics.horizontalAdvance(_label(members)) + 2 * EDGE


def _begin(members: list[_Mark], at: float, width: float, metrics: QFontMetricsF) -> float:
    """To the right of its line, or so far to the left that it ends within the plot."""
    return min(at, width - _width(members, metrics))


def _label(marks: list[_Mark]) -> str:
    """``β → 1``, or how many changes there are."""
    if len(marks) > 1:
        return f"{len(marks)} changes"
    values = marks[0].event.values
    if len(values) > LONGEST:
        return f"{len(values)} values"
    return ", ".join(f"{short_name(name)} → {plain(value)}" for name, value in values.items())


def _told(marks: list[_Mark]) -> str:
    return "\n".join(f"From step {mark.event.step + 1:,} on: {in_words(mark.event)}" for mark in marks)
