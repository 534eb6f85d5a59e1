"""What the terms of a loss were multiplied by, step by step: a run's ``weights.csv``. Knows no torch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int64]
Weights = dict[str, tuple[Steps, Floats]]
"""For every term that has one, the steps where its weight was written down, and the weights."""


@dataclass(slots=True)
class WeightLine:
    """One term's weight: a straight line from row to row, and constant before the first and behind the last."""

    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, steps: npt.ArrayLike, values: npt.ArrayLike) -> WeightLine:
        """Rows as they stand in a file, in any order; of two at the same step the later one holds."""
        rows = dict(zip(np.asarray(steps).tolist(), np.asarray(values).tolist(), strict=True))
        order = sorted(rows)
        return cls(order, [rows[step] for step in order])

    def add(self, steps: tuple[int, int], values: tuple[float, float]) -> None:
        """What holds at the first and at the last of some steps behind those that are known.

        As :meth:`ae_studio.training.run_folder.RunFolder.append_weights` writes it: until a jump it was as it had been.
        """
        first, last = steps
        if self.values and values[0] != self.values[-1] and self.steps[-1] < first - 1:
            self._append(first - 1, self.values[-1])
        for step, value in ((first, values[0]), (last, values[1])):
            if not self.values or value != self.values[-1]:
                self._append(step, value)

    def _append(self, step: int, value: float) -> None:
        if self.steps and self.steps[-1] == step:
            self.values[-1] = value
        else:
            self.steps.append(step)
            self.values.append(value)

    def truncate(self, step: int) -> None:
        """Forgets all behind this step: the run was taken back, and goes on from there."""
        keep = bisect_right(self.steps, step)
        if 0 < keep < len(self.steps) and self.steps[keep - 1] < step:
            value = float(self.at([step])[0])
            self.steps[keep:], self.values[keep:] = [step], [value]
        elif keep:
            self.steps[keep:], self.values[keep:] = [], []

    @property
    def constant(self) -> bool:
        return len(set(self.values)) <= 1

    def at(self, steps: npt.ArrayLike) -> Floats:
        """The weights (n,) at these steps (n,)."""
        return np.asarray(np.interp(np.asarray(steps, dtype=np.float64), self.steps, self.values), dtype=np.float64)


def read_weight_row(line: str) -> tuple[int, str, float]:
    """Raises ValueError for a row that is none, or was cut short."""
    step, term, value = line.rstrip("\r\n").split(",")
    number = float(value)
    if not line.endswith("\n") or not np.isfinite(number):
        raise ValueError
    return int(step), term, number


def read_weights(path: Path) -> tuple[Weights, int]:
    """What can be read of the file, and how many of its rows cannot; nothing where there is none."""
    rows: dict[str, tuple[list[int], list[float]]] = {}
    bad = 0
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            next(file, None)
            for line in file:
                try:
                    step, term, value = read_weight_row(line)
                except ValueError:
                    bad += 1
                    continue
                steps, values = rows.setdefault(term, ([], []))
                steps.append(step)
                values.append(value)
    except OSError:
        return {}, 0
    return {term: _as_arrays(WeightLine.of(*each)) for term, each in rows.items()}, bad


def _as_arrays(line: WeightLine) -> tuple[Steps, Floats]:
    return np.asarray(line.steps, dtype=np.int64), np.asarray(line.values, dtype=np.float64)


def weights_between(lines: Mapping[str, WeightLine], first: int, last: int) -> dict[str, tuple[float, float]]:
    """Of each term, at the first and the last of some steps."""
    return {term: (float(ends[0]), float(ends[1])) for term, line in lines.items() for ends in [line.at([first, last])]}
