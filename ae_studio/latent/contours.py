"""Lines of equal value over a plane, and the ranges between them. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Values (rows, columns) at the crossings of ``x`` (columns,) and ``y`` (rows,), both ascending."""

    x: Numbers
    y: Numbers
    values: Numbers

    def lines(self, level: float) -> list[Points]:
        """Where the values cross a level: lines of points (k, 2), each closed or ending at the rim."""
        return [line.astype(np.float32) for line in self._generator().lines(level) if len(line) > 2]

    def regions(self, low: float, high: float) -> list[list[Points]]:
        """Where the values are between two levels: polygons, each a rim (k, 2) and the rims of its holes."""
        points, offsets = self._generator().filled(low, high)
        return [
            [part.astype(np.float32) for part in np.split(ring, ends[1:-1].astype(np.int64))]
            for ring, ends in zip(points, offsets, strict=True)
        ]

    def _generator(self) -> Any:
        from contourpy import FillType, LineType, contour_generator

        kept = FillType.OuterOffset
        return contour_generator(self.x, self.y, self.values, line_type=LineType.Separate, fill_type=kept)


def grid_over(left: float, right: float, bottom: float, top: float, step: float) -> tuple[Numbers, Numbers]:
    """Places ``step`` apart, multiples of it, so that they stay in the world while the window moves; x (c,), y (r,)."""
    x, y = (
        np.arange(np.floor(low / step) - 1, np.ceil(high / step) + 2) * step
        for low, high in ((left, right), (bottom, top))
    )
    return x, y


def points_of(x: Numbers, y: Numbers) -> Points:
    """All crossings, (rows * columns, 2), row after row."""
    across, up = np.meshgrid(x, y)
    return np.stack([across.ravel(), up.ravel()], axis=1).astype(np.float32)


def mass_levels(values: Numbers, mass: Numbers, shares: tuple[float, ...]) -> list[float]:
    """For each share the level so that where the ``values`` are above it there is so much of all ``mass``."""
    order = np.argsort(values, axis=None)[::-1]
    held = np.cumsum(mass.ravel()[order])
    if held[-1] <= 0:
        return [0.0 for _ in shares]
    last = [min(int(np.searchsorted(held, share * held[-1])), len(held) - 1) for share in shares]
    return [float(values.ravel()[order[index]]) for index in last]
