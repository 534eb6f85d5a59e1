"""Places for decoded images in the window of a plane. Knows neither torch nor Qt.

The places hang in the world, not on the screen: while the window moves they stay, and while it zooms in, between two
old ones there comes a new one at every power of two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Spacing = Literal["linear", "quantile"]

MOST_CELLS = 600  # of one lattice: on a larger screen cells are larger, since decoding more would take too long
FARTHEST_QUANTILE = 1e-9  # mass of the prior beyond the last cell: six standard deviations
BULK = 2.5  # standard deviations of the prior within which quantile cells are counted: beyond there are hardly any


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """Along one axis n cells beside each other: where each is decoded, ``centres`` (n,), and its ``edges`` (n, 2)."""

    centres: Numbers
    edges: Numbers

    def __len__(self) -> int:
        return len(self.centres)

    def to_nearer_edge(self) -> Numbers:
        """From each centre, (n,)."""
        return np.maximum(np.abs(self.edges - self.centres[:, None]).min(axis=1), 0)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Cells in columns and rows; rows go upwards, as y does."""

    x: Ticks
    y: Ticks

    def points(self) -> npt.NDArray[np.float32]:
        """Where each cell is decoded, (rows * columns, 2), row after row from the lowest."""
        x, y = np.meshgrid(self.x.centres, self.y.centres)
        return np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)

    def sizes(self) -> Numbers:
        """Width and height of each cell, (rows * columns, 2)."""
        width, height = np.meshgrid(np.ptp(self.x.edges, axis=1), np.ptp(self.y.edges, axis=1))
        return np.stack([width.ravel(), height.ravel()], axis=1)

    def holds(self, points: npt.NDArray[np.float32], reach: float = 0.5) -> npt.NDArray[np.bool_]:
        """Which cells (rows * columns,) their own code lies in, when it is seen at these points (rows * columns, 2).

        On a flat space all do. A sphere's or ball's code is put back onto it, a codebook's onto an entry, and may then
        lie in another cell. ``reach``: of the cell's size, how far from its middle a code may be.
        """
        off = np.abs(points - self.points())
        half = self.sizes() * reach
        return np.asarray((off <= half * (1 + 1e-3) + 1e-9).all(axis=1))

    def squares(self) -> Numbers:
        """Left, bottom and size of the largest square around each cell's place that stays within it, (n, 3)."""
        x, y = np.meshgrid(self.x.centres, self.y.centres)
        to_x, to_y = np.meshgrid(self.x.to_nearer_edge(), self.y.to_nearer_edge())
        half = np.minimum(to_x, to_y).ravel()
        return np.stack([x.ravel() - half, y.ravel() - half, 2 * half], axis=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The window of the plane, in world units, and how many ``pixels`` a unit takes on the screen."""

    left: float
    right: float
    bottom: float
    top: float
    pixels: float


@dataclass(frozen=True, slots=True)
class Normal:
    """The prior as the plane sees it: around a ``centre``, with this standard deviation every way."""

    centre: tuple[float, float] = (0.0, 0.0)
    sd: float = 1.0


def make_grid(bounds: Bounds, cell: float, prior: Normal | None = None, *, line: bool = False) -> Grid:
    """The cells that the window shows, each about ``cell`` pixels wide.

    With a ``prior`` each column, and each row, holds the same share of it, and the image is that of its middle, the
    inverse CDF of evenly spaced shares (Kingma & Welling 2014, figure 4). ``line``: codes of one number, a single row.
    """
    while True:
        x = _ticks(bounds.left, bounds.right, cell / bounds.pixels, prior, 0)
        y = _ticks(bounds.bottom, bounds.top, cell / bounds.pixels, prior, 1)
        if line:
            half = cell / bounds.pixels / 2
            y = Ticks(np.zeros(1), np.array([[-half, half]]))
        if len(x) * len(y) <= MOST_CELLS:
            return Grid(x, y)
        cell *= 2


def _ticks(low: float, high: float, wished: float, prior: Normal | None, axis: int) -> Ticks:
    if prior is not None:
        return quantile_ticks(low, high, wished, prior.centre[axis], prior.sd)
    return linear_ticks(low, high, wished)


def linear_ticks(low: float, high: float, wished: float) -> Ticks:
    """Cells from ``low`` to ``high``, as wide as the power of two nearest to what is wished; zero is a centre."""
    step = 2.0 ** round(math.log2(wished))
    indices = np.arange(math.floor(low / step + 0.5), math.ceil(high / step - 0.5) + 1)
    centres = indices.astype(np.float64) * step
    return Ticks(centres, np.stack([centres - step / 2, centres + step / 2], axis=1))


def quantile_ticks(low: float, high: float, wished: float, centre: float = 0.0, sd: float = 1.0) -> Ticks:
    """Cells from ``low`` to ``high`` that hold equal shares of N(centre, sd^2).

    So many, a power of two, that those seen are as many as cells of the wished width would be.
    """
    from scipy.special import ndtr, ndtri

    reach = -float(ndtri(FARTHEST_QUANTILE))
    low, high = (float(np.clip((each - centre) / sd, -reach, reach)) for each in (low, high))
    first_share, last_share = float(ndtr(low)), float(ndtr(high))
    bulk = np.clip([low, high], -BULK, BULK) if high > -BULK and low < BULK else np.array([low, high])
    seen_share = max(float(np.diff(ndtr(bulk))[0]), FARTHEST_QUANTILE)
    count = 2 ** max(1, round(math.log2(max(float(np.ptp(bulk)) * sd / wished / seen_share, 1))))
    first = min(math.floor(first_share * count), count - 1)
    last = min(count, max(first + 1, math.ceil(last_share * count)))
    shares = np.arange(first, last + 1) / count
    edges = centre + sd * ndtri(np.clip(shares, FARTHEST_QUANTILE, 1 - FARTHEST_QUANTILE))
    centres = centre + sd * ndtri((np.arange(first, last) + 0.5) / count)
    return Ticks(centres, np.stack([edges[:-1], edges[1:]], axis=1))
