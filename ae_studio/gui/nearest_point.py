"""The nearest to the mouse of very many points: a grid of cells over the plane, of which a few are read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

CELLS = 256  # each way: a cell's number fits 16 bits, which numpy sorts by radix, in milliseconds for a million
PLAIN_UP_TO = 20_000  # points that are compared one by one in 20 µs, without a grid
BULK = 10_000  # points that say where the most of them lie

Points = npt.NDArray[np.float32]
Shown = npt.NDArray[np.bool_]


class NearestPoint:
    """Points (n, 2) of a plane, all finite. Made once for them (20 ms for a million), and then asked."""

    def __init__(self, points: Points, *, plain: bool = False) -> None:
        """``plain``: there at once, but each question takes a few milliseconds of a million points."""
        self._count = len(points)
        self._order: npt.NDArray[np.int64] | None = None
        x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
        if self._count > PLAIN_UP_TO and not plain:
            self._low, self._per_unit = _grid_over(points)
            cells = self._cells_of(y, 1).astype(np.uint16) * np.uint16(CELLS) + self._cells_of(x, 0).astype(np.uint16)
            self._order = np.argsort(cells, kind="stable")
            self._starts = np.concatenate([[0], np.cumsum(np.bincount(cells, minlength=CELLS * CELLS))])
            x, y = x[self._order], y[self._order]
        self._x, self._y = x, y

    def nearest(self, x: float, y: float, reach: float, shown: Shown | None = None) -> int | None:
        """The index of the point nearest to (x, y), of those not farther than ``reach`` and ``shown`` (n,)."""
        if self._order is None:
            return self._within(x, y, reach, shown)
        for near in (reach / 256, reach / 16, reach / 4, reach):  # in a crowd the nearest is very near
            found = self._within(x, y, near, shown)
            if found is not None:
                return int(self._order[found])
        return None

    def _within(self, x: float, y: float, reach: float, shown: Shown | None) -> int | None:
        """Where the nearest one stands in the sorted points."""
        best, found = reach * reach, None
        for part in self._parts(x, y, reach):
            squared = np.square(self._x[part] - np.float32(x)) + np.square(self._y[part] - np.float32(y))
            if shown is not None:
                indices = self._order[part] if self._order is not None else part
                squared = np.where(shown[indices], squared, np.float32(np.inf))
            at = int(squared.argmin())
            if squared[at] <= best:
                best, found = float(squared[at]), part.start + at
        return found

    def _parts(self, x: float, y: float, reach: float) -> list[slice]:
        """Where in the sorted points those of every row of cells lie that the reach touches."""
        if self._order is None:
            return [slice(0, self._count)] if self._count else []
        ends = np.array([[x - reach, y - reach], [x + reach, y + reach]])
        (left, right), (bottom, top) = (self._cells_of(ends[:, axis], axis).astype(np.int64) for axis in (0, 1))
        rows = np.arange(bottom, top + 1) * CELLS
        starts, stops = self._starts[rows + left], self._starts[rows + right + 1]
        return [slice(int(start), int(stop)) for start, stop in zip(starts, stops, strict=True) if stop > start]

    def _cells_of(self, values: npt.NDArray[np.floating], axis: int) -> npt.NDArray[np.floating]:
        """Row or column of every value; what lies outside the grid belongs to the cells at its edge."""
        return np.clip(np.floor((values - self._low[axis]) * self._per_unit[axis]), 0, CELLS - 1)


def _grid_over(points: Points) -> tuple[Points, Points]:
    """The lower corner (2,) of a grid over all but the farthest points, and its cells a unit (2,)."""
    some = points[:: max(1, len(points) // BULK)]
    low, high = np.quantile(some, [0.005, 0.995], axis=0).astype(np.float32)
    return low, (CELLS / np.maximum(high - low, 1e-12)).astype(np.float32)
