"""Where the cells and the names of a table of traversals stand, at a width."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF

NAMES = 104  # pixels for a row's name and what it says, beside its cells
LINE = 17  # pixels of the same in one line, above them
GAP = 3
EDGE = 2  # above the first row and below the last: for the frame of a cell that is marked
SMALLEST, LARGEST = 28, 64  # pixels of a cell beside its name
TINIEST = 14  # pixels of a cell below its name


@dataclass(frozen=True, slots=True)
class Places:
    """Of ``rows`` with at most so many ``columns``. Names stand beside their cells, above them where it is narrow."""

    rows: int
    columns: int
    width: int

    @property
    def above(self) -> bool:
        """Whether a name stands above its cells."""
        return self.width - NAMES < self.columns * (SMALLEST + GAP)

    @property
    def side(self) -> int:
        """Pixels of a cell."""
        room = (self.width - self.left) // max(1, self.columns) - GAP
        return max(TINIEST if self.above else SMALLEST, min(LARGEST, room))

    @property
    def left(self) -> int:
        return EDGE if self.above else NAMES

    @property
    def head(self) -> int:
        """Pixels above the cells of a row."""
        return LINE if self.above else 0

    @property
    def step(self) -> int:
        """Pixels from row to row."""
        return self.head + self.side + GAP

    @property
    def height(self) -> int:
        return self.rows * self.step - GAP + 2 * EDGE

    def cell(self, row: int, column: int) -> QRectF:
        """In pixels of the whole table."""
        x = self.left + column * (self.side + GAP)
        return QRectF(x, EDGE + row * self.step + self.head, self.side, self.side)

    def name(self, row: int) -> QRectF:
        """The room for a name."""
        cell = self.cell(row, 0)
        if self.above:
            return QRectF(cell.x(), cell.y() - self.head, self.width - cell.x(), self.head)
        return QRectF(0, cell.y(), NAMES - 8, cell.height())

    def row_at(self, place: QPoint) -> int:
        """Of the whole table's place; it may be none of the rows."""
        return (place.y() - EDGE) // self.step

    def cell_at(self, place: QPoint) -> tuple[int, int] | None:
        """The cell with the gaps behind and below it; None for a name."""
        row = self.row_at(place)
        if place.x() < self.left or place.y() - EDGE - row * self.step < self.head:
            return None
        return row, (place.x() - self.left) // (self.side + GAP)
