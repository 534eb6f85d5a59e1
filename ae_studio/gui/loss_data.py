"""The numbers behind the loss plot: every step is kept, and as much is drawn as a screen can show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FIRST_ROOM = 4096  # values; the room doubles when it is full


class GrowingArray:
    """Floats that are appended to at the cost of a copy now and then."""

    def __init__(self) -> None:
        self._room = np.empty(FIRST_ROOM)
        self._count = 0

    def extend(self, values: npt.ArrayLike) -> None:
        new = np.asarray(values, dtype=np.float64)
        needed = self._count + len(new)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)))
            room[: self._count] = self._room[: self._count]
            self._room = room
        self._room[self._count : needed] = new
        self._count = needed

    @property
    def values(self) -> Floats:
        return self._room[: self._count]


class LossData:
    """Terms of every step, and of every epoch by split."""

    def __init__(self, steps_per_epoch: int = 1) -> None:
        self.steps_per_epoch = max(1, steps_per_epoch)
        self.steps = GrowingArray()
        self.terms: dict[str, GrowingArray] = {}
        self.epochs: dict[str, dict[int, dict[str, float]]] = {"train": {}, "validation": {}}

    def add_steps(self, steps: npt.ArrayLike, terms: Mapping[str, npt.ArrayLike]) -> None:
        self.steps.extend(steps)
        for name, values in terms.items():
            self.terms.setdefault(name, GrowingArray()).extend(values)

    def add_epoch(self, epoch: int, split: str, terms: Mapping[str, float]) -> None:
        if terms:
            self.epochs[split][epoch] = dict(terms)

    @property
    def names(self) -> list[str]:
        """Every term, the loss first."""
        rows = [row for split in self.epochs.values() for row in split.values()]
        names = dict.fromkeys([*self.terms, *(name for row in rows for name in row)])
        return sorted(names, key=lambda name: name != "loss")

    def epoch_curve(self, name: str, split: str) -> tuple[Floats, Floats]:
        """Epochs and the term's values."""
        rows = self.epochs[split]
        pairs = [(epoch, rows[epoch][name]) for epoch in sorted(rows) if name in rows[epoch]]
        table = np.asarray(pairs, dtype=np.float64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def step_curve(self, name: str, columns: int) -> tuple[Floats, Floats]:
        """The steps' values over epochs: all, or where they are many the least and the largest of each column."""
        if name not in self.terms:
            return np.empty(0), np.empty(0)
        values = self.terms[name].values
        return envelope(self.steps.values[: len(values)] / self.steps_per_epoch, values, columns)

    def range_of(self, curves: Collection[tuple[str, str]]) -> tuple[float, float] | None:
        """Least and largest value worth seeing: of the epochs behind the first two, else of most of the steps.

        ``curves`` are pairs of a term and a split; any split but an epoch's is that of the single steps.
        """
        by_epoch = [self.epoch_curve(name, split) for name, split in curves if split in self.epochs]
        by_step = [name for name, split in curves if split not in self.epochs and name in self.terms]
        last = max((x[-1] for x, _ in by_epoch if len(x)), default=0.0)
        shown = [y[x >= min(1.0, last)] for x, y in by_epoch]
        if last < 2:
            shown += [np.quantile(self.terms[name].values, [0.02, 0.9]) for name in by_step]
        values = np.concatenate([np.empty(0), *shown])
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else None


def envelope(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """As many points as ``columns`` can show: the least and the largest value of each, so that no spike is lost."""
    if len(x) <= 2 * columns:
        return x, y
    starts = np.linspace(0, len(x), columns + 1).astype(np.int64)[:-1]
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.column_stack([low, high]).ravel()
