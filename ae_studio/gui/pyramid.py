"""The least, the largest and the mean of any stretch of very many numbers, at once."""

from __future__ import annotations

from dataclasses import dataclass

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
        starts, stops = starts.astype(np.int64), np.maximum(starts, stops).astype(np.int64)
        size = 1
        for number in range(len(self._levels) + 1):
            arrays = (self.values,) * 3 if number == 0 else self._levels[number - 1].arrays
            if number == len(self._levels) or not (stops - starts > FEW).any():
                found.take(arrays, starts, stops, size)
                break
            inner, end = -(-starts // FACTOR), stops // FACTOR
            whole = end > inner
            found.take(arrays, starts, np.where(whole, inner * FACTOR, stops), size)
            found.take(arrays, np.where(whole, end * FACTOR, stops), stops, size)
            starts, stops = np.where(whole, inner, 0), np.where(whole, end, 0)
            size *= FACTOR
        return found.stretches()


class _Found:
    """What is known of each stretch so far."""

    def __init__(self, count: int) -> None:
        self._low, self._high = np.full(count, np.nan), np.full(count, np.nan)
        self._total, self._count = np.zeros(count), np.zeros(count)

    def take(self, arrays: tuple[npt.NDArray[np.float32], ...], starts: Indices, stops: Indices, size: int) -> None:
        """More of each: these blocks of ``size`` numbers."""
        lengths = stops - starts
        some = np.flatnonzero(lengths > 0)
        if not len(some):
            return
        lengths = lengths[some]
        ends = np.cumsum(lengths)
        begins = ends - lengths
        places = np.arange(ends[-1]) + np.repeat(starts[some] - begins, lengths)
        mean = arrays[2][places]
        low, high = (mean, mean) if size == 1 else (arrays[0][places], arrays[1][places])
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
