"""What differs between runs: their settings, their numbers over time, their metrics. Knows no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.config import ConfigError, FieldSpec, RunConfig, field_specs
from ae_studio.latent.measured import About, Measured, Options
from ae_studio.models.catalog import family
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.details import plain_value
from ae_studio.runs.metrics_cache import Evaluation, MetricsCache

Floats = npt.NDArray[np.float64]

SPLITS = ("validation", "train", "batch")
SAME_SCALE = ("kl", "mse_per_pixel", "lr")  # terms whose unit is the same in every family
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting of every run, in words; ``–`` where a run has none of this name."""

    name: str
    label: str
    cells: tuple[str, ...]
    help: str = ""

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


def setting_rows(runs: Sequence[ComparedRun]) -> tuple[SettingRow, ...]:
    """The general settings, then the families' own; with each what it was changed to while the run was trained."""
    specs = [_specs(run) for run in runs]
    names = dict.fromkeys(name for each in specs for name in each)
    rows = []
    for name in names:
        spec = next(each[name] for each in specs if name in each)
        cells = tuple(_cell(run, each.get(name)) for run, each in zip(runs, specs, strict=True))
        rows.append(SettingRow(name, spec.label, cells, spec.help))
    rows.append(SettingRow("parameters", "Parameters", tuple(f"{run.parameters:,}" for run in runs)))
    if any(run.parent for run in runs):
        rows.append(SettingRow("parent", "Goes on from", tuple(run.parent or NOTHING for run in runs)))
    return tuple(rows)


def _specs(run: ComparedRun) -> dict[str, FieldSpec]:
    """What has a meaning in this run, by name."""
    config = run.config
    own = config.settings
    try:
        known = field_specs(family(config.model).settings)
    except ConfigError:  # a model of the user's own that may not run here: its settings without their words
        known = {}
    unknown = {name: FieldSpec(name, name, "", "text", None) for name in own if name not in known}
    general = {name: spec for name, spec in field_specs(RunConfig).items() if name != "settings"}
    every = {**general, **known, **unknown}
    values = config.model_dump() | dict(own)
    return {name: spec for name, spec in every.items() if name in values and _holds(spec, values)}


def _holds(spec: FieldSpec, values: dict[str, object]) -> bool:
    return spec.only_if is None or str(values.get(spec.only_if[0])) == spec.only_if[1]


def _cell(run: ComparedRun, spec: FieldSpec | None) -> str:
    """``1 → 4 (step 1,200)``"""
    if spec is None:
        return NOTHING
    values = run.config.model_dump() | dict(run.config.settings)
    first = f"{plain_value(values[spec.name])} {spec.unit}".rstrip()
    later = [
        f" → {plain_value(change.values[spec.name])} (step {change.step:,})"
        for change in run.changes
        if spec.name in change.values
    ]
    return first + "".join(later)


def warnings(runs: Sequence[ComparedRun], letters: str = "ABCD") -> tuple[str, ...]:
    """Why values of these runs say little of one another."""
    found = []
    data = {letter: run.config.data for letter, run in zip(letters, runs, strict=False)}
    if len(set(data.values())) > 1:
        told = ", ".join(f"{letter} from {name}" for letter, name in data.items())
        found.append(f"They learned from different data sets ({told}): their values are not of the same images.")
    units = {letter: run.opened.loss_unit for letter, run in zip(letters, runs, strict=False)}
    if len(set(units.values())) > 1:
        told = ", ".join(f"{letter} in {unit or 'an unknown unit'}" for letter, unit in units.items())
        found.append(f"Their losses have different units ({told}): compare their shapes, not their heights.")
    elif len({_what_is_minimised(run) for run in runs}) > 1:
        found.append("Their losses are made in different ways: compare the terms, not the losses.")
    return tuple(found)


def _what_is_minimised(run: ComparedRun) -> str:
    """The family, and those of its own settings that weigh or shape its loss."""
    shaping = sorted(name for name, spec in _specs(run).items() if spec.live and name in run.config.settings)
    return " ".join([run.config.model, *(f"{name}={run.config.settings[name]}" for name in shaping)])


# Curves


