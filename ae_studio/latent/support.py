"""Is there any data here? A k-nearest-neighbour density of the codes of one moment. Knows neither torch nor Qt.

Where the k-th nearest of n codes (d numbers each) is r_k away, their density is about k / (n V_d r_k^d), V_d the volume
of the unit ball (Loftsgaarden & Quesenberry 1965). So r_k alone says which of two places has more data near it, and
the codes' own r_k say what is usual. Distances are straight lines between codes, in every space.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes

Numbers = npt.NDArray[np.float64]

NEIGHBOURS = 20  # k: few enough to see a gap between classes, enough that one stray code is no data
TREE_DIM = 8  # numbers in a code up to which a tree is faster than all distances
CHUNK = 512  # places whose distances to all codes are held at once
EDGE = 0.10  # share of the codes that are as remote, or more: below it a place is at the edge
OFF = 0.01  # likewise: below it a place is off the data


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """Of m places: codes within the radius ``near`` (m,), distances to the nearest code and to the k-th (m,).

    ``share`` (m,): of the codes themselves those in as thin a place or a thinner one; 1 where it is densest.
    """

    near: npt.NDArray[np.int64]
    nearest: Numbers
    kth: Numbers
    share: Numbers

    def words(self, index: int = 0) -> str:
        """``"on the data (37 codes near)"``, or at its edge, or off it."""
        return self.wordings(index)[0]

    def wordings(self, index: int = 0) -> tuple[str, ...]:
        """:meth:`words`, and shorter ways to say the same."""
        near, away = int(self.near[index]), rounded_down(float(self.nearest[index]))
        count = "1 code near" if near == 1 else f"{near:,} codes near"
        if self.share[index] >= EDGE:
            return f"on the data ({count})", f"on it ({count})", "on the data"
        place, short = ("at the edge of the data", "at the edge") if self.share[index] >= OFF else ("off the data",) * 2
        if near:
            return f"{place} ({count})", f"{short} ({count})", short
        return f"{place}: no code within {away}", f"{short}: none within {away}", short

    def likelihood(self, index: int = 0) -> str:
        """How usual so much density is: ``"73 % of the codes are in a thinner place"``."""
        return f"{100 * self.share[index]:.0f} % of the codes are in a place as thin, or thinner"


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """The codes (n, d), and what is usual among them.

    ``own`` (n,): the distance of each code to its ``k``-th neighbour, ascending. ``radius``: the median of these.
    """

    codes: Codes
    k: int
    own: Numbers
    _tree: Any
    _mean: Codes
    _centred: Codes
    _squares: npt.NDArray[np.float32]

    @property
    def radius(self) -> float:
        return float(np.median(self.own))

    def at(self, codes: Codes) -> Nearness:
        """How near the data places (m, d) are; one place takes tens of microseconds where d is 2, 0.2 ms where 256."""
        nearest, kth = self.distances(codes)
        near = self._count(codes)
        thinner = len(self.own) - np.searchsorted(self.own, kth * (1 - 1e-6), side="left")
        return Nearness(near, nearest, kth, thinner / len(self.own))

    def distances(self, codes: Codes, itself: bool = False) -> tuple[Numbers, Numbers]:
        """Of places (m, d) the distances to the nearest code and to the k-th; ``itself``: of codes, to the others."""
        first = 1 if itself else 0
        wanted = self.k + first
        if self._tree is not None:
            found = np.asarray(self._tree.query(codes, k=[first + 1, wanted])[0], dtype=np.float64)  # (m, 2)
            return found[:, 0], found[:, 1]
        parts = []
        for squared in self._squared(codes):
            lowest = np.partition(squared, sorted({first, wanted - 1}), axis=1)
            parts.append(np.sqrt(lowest[:, [first, wanted - 1]]))
        found = np.concatenate(parts).astype(np.float64)
        return found[:, 0], found[:, 1]

    def _count(self, codes: Codes) -> npt.NDArray[np.int64]:
        reach = self.radius * (1 + 1e-6)  # where all distances agree, they are within
        if self._tree is not None:
            return np.asarray(self._tree.query_ball_point(codes, reach, return_length=True), dtype=np.int64)
        return np.concatenate([(part <= reach**2).sum(axis=1) for part in self._squared(codes)]).astype(np.int64)

    def _squared(self, codes: Codes) -> Any:
        """Squared distances (some, n) of the places to all codes, some places at a time."""
        for start in range(0, max(1, len(codes)), CHUNK):
            part = (codes[start : start + CHUNK] - self._mean).astype(np.float32)
            squares = np.square(part).sum(axis=1)[:, None] + self._squares
            yield np.maximum(squares - 2 * (part @ self._centred.T), 0)


def fit_support(codes: Codes) -> Support | None:
    """The support that codes (n, d) give; None where there are too few of them, or some are not numbers."""
    if len(codes) < 3 or not np.isfinite(codes).all():
        return None
    from scipy.spatial import cKDTree

    k = min(NEIGHBOURS, max(1, len(codes) // 10))
    mean = codes.mean(axis=0)
    centred = (codes - mean).astype(np.float32)  # far from zero, squares would leave no digits for differences
    tree = cKDTree(codes) if codes.shape[1] <= TREE_DIM else None
    squares = np.square(centred).sum(axis=1)
    fresh = Support(codes, k, np.zeros(0), tree, mean, centred, squares)
    own = np.sort(fresh.distances(codes, itself=True)[1])
    return Support(codes, k, own, tree, mean, centred, squares)


class _Same:
    """Codes as a key: the same array, not one that is equal."""

    __slots__ = ("codes",)

    def __init__(self, codes: Codes) -> None:
        self.codes = codes

    def __hash__(self) -> int:
        return id(self.codes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.codes is self.codes


@lru_cache(maxsize=2)
def _kept(key: _Same) -> Support | None:
    return fit_support(key.codes)


def support_of(codes: Codes) -> Support | None:
    """:func:`fit_support`, computed once for all who ask about the codes of one look."""
    return _kept(_Same(codes))


def opacity(support: Support, kth: Numbers, floor: float = 0.15) -> Numbers:
    """How strongly to show a place whose k-th code is ``kth`` (m,) away: 1 on the data, towards ``floor`` off it.

    In a plane it is the density there over that at the edge of the data, where that is below 1.
    """
    edge = max(float(np.quantile(support.own, 1 - EDGE / 2)), 1e-12)
    return np.maximum(floor, np.minimum(1.0, (edge / np.maximum(kth, 1e-12)) ** 2))


def rounded_down(value: float) -> str:
    """With two digits that count, never above the value: ``"1.2"``, ``"34"``, ``"0.056"``."""
    if value <= 0 or not math.isfinite(value):
        return "0"
    digits = 1 - math.floor(math.log10(value) + 1e-9)
    floored = math.floor(value * 10.0**digits + 1e-9) / 10.0**digits
    return f"{floored:,.{max(0, digits)}f}"
