"""The ways to look at a run's losses: which numbers each of them draws, and in which unit."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ae_studio.gui.loss_data import SPLITS, LossData, StepSeries
from ae_studio.gui.pyramid import Floats

Key = Literal["terms", "weighted", "mse", "kl"]
MSE = "mse_per_pixel"
PER_PIXEL = "squared error per pixel"
NO_RUN = "There is no run yet"
NO_WEIGHTS = (
    "What the terms weigh in this run's loss is not known: either the loss is no weighted sum, as the IWAE's, or the "
    "model does not say, or the run was kept before this was written down"
)
NO_MSE = "No epoch has been validated yet"
SMALL = 0.3  # of the loss: a term below this would squash the others, so it waits for a click in the legend
SAMPLED = 500  # stretches of all steps from which the range of an axis is judged


class LossView:
    """A view draws the terms ``names``: their single steps, and their epochs by split."""

    def __init__(self, data: LossData, unit: str = "") -> None:
        self.data = data
        self.unit = unit  # of the loss

    main = "loss"  # the term that everybody compares

    @property
    def value_unit(self) -> str:
        """Of what is drawn."""
        return self.unit

    @property
    def names(self) -> list[str]:
        return self.data.names

    def series(self, name: str) -> StepSeries | None:
        return self.data.series(name)

    def value(self, name: str, epoch: int, split: str) -> float | None:
        return self.data.epochs[split].get(epoch, {}).get(name)

    def epoch_curve(self, name: str, split: str) -> tuple[Floats, Floats]:
        """Epochs and the term's values."""
        pairs = [(epoch, self.value(name, epoch, split)) for epoch in sorted(self.data.epochs[split])]
        table = np.asarray([pair for pair in pairs if pair[1] is not None], dtype=np.float64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def is_trained(self, name: str) -> bool:
        """Whether it has, or may get, a curve of training."""
        return True

    def is_small(self, name: str) -> bool:
        """Whether it would hardly be seen beside the loss."""
        rows = self.data.epochs["validation"]
        row = rows[max(rows)] if rows else {n: float(each.values[-1]) for n, each in self.data.terms.items()}
        return name != self.main and abs(row.get(name, 0.0)) < SMALL * abs(row.get(self.main, 0.0))

    def range_of(self, curves: Collection[tuple[str, str]]) -> tuple[float, float] | None:
        """Least and largest value worth seeing: of the epochs behind the first two, else of most of the steps.

        ``curves`` are pairs of a term and a split; any split but an epoch's is that of the single steps.
        """
        by_epoch = [self.epoch_curve(name, split) for name, split in curves if split in SPLITS]
        last = max((x[-1] for x, _ in by_epoch if len(x)), default=0.0)
        shown = [y[x >= min(1.0, last)] for x, y in by_epoch]
        if last < 2:
            shown += [self._usual_of_steps(name) for name, split in curves if split not in SPLITS]
        values = np.concatenate([np.empty(0), *shown])
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else None

    def _usual_of_steps(self, name: str) -> Floats:
        series = self.series(name)
        if series is None or not len(series):
            return np.empty(0)
        edges = np.linspace(0, len(series), min(len(series), SAMPLED) + 1).astype(np.int64)
        means = series.over(edges[:-1], edges[1:]).mean
        known = means[np.isfinite(means)]
        return np.quantile(known, [0.02, 0.9]) if len(known) else known


class WeightedView(LossView):
    """The parts of the loss: each term times what it weighs, which add up to the loss."""

    @property
    def names(self) -> list[str]:
        return ["loss", *(name for name in self.data.weights if name != "loss")]

    def series(self, name: str) -> StepSeries | None:
        return self.data.series(name) if name == "loss" else self.data.weighted(name)

    def value(self, name: str, epoch: int, split: str) -> float | None:
        value = super().value(name, epoch, split)
        return value if name == "loss" or value is None else value * self.data.mean_weight(name, epoch, split)


class MseView(LossView):
    """The squared error per pixel: of validation, and of training where the loss is measured in it."""

    main = MSE

    @property
    def value_unit(self) -> str:
        return PER_PIXEL

    @property
    def names(self) -> list[str]:
        return [MSE]

    def is_trained(self, name: str) -> bool:
        return self.trained_term is not None

    @property
    def trained_term(self) -> str | None:
        """The term that is this error in training as well."""
        if self.unit != PER_PIXEL:
            return None
        return "reconstruction" if "reconstruction" in self.data.names else "loss"

    def series(self, name: str) -> StepSeries | None:
        return None if self.trained_term is None else self.data.series(self.trained_term)

    def value(self, name: str, epoch: int, split: str) -> float | None:
        if split == "validation":
            return super().value(name, epoch, split)
        return None if self.trained_term is None else super().value(self.trained_term, epoch, split)


@dataclass(frozen=True, slots=True)
class ViewKind:
    """What a view is called, and what it says of itself."""

    title: str
    hint: str
    make: Callable[[LossData, str], LossView] | None = None


KINDS: dict[Key, ViewKind] = {
    "terms": ViewKind("Terms", "Every term of the loss by itself", LossView),
    "weighted": ViewKind(
        "Weighted", "The parts of the loss: each term times its weight; they add up to it", WeightedView
    ),
    "mse": ViewKind("MSE/pixel", "The squared error per pixel, which compares between models", MseView),
    "kl": ViewKind("KL by dim.", "What each latent dimension costs at the epoch that is seen"),
}


def why_not(key: Key, data: LossData) -> str:
    """Why these numbers of a run cannot be drawn; empty where they can, or nothing is known yet.

    Of the bars their look tells.
    """
    if not data.names:
        return ""
    if key == "weighted":
        return "" if data.weights and set(data.weights) <= set(data.names) else NO_WEIGHTS
    if key == "mse":
        rows = data.epochs["validation"].values()
        return "" if any(MSE in row for row in rows) else NO_MSE
    return ""


def reasons(data: LossData | None, why_no_kl: str) -> dict[Key, str]:
    """Why each view of these numbers cannot be chosen, empty where it can; None before the first run."""
    if data is None:
        return {key: "" if key == "terms" else NO_RUN for key in KINDS}
    return {key: why_no_kl if key == "kl" else why_not(key, data) for key in KINDS}
