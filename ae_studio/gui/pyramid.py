"""The least, the largest and the mean of any stretch of very many numbers, at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ae_studio.gui.growing import GrowingArray

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

FACTOR = 16  # numbers of a level that one of the next stands for
FEW = 2 * FACTOR  # numbers that are looked at one by one
AT_ONCE = 1 << 20  # numbers appended at a time: bounds the memory that this takes meanwhile


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Of n stretches ``low``, ``high`` and ``mean`` (n,), NaN of an empty one, and their ``count`` (n,) of numbers."""

    low: Floats
    high: Floats
    mean: Floats
    count: Floats

    def __getitem__(self, part: slice) -> Stretches:
        return Stretches(self.low[part], self.high[part], self.mean[part], self.count[part])

    def scaled(self, factor: float) -> Stretches:
        """Of the numbers times this factor."""
        low, high = (self.low, self.high) if factor >= 0 else (self.high, self.low)
        return Stretches(factor * low, factor * high, factor * self.mean, self.count)


class _Level:
    """The summary of whole blocks: ``low``, ``high`` and ``mean`` of each."""

    def __init__(self) -> None:
        self.low, self.high, self.mean = (GrowingArray(np.float32) for _ in range(3))

    @property
    def arrays(self) -> tuple[npt.NDArray[np.float32], ...]:
        return self.low.values, self.high.values, self.mean.values

    def truncate(self, count: int) -> None:
        for array in (self.low, self.high, self.mean):
            array.truncate(count)


class Pyramid:
    """Numbers with summaries of 16, 256, … of them, made as they come; what is not finite counts as missing.

    A number takes 4 bytes, and its share of the summaries 0.8, or up to twice that while the room is new. A stretch
    costs a few dozen looks, however long it is. The mean is exact but for rounding, where nothing is missing.
    """

    def __init__(self) -> None:
        self._numbers = GrowingArray(np.float32)
        self._levels: list[_Level] = []

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def values(self) -> npt.NDArray[np.float32]:
        return self._numbers.values

    def extend(self, values: npt.ArrayLike) -> None:
        new = np.asarray(values, dtype=np.float32)
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            self._numbers.extend(np.where(np.isfinite(part), part, np.float32(np.nan)))
            self._summarise()

    def truncate(self, count: int) -> None:
        """Keeps the first ``count`` alone."""
        self._numbers.truncate(count)
        for level in self._levels:
            count //= FACTOR
            level.truncate(count)

    def _summarise(self) -> None:
        below: tuple[npt.NDArray[np.float32], ...] = (self.values,) * 3
        for number in range(64):
            blocks = len(below[0]) // FACTOR
            if not blocks:
                return
            if number == len(self._levels):
                self._levels.append(_Level())
            level = self._levels[number]
            done = len(level.low)
            low, high, mean = (each[done * FACTOR : blocks * FACTOR].reshape(-1, FACTOR) for each in below)
            if len(low):
                level.low.extend(np.fmin.reduce(low, axis=1))
                level.high.extend(np.fmax.reduce(high, axis=1))
                level.mean.extend(_mean_of_known(mean))
            below = level.arrays

    def over(self, starts: Indices, stops: Indices) -> Stretches:
        """Of the numbers from ``starts`` (n,) to before ``stops`` (n,)."""
        found = _Found(len(starts))
        for each in _looks(starts.astype(np.int64).tobytes(), stops.astype(np.int64).tobytes(), len(self._levels)):
            arrays = (self.values,) * 3 if each.level == 0 else self._levels[each.level - 1].arrays
            found.take(arrays, each)
        return found.stretches()


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """At the ``places`` of a level; those of each of the stretches ``some`` begin at one of ``begins``."""

    level: int
    some: Indices
    begins: Indices
    places: Indices


@lru_cache(maxsize=1)  # one term after the other is asked for the same stretches
def _looks(starts_as_bytes: bytes, stops_as_bytes: bytes, levels: int) -> tuple[_Look, ...]:
    """What there is to be looked at for stretches (n,), of int64: at both ends single numbers, between them blocks."""
    starts = np.frombuffer(starts_as_bytes, dtype=np.int64)
    stops = np.maximum(starts, np.frombuffer(stops_as_bytes, dtype=np.int64))
    found: list[_Look] = []
    for level in range(levels + 1):
        if level == levels or not (stops - starts > FEW).any():
            found += _look(level, starts, stops)
            break
        inner, end = -(-starts // FACTOR), stops // FACTOR
        whole = end > inner
        found += _look(level, starts, np.where(whole, inner * FACTOR, stops))
        found += _look(level, np.where(whole, end * FACTOR, stops), stops)
        starts, stops = np.where(whole, inner, 0), np.where(whole, end, 0)
    return tuple(found)


def _look(level: int, starts: Indices, stops: Indices) -> tuple[_Look, ...]:
    """None, where no stretch has anything there."""
    some = np.flatnonzero(stops > starts)
    if not len(some):
        return ()
    lengths = (stops - starts)[some]
    begins = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(starts[some] - begins, lengths)
    return (_Look(level, some, begins, places),)


class _Found:
    """What is known of each stretch so far."""

    def __init__(self, count: int) -> None:
        self._low, self._high = np.full(count, np.nan), np.full(count, np.nan)
        self._total, self._count = np.zeros(count), np.zeros(count)

    def take(self, arrays: tuple[npt.NDArray[np.float32], ...], look: _Look) -> None:
        """More of some, from ``low``, ``high`` and ``mean`` of the look's level."""
        some, begins, size = look.some, look.begins, FACTOR**look.level
        mean = arrays[2][look.places]
        low, high = (mean, mean) if look.level == 0 else (arrays[0][look.places], arrays[1][look.places])
        known = ~np.isnan(mean)
        self._low[some] = np.fmin(self._low[some], np.fmin.reduceat(low, begins))
        self._high[some] = np.fmax(self._high[some], np.fmax.reduceat(high, begins))
        self._total[some] += size * np.add.reduceat(np.where(known, mean, 0.0), begins, dtype=np.float64)
        self._count[some] += size * np.add.reduceat(known, begins, dtype=np.float64)

    def stretches(self) -> Stretches:
        with np.errstate(invalid="ignore"):
            return Stretches(self._low, self._high, self._total / self._count, self._count)


def _mean_of_known(rows: npt.NDArray[np.float32]) -> Floats:
    """Over each row what is not missing; NaN where all of it is."""
    known = ~np.isnan(rows)
    total = np.where(known, rows, 0.0).sum(axis=1, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        mean: Floats = total / known.sum(axis=1)
    return mean
