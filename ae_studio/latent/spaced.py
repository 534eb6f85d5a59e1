"""Which points of a plane have room for a picture: no two pictures overlap, and coming nearer only adds to them."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

STEP = 2**0.5  # between two spacings: what a zoom in between leaves unused is less than half of the room
MOST_LEVELS = 48  # steps: ten million times nearer than where everything is seen


def spaced(points: Points, spacing: float, order: Indices) -> Indices:
    """Of points (n, 2), taken in this order, each that is not nearer than ``spacing``, in x and in y, to one before.

    So squares of that side, centred at the chosen ones, never overlap. Like Poisson discs, in the maximum norm.
    """
    chosen: list[int] = []
    taken: dict[tuple[int, int], tuple[float, float]] = {}  # a cell of this side holds one chosen point at most
    xs, ys = points[:, 0].tolist(), points[:, 1].tolist()
    for index in order.tolist():
        x, y = xs[index], ys[index]
        column, row = math.floor(x / spacing), math.floor(y / spacing)
        if (column, row) in taken or _is_close(taken, x, y, column, row, spacing):
            continue
        taken[column, row] = (x, y)
        chosen.append(index)
    return np.array(chosen, dtype=np.int64)


def _is_close(
    taken: dict[tuple[int, int], tuple[float, float]], x: float, y: float, column: int, row: int, spacing: float
) -> bool:
    for beside in (column - 1, column, column + 1):
        for above in (row - 1, row, row + 1):
            other = taken.get((beside, above))
            if other is not None and abs(other[0] - x) < spacing and abs(other[1] - y) < spacing:
                return True
    return False


class Spacing:
    """The choices for points (n, 2) at every zoom. What is chosen at one spacing is chosen at every smaller one too."""

    def __init__(self, points: Points, among: Indices) -> None:
        """``among``: the points that have a picture, the more important first."""
        self._points = points
        self._levels: list[Indices] = [among[:0]]
        self._order = among
        self._widest = float(np.ptp(points[among], axis=0).max()) or 1.0 if len(among) else 1.0

    def most(self, spacing: float) -> int:
        """No more than so many are chosen there: a cell of that side holds one at most. This takes no choosing."""
        if not len(self._order):
            return 0
        cells = np.floor(self._points[self._order].astype(np.float64) / spacing)
        return len(np.unique(cells[:, 0] + 1j * cells[:, 1]))

    def chosen(self, spacing: float) -> Indices:
        """Those whose squares of this side do not overlap; at a zoom in between, the choice of the next wider one."""
        level = math.floor(math.log(self._widest / spacing, STEP) + 1e-9) if spacing < self._widest else 0
        level = min(level, MOST_LEVELS)
        while len(self._levels) <= level:
            before = self._levels[-1]
            first = np.concatenate([before, self._order[~np.isin(self._order, before)]])
            self._levels.append(spaced(self._points, self._widest / STEP ** len(self._levels), first))
        return self._levels[level]
