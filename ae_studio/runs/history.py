"""The numbers of a run, read back from its ``metrics.csv``, ``weights.csv`` and ``times.csv``."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ae_studio.runs.weights import Weights, read_weights
from ae_studio.training.run_format import TIMES

SPLITS = ("batch", "train", "validation")
MOST_EPOCHS = 1_000_000  # rows read of the epochs' times


@dataclass(slots=True)
class History:
    """``steps`` (n,) and, for every term, its n values; ``train`` and ``validation`` map an epoch to its terms.

    ``steps_per_epoch`` is 0 while no epoch is done. ``weights`` maps a term to the steps and values of its weight in
    the loss; between two of them it goes in a straight line, and it is constant before the first and behind the last.
    """

    steps: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    terms: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    train: dict[int, dict[str, float]] = field(default_factory=dict)
    validation: dict[int, dict[str, float]] = field(default_factory=dict)
    steps_per_epoch: int = 0
    bad_rows: int = 0
    weights: Weights = field(default_factory=dict)
    bad_weights: int = 0

    def until(self, epoch: int) -> History:
        """As it was at the end of this epoch."""
        count = int(np.searchsorted(self.steps, epoch * self.steps_per_epoch, side="right"))
        return replace(
            self,
            steps=self.steps[:count],
            terms={name: values[:count] for name, values in self.terms.items()},
            train={each: terms for each, terms in self.train.items() if each <= epoch},
            validation={each: terms for each, terms in self.validation.items() if each <= epoch},
        )


def read_history(path: Path) -> History:
    """Everything in the file, and in ``weights.csv`` beside it, that can be read; rows that cannot are counted: after a
    crash the last one.

    Raises OSError where there is no such file.
    """
    history = History()
    batch: dict[str, list[tuple[int, float]]] = {}
    with open(path, encoding="utf-8", errors="replace") as file:
        next(file, None)
        for line in file:
            try:
                epoch, step, split, term, value = read_row(line)
            except ValueError:
                history.bad_rows += 1
                continue
            if split == "batch":
                batch.setdefault(term, []).append((step, value))
            else:
                getattr(history, split).setdefault(epoch, {})[term] = value
                history.steps_per_epoch = step // epoch if epoch else 0
    _fill_steps(history, batch)
    history.weights, history.bad_weights = read_weights(path.with_name("weights.csv"))
    return history


def read_row(line: str) -> tuple[int, int, str, str, float]:
    epoch, step, split, term, value = line.rstrip("\r\n").split(",")
    if split not in SPLITS or not line.endswith("\n"):
        raise ValueError
    return int(epoch), int(step), split, term, float(value)


def read_seconds(run: Path) -> dict[int, float]:
    """How long each epoch took, its validation included; empty of a run that was trained before this was kept."""
    seconds: dict[int, float] = {}
    with suppress(OSError), open(run / TIMES, encoding="utf-8", errors="replace") as file:
        next(file, None)
        for line in islice(file, MOST_EPOCHS):
            epoch, _, value = line.partition(",")
            with suppress(ValueError):  # the last row after a crash
                found = float(value)
                if line.endswith("\n") and math.isfinite(found) and found >= 0:
                    seconds[int(epoch)] = found
    return seconds


def _fill_steps(history: History, batch: dict[str, list[tuple[int, float]]]) -> None:
    """All terms on the steps of the loss; a term without a value there has none at all."""
    if "loss" not in batch:
        return
    history.steps = np.asarray([step for step, _ in batch["loss"]], dtype=np.int64)
    for name, pairs in batch.items():
        if len(pairs) == len(history.steps):
            history.terms[name] = np.asarray([value for _, value in pairs], dtype=np.float32)
