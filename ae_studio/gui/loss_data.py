"""The numbers behind the loss plot: every step is kept, and any part of them can be drawn at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.gui.growing import GrowingArray
from ae_studio.gui.pyramid import Floats, Indices, Pyramid, Stretches
from ae_studio.runs.weights import WeightLine

SPLITS = ("train", "validation")
Ends = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class StepSeries:
    """A term of every step, times a ``factor``."""

    pyramid: Pyramid
    factor: float = 1.0

    def __len__(self) -> int:
        return len(self.pyramid)

    def over(self, starts: Indices, stops: Indices) -> Stretches:
        found = self.pyramid.over(starts, stops)
        return found if self.factor == 1 else found.scaled(self.factor)

    def values(self, part: slice) -> Floats:
        return self.factor * self.pyramid.values[part].astype(np.float64)


class LossData:
    """Terms of every step, of every epoch by split, and what each term weighs in the loss.

    A step takes 8 bytes, and 5 to 10 for each of its terms: 10 million steps of four terms 300 to 500 MB. As many again
    take the weighted terms, once they are seen, of those whose weight changed.
    """

    def __init__(self, steps_per_epoch: int = 1) -> None:
        self.steps_per_epoch = max(1, steps_per_epoch)
        self._steps = GrowingArray(np.int64)
        self.terms: dict[str, Pyramid] = {}
        self._weighted: dict[str, Pyramid] = {}
        self.epochs: dict[str, dict[int, dict[str, float]]] = {split: {} for split in SPLITS}
        self.weights: dict[str, WeightLine] = {}
        self._mean_weights: dict[tuple[str, int, str], float] = {}

    @classmethod
    def of(cls, history: Any) -> LossData:
        """Of a :class:`ae_studio.runs.history.History`."""
        data = cls(history.steps_per_epoch)
        data.weights = {term: WeightLine.of(*rows) for term, rows in history.weights.items()}
        later = np.maximum.accumulate(np.concatenate([[0], history.steps]))[:-1]
        known = np.asarray(history.steps) > later  # a damaged file may tell a step twice
        data.add_steps(history.steps[known], {name: values[known] for name, values in history.terms.items()})
        for split in SPLITS:
            for epoch, terms in getattr(history, split).items():
                data.add_epoch(epoch, split, {name: value for name, value in terms.items() if name != "lr"})
        return data

    @property
    def last_epoch(self) -> int:
        """The one that was begun last, whether it came to its end or not; at least 1."""
        begun = -(-int(self.steps[-1]) // self.steps_per_epoch) if len(self._steps) else 1
        return max(1, begun, *self.epochs["validation"])

    # What comes

    def add_steps(self, steps: npt.ArrayLike, terms: Mapping[str, npt.ArrayLike], weights: Ends | None = None) -> None:
        """Steps (n,) in their order, n values of each term, and each term's weight at the first and the last of them.

        Steps that were there before come again where a run was taken back: those known from there on are forgotten.
        """
        new = np.asarray(steps, dtype=np.int64)
        if not len(new):
            return
        if len(self._steps) and new[0] <= self.steps[-1]:
            self._forget_from(int(new[0]))
        before = len(self._steps)
        self._steps.extend(new)
        for name, ends in (weights or {}).items():
            self.weights.setdefault(name, WeightLine()).add((int(new[0]), int(new[-1])), ends)
        for name in dict.fromkeys([*self.terms, *terms]):
            values = np.asarray(terms.get(name, np.full(len(new), np.nan)), dtype=np.float32)
            if name not in self.terms:
                self.terms[name] = Pyramid()
                self.terms[name].extend(np.full(before, np.nan))
            self.terms[name].extend(values)
            if name in self._weighted:
                self._weighted[name].extend(values * self.weights[name].at(new))

    def _forget_from(self, step: int) -> None:
        keep = int(np.searchsorted(self.steps, step))
        self._steps.truncate(keep)
        for pyramid in (*self.terms.values(), *self._weighted.values()):
            pyramid.truncate(keep)
        for line in self.weights.values():
            line.truncate(step - 1)
        self._mean_weights.clear()

    def add_epoch(self, epoch: int, split: str, terms: Mapping[str, float]) -> None:
        if terms:
            self.epochs[split][epoch] = dict(terms)

    # What is known

    @property
    def steps(self) -> npt.NDArray[np.int64]:
        return self._steps.values

    @property
    def names(self) -> list[str]:
        """Every term, the loss first."""
        names = dict.fromkeys([*self.terms, *(name for row in self._rows() for name in row)])
        return sorted(names, key=lambda name: name != "loss")

    def _rows(self) -> Iterator[dict[str, float]]:
        for rows in self.epochs.values():
            yield from rows.values()

    def series(self, name: str) -> StepSeries | None:
        """The term at every step; None for one that only epochs have."""
        return StepSeries(self.terms[name]) if name in self.terms else None

    def weighted(self, name: str) -> StepSeries | None:
        """The term's part of the loss at every step."""
        line, raw = self.weights.get(name), self.terms.get(name)
        if line is None or raw is None or not line.values:
            return None
        if line.constant and name not in self._weighted:
            return StepSeries(raw, line.values[0])
        if name not in self._weighted:
            self._weighted[name] = Pyramid()
            self._weighted[name].extend(raw.values * line.at(self.steps))
        return StepSeries(self._weighted[name])

    def mean_weight(self, name: str, epoch: int, split: str) -> float:
        """Over the epoch's steps in training; in validation, which comes behind them, that of the last."""
        line, key = self.weights[name], (name, epoch, split)
        if line.constant:
            return line.values[0]
        if key not in self._mean_weights:
            last = epoch * self.steps_per_epoch
            first = last - self.steps_per_epoch + 1 if split == "train" else last
            self._mean_weights[key] = float(line.at(np.arange(first, last + 1)).mean())
        return self._mean_weights[key]
