"""What came of a sweep of two settings, as a table: a column for each value of the first, a row for each of the second.

Knows no torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.config import SettingValue
from ae_studio.sweeps.summary import Point, Summary, best_of, is_better_small, points
from ae_studio.sweeps.values import Axis

Place = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True, slots=True)
class SweepTable:
    """All arrays are (rows, columns). ``mean`` and ``sd`` over the seeds, float64, NaN where no run has a number;
    ``count``, int64, says how many have one.

    ``row_values`` are those of ``rows``, and last None where runs have no such setting. ``best`` has the smallest mean,
    where the means can be compared and small ones are good.
    """

    columns: Axis
    rows: Axis
    row_values: tuple[SettingValue | None, ...]
    points: tuple[tuple[Point | None, ...], ...]
    mean: npt.NDArray[np.float64]
    sd: npt.NDArray[np.float64]
    count: npt.NDArray[np.int64]
    best: Place | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.row_values), len(self.columns.values)

    @property
    def range(self) -> tuple[float, float]:
        """The smallest and the largest mean. There must be one."""
        return float(np.nanmin(self.mean)), float(np.nanmax(self.mean))


def table_of(summary: Summary, name: str) -> SweepTable | None:
    """What ``name`` is at every pair of values; None where fewer than two settings were swept."""
    if len(summary.axes) < 2:
        return None
    columns, rows = summary.axes
    found = {(point.series, point.x): point for point in points(summary, name)}
    without = any(rows.name not in run.settings for run in summary.runs)
    row_values = (*rows.values, *([None] if without else []))
    table = tuple(tuple(found.get((row, column)) for column in columns.values) for row in row_values)
    best = best_of(list(found.values())) if is_better_small(summary, name) else None
    place = None if best is None else (row_values.index(best.series), columns.values.index(best.x))
    return SweepTable(
        columns=columns,
        rows=rows,
        row_values=row_values,
        points=table,
        mean=np.array([[np.nan if point is None else point.mean for point in row] for row in table]),
        sd=np.array([[np.nan if point is None else point.sd for point in row] for row in table]),
        count=np.array([[0 if point is None else len(point.values) for point in row] for row in table]),
        best=place,
    )
