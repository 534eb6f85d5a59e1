"""What the pixel columns of a plot show of the steps that fall into them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.gui.loss_data import StepSeries
from ae_studio.gui.pyramid import Floats, Indices, Stretches
from ae_studio.gui.smoothing import reach_of, smoothed

Steps = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """``count`` pixel columns, from ``left`` on, each ``width`` wide; in epochs."""

    left: float
    width: float
    count: int

    def centres(self) -> Floats:
        """(count,), in epochs."""
        centres: Floats = self.left + self.width * (np.arange(self.count, dtype=np.float64) + 0.5)
        return centres

    def edges(self, steps: Steps, steps_per_epoch: int, margin: int = 0) -> Indices:
        """Where among the steps (n,) each column begins, (count + 2 margin + 1,), with so many more on either side.

        A column holds the steps from its left edge to before its right one.
        """
        numbers = np.arange(-margin, self.count + margin + 1)
        at = np.ceil((self.left + self.width * numbers) * steps_per_epoch)
        bounded = np.clip(at, -(2.0**62), 2.0**62).astype(np.int64)  # integers: else all steps would be made floats
        return np.searchsorted(steps, bounded).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnCurve:
    """A curve as columns show it: the least and the largest of each column or, where they are few, the single steps.

    ``x`` (n,) in epochs; ``low`` and ``high`` (n,) are the same for single steps, of which one more is there on either
    side of what is seen. ``smooth`` (count,) is the smooth line at the centres of the columns, None where none is asked
    for, and NaN where there are no steps.
    """

    single: bool
    x: Floats
    low: Floats
    high: Floats
    smooth: Floats | None


def column_curve(
    series: StepSeries, steps: Steps, steps_per_epoch: int, columns: Columns, sigma: float = 0.0
) -> ColumnCurve:
    """The series over these columns, its smooth line by a Gaussian of ``sigma`` columns.

    Its cost is that of the columns, however many the steps are. Of a series that has grown since, as one does that is
    painted while it is trained, only what belongs to these steps is there.
    """
    steps = steps[: len(series)]
    margin = reach_of(sigma)
    edges = columns.edges(steps, steps_per_epoch, margin)
    found = series.over(edges[:-1], edges[1:])
    smooth = _smooth_line(found, sigma, margin, columns) if sigma > 0 else None
    first, last = int(edges[margin]), int(edges[-1 - margin])
    if last - first <= columns.count:
        part = slice(max(0, first - 1), min(last + 1, len(steps)))
        values = series.values(part)
        return ColumnCurve(True, steps[part] / steps_per_epoch, values, values, smooth)
    inside = found[margin : margin + columns.count]
    return ColumnCurve(False, columns.centres(), inside.low, inside.high, smooth)


def _smooth_line(found: Stretches, sigma: float, margin: int, columns: Columns) -> Floats:
    line = smoothed(found.mean, found.count, sigma)
    there = np.flatnonzero(found.count)
    if len(there):  # not before the first step, nor behind the last
        line[: there[0]] = np.nan
        line[there[-1] + 1 :] = np.nan
    return line[margin : margin + columns.count]


def envelope(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """As many points as ``columns`` can show: the least and the largest value of each, so that no spike is lost."""
    if len(x) <= 2 * columns:
        return x, y
    starts = np.linspace(0, len(x), columns + 1).astype(np.int64)[:-1]
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.column_stack([low, high]).ravel()