@dataclass(frozen=True, slots=True)
class RunCurve:
    """A term of a run: ``x`` (n,) in epochs or seconds, ``epochs`` (n,) as they are there, ``y`` (n,) its values.

    Empty with a ``reason``, in words, where there is none.
    """

    x: Floats
    y: Floats
    epochs: Floats
    reason: str = ""


def term_names(runs: Sequence[ComparedRun]) -> tuple[str, ...]:
    """Those of any run, the loss first, then those that most runs have."""
    of_each = [_terms(run) for run in runs]
    names = dict.fromkeys(name for each in of_each for name in each)
    return tuple(sorted(names, key=lambda name: (name != "loss", -sum(name in each for each in of_each))))


def _terms(run: ComparedRun) -> set[str]:
    history = run.opened.history
    rows = [*history.validation.values(), *history.train.values()]
    return {name for row in rows for name in row} | set(history.terms)


def curve(run: ComparedRun, term: str, split: str, *, seconds: bool = False) -> RunCurve:
    """Of one of SPLITS, over epochs or over the seconds that were trained."""
    history = run.opened.history
    if split == "batch":
        y = np.asarray(history.terms.get(term, ()), dtype=np.float64)
        epochs = history.steps[: len(y)] / max(1, history.steps_per_epoch)
    else:
        rows = history.validation if split == "validation" else history.train
        kept = [epoch for epoch in sorted(rows) if term in rows[epoch]]
        y = np.asarray([rows[epoch][term] for epoch in kept], dtype=np.float64)
        epochs = np.asarray(kept, dtype=np.float64)
    if not len(y):
        return _none(f"has no {term} in {split}")
    if not seconds:
        return RunCurve(epochs, y, epochs)
    ends, why_not = time_of_epochs(run)
    if why_not:
        return _none(why_not)
    known = epochs <= len(ends) - 1
    epochs, y = epochs[known], y[known]
    return RunCurve(np.interp(epochs, np.arange(len(ends)), ends), y, epochs)


def time_of_epochs(run: ComparedRun) -> tuple[Floats, str]:
    """Seconds of training until the end of epoch 0, 1, ..., (n,); or why nobody knows."""
    last = max(run.opened.history.validation, default=0)
    whole = 0
    while whole + 1 in run.seconds:
        whole += 1
    if not run.seconds and last:
        return np.empty(0), "was trained before the time of its epochs was kept"
    if whole < last - 1:  # the epoch at work may not have its time yet
        return np.empty(0), f"lacks the time of epoch {whole + 1}"
    return np.concatenate([[0.0], np.cumsum([run.seconds[epoch] for epoch in range(1, whole + 1)])]), ""


def same_scale(runs: Sequence[ComparedRun], term: str) -> bool:
    """Whether the heights of this term's curves can be compared."""
    return term in SAME_SCALE or len({run.opened.loss_unit for run in runs}) < 2


def _none(reason: str) -> RunCurve:
    return RunCurve(np.empty(0), np.empty(0), np.empty(0), reason)


# Metrics


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric: of each run what was measured, None where nothing was; ``best`` are the indices of the best runs."""

    about: About
    found: tuple[Measured | None, ...]
    best: frozenset[int]


def kept_metrics(run: ComparedRun) -> Evaluation | None:
    """What has been measured of its epoch before."""
    return MetricsCache(run.path).read(run.epoch, Options())


def metric_rows(measured: Sequence[Sequence[Measured]]) -> tuple[MetricRow, ...]:
    """A row for each metric that was measured of any run, in the order in which they were measured."""
    by_name = [{each.about.name: each for each in of_run} for of_run in measured]
    names = dict.fromkeys(name for of_run in by_name for name in of_run)
    rows = []
    for name in names:
        found = tuple(of_run.get(name) for of_run in by_name)
        about = next(each.about for each in found if each is not None)
        rows.append(MetricRow(about, found, best_of(about, [each.value if each else None for each in found])))
    return tuple(rows)


def best_of(about: About, values: Sequence[float | None]) -> frozenset[int]:
    """Of two values or more that are not all the same; none where no direction is the better one."""
    known = {index: value for index, value in enumerate(values) if value is not None}
    if about.better == "neither" or len(known) < 2 or len(set(known.values())) < 2:
        return frozenset()
    best = max(known.values()) if about.better == "higher" else min(known.values())
    return frozenset(index for index, value in known.items() if value == best)
