"""Where the parts of a sweep's map are: its cells, the names of its columns and rows, and what its colours mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ae_studio.sweeps.table import Place

EDGE = 8.0  # pixels about everything
TITLE, NAME = 20.0, 16.0  # pixels, of a line with an axis's title and of one with names
SCALE = 30.0  # pixels below the cells, for what the colours mean
LARGEST = QSizeF(176, 104)  # pixels of a cell: of few cells, beyond it the room stays empty
NAMES_WIDE, NAMES_HIGH = 0.28, 0.3  # of the whole at most, for the names of the rows, and of the columns when turned
SPACE = 6.0  # pixels between names and cells
GAP, NARROW_GAP, NARROW = 3.0, 1.0, 26.0  # pixels about a cell; less where it is narrower than NARROW

Width = Callable[[str], float]
"""Pixels of a name."""


@dataclass(frozen=True, slots=True)
class MapLayout:
    """``grid`` holds all cells, each ``cell`` large with its gap. ``turned``: the columns' names go upwards."""

    area: QRectF
    shape: Place
    grid: QRectF
    cell: QSizeF
    names_width: float
    names_height: float
    turned: bool

    def slot(self, place: Place) -> QRectF:
        """The room of a cell, with the gap."""
        row, column = place
        corner = self.grid.topLeft() + QPointF(column * self.cell.width(), row * self.cell.height())
        return QRectF(corner, self.cell)

    def rect(self, place: Place) -> QRectF:
        gap = self.gap
        return self.slot(place).adjusted(gap, gap, -gap, -gap)

    @property
    def gap(self) -> float:
        return GAP if min(self.cell.width(), self.cell.height()) >= NARROW else NARROW_GAP

    def at(self, position: QPointF) -> Place | None:
        """The cell at a pixel."""
        if not self.grid.contains(position):
            return None
        away = position - self.grid.topLeft()
        rows, columns = self.shape
        row, column = int(away.y() / self.cell.height()), int(away.x() / self.cell.width())
        return min(row, rows - 1), min(column, columns - 1)

    def row_name(self, row: int) -> QRectF:
        slot = self.slot((row, 0))
        height = max(slot.height(), NAME)
        left = slot.left() - SPACE - self.names_width
        return QRectF(left, slot.center().y() - height / 2, self.names_width, height)

    def column_name(self, column: int) -> QRectF:
        """Above its column; where names are turned, as wide as a line of them is high."""
        slot = self.slot((0, column))
        width = max(slot.width(), NAME) if self.turned else slot.width() - 4
        bottom = slot.top() - SPACE / 2
        return QRectF(slot.center().x() - width / 2, bottom - self.names_height, width, self.names_height)

    @property
    def row_step(self) -> int:
        """Every so many rows one is named, so that names do not touch."""
        return max(1, math.ceil((NAME - 3) / self.cell.height()))

    @property
    def column_step(self) -> int:
        return max(1, math.ceil((NAME - 3) / self.cell.width())) if self.turned else 1

    def row_title(self, long: float) -> QRectF:
        """To be written upwards, in the middle of the rows where it is not longer than these."""
        left = self.grid.left() - 2 * SPACE - self.names_width - TITLE
        whole = self.grid if long <= self.grid.height() else self.area
        return QRectF(left, whole.top(), TITLE, whole.height())

    @property
    def column_title(self) -> QRectF:
        top = self.grid.top() - SPACE / 2 - self.names_height - TITLE
        return QRectF(self.grid.left(), top, self.grid.width(), TITLE)

    @property
    def scale(self) -> QRectF:
        return QRectF(self.grid.left(), self.grid.bottom(), self.grid.width(), SCALE)


def laid_out(area: QRectF, columns: Sequence[str], rows: Sequence[str], width: Width) -> MapLayout:
    """In the area, with these names; columns whose names are wider than they are have them turned."""
    inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    names_width = min(max(map(width, rows)), NAMES_WIDE * area.width())
    left = TITLE + names_width + 2 * SPACE
    cell_width = min(LARGEST.width(), (inner.width() - left) / len(columns))
    widest = max(map(width, columns))
    turned = widest > cell_width - 4
    names_height = min(widest, NAMES_HIGH * area.height()) if turned else NAME
    top = TITLE + names_height + SPACE / 2
    cell_height = min(LARGEST.height(), (inner.height() - top - SCALE) / len(rows))
    cell = QSizeF(max(2.0, cell_width), max(2.0, cell_height))
    size = QSizeF(cell.width() * len(columns), cell.height() * len(rows))
    spare = QPointF(inner.width() - left - size.width(), inner.height() - top - SCALE - size.height())
    corner = inner.topLeft() + QPointF(left, top) + QPointF(max(0.0, spare.x()), max(0.0, spare.y())) / 2
    shape = (len(rows), len(columns))
    return MapLayout(inner, shape, QRectF(corner, size), cell, names_width, names_height, turned)
