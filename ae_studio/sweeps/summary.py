"""What came of a sweep: each run's numbers, gathered over the seeds. Read from the run folders alone; knows no torch.

A run belongs to a sweep by its tag. What was swept is what its runs differ in.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ae_studio.config import FieldSpec, RunConfig, SettingValue, field_specs
from ae_studio.models.catalog import MODELS
from ae_studio.runs.library import Listing, list_runs
from ae_studio.runs.listed import ListedRun
from ae_studio.runs.record import RunError, read_json, read_record
from ae_studio.runs.validations import read_validations
from ae_studio.sweeps.values import Axis, far_apart

BEST = "loss"  # the smallest validation loss; the other terms are those of the same epoch
ERROR = "mse_per_pixel"  # means the same whatever is swept
ALIKE = 1e-9  # of a number: as near as that to the mean is as near
# Settings that change how long a code is, or which machine computes, and nothing in what the loss means.
NOT_IN_THE_LOSS = {"network", "hidden", "channels", "activation"}
IN_THE_LOSS = {"model", "data"}


@dataclass(frozen=True, slots=True)
class SweptRun:
    """``settings`` by their names, those of every run and the model's own; ``values`` of its best epoch.

    ``values`` holds each validation term, and under ``metric …`` what has been measured of the run.
    """

    listed: ListedRun
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return self.listed.folder

    @property
    def seed(self) -> int:
        return int(self.settings.get("seed", 0))


@dataclass(frozen=True, slots=True)
class Summary:
    """``axes``: the settings in which the runs differ, but for their seeds, the one with the most values first."""

    root: Path
    tag: str
    axes: tuple[Axis, ...] = ()
    runs: tuple[SweptRun, ...] = ()
    loss_unit: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What can be drawn over the values: the loss, the error of pixels, the other terms, the metrics."""
        found = dict.fromkeys(name for run in self.runs for name in run.values)
        first = [name for name in (BEST, ERROR) if name in found]
        return tuple(first + sorted((name for name in found if name not in first), key=_is_metric))

    @property
    def caution(self) -> str:
        """Why losses must not be compared here; empty where they can."""
        own = [axis for axis in self.axes if axis.name in IN_THE_LOSS or _is_in_the_loss(axis.name)]
        if not own:
            return ""
        what = " and ".join(axis.symbol for axis in own)
        return f"The loss itself depends on {what}, so losses are not to be compared; the error per pixel is."


@dataclass(frozen=True, slots=True)
class Point:
    """All seeds at one place: ``x`` along the first axis, ``series`` along the second, None where there is none.

    ``sd`` is the standard deviation of the sample (n - 1), 0 of a single run.
    """

    x: SettingValue
    series: SettingValue | None
    values: tuple[float, ...]
    runs: tuple[SweptRun, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.values))

    @property
    def sd(self) -> float:
        return float(np.std(self.values, ddof=1)) if len(self.values) > 1 else 0.0

    @property
    def nearest(self) -> int:
        """Which of the runs is nearest to their mean; of two that are as near, the one with the smaller seed."""
        away = [abs(value - self.mean) for value in self.values]
        near = min(away) + ALIKE * abs(self.mean)
        return min((index for index, each in enumerate(away) if each <= near), key=lambda index: self.runs[index].seed)


def sweep_tags(runs: Iterable[ListedRun]) -> tuple[str, ...]:
    """Tags that name sweeps, as of the newest runs first."""
    return tuple(dict.fromkeys(tag for run in runs for tag in run.tags if tag.startswith("sweep ")))


def read_summary(tag: str, root: Path | None = None) -> Summary:
    """Of all runs with this tag, those that go on too, as far as they have come."""
    return summarise(tag, list_runs(root))


def summarise(tag: str, listing: Listing) -> Summary:
    """Likewise, from a list that is there. Runs that cannot be read are left out."""
    runs = [_read(listing.root, run) for run in listing.runs if tag in run.tags and not run.broken]
    runs.sort(key=lambda run: (run.listed.started, run.folder))
    unit = next((run.listed.loss_unit for run in runs if run.listed.loss_unit), "")
    return Summary(listing.root, tag, axes_of(runs, tag), tuple(runs), unit)


def axes_of(runs: Sequence[SweptRun], tag: str = "") -> tuple[Axis, ...]:
    """The settings in which these runs differ; those that the tag names come first, in its order."""
    names = dict.fromkeys(name for run in runs for name in run.settings if name != "seed")
    found: dict[str, list[SettingValue]] = {}
    for name in names:
        values = list(dict.fromkeys(run.settings[name] for run in runs if name in run.settings))
        if len(values) > 1:
            found[name] = values
    told = _told_by(tag)
    if told and all(name in found for name in told):  # further ones follow from these, as a family's defaults do
        found = {name: found[name] for name in told}
    specs = _specs(runs)
    order = sorted(found, key=lambda name: (told.index(name) if name in told else len(told), -len(found[name])))
    return tuple(_axis(specs.get(name), name, found[name]) for name in order[:2])


def points(summary: Summary, name: str) -> list[Point]:
    """What ``name`` is at each place, in the order of the axes; runs that have no such number are left out."""
    first, *rest = summary.axes or (Axis("seed", "Seed", tuple(sorted({run.seed for run in summary.runs}))),)
    second = rest[0] if rest else None
    places: dict[tuple[Any, Any], list[SweptRun]] = {}
    for run in summary.runs:
        if name in run.values and math.isfinite(run.values[name]) and first.name in run.settings:
            place = (run.settings[first.name], run.settings.get(second.name) if second else None)
            places.setdefault(place, []).append(run)
    order = sorted(places, key=lambda place: (_rank(second, place[1]), _rank(first, place[0])))
    return [
        Point(x, series, tuple(run.values[name] for run in found), tuple(found))
        for x, series in order
        for found in [places[x, series]]
    ]


def best_of(found: Sequence[Point]) -> Point | None:
    """The point with the smallest mean."""
    return min(found, key=lambda point: point.mean, default=None)


def is_better_small(summary: Summary, name: str) -> bool:
    """Whether the smallest of these numbers is the best: of a loss that is the same for all runs, of their errors."""
    return name == ERROR or (name == BEST and not summary.caution)


def _read(root: Path, run: ListedRun) -> SweptRun:
    path = root / run.folder
    try:
        config = read_record(path)["config"]
    except RunError:
        return SweptRun(run)
    settings = {name: config[name] for name in field_specs(RunConfig) if _is_plain(config.get(name))}
    own = config.get("settings")
    settings |= {name: value for name, value in own.items() if _is_plain(value)} if isinstance(own, dict) else {}
    values: dict[str, float] = {}
    with suppress(RunError):
        values = dict(read_validations(path).get(run.best_epoch, {})) if run.best is not None else {}
    return SweptRun(run, settings, values | _metrics(path, run.best_epoch))


def _metrics(path: Path, epoch: int) -> dict[str, float]:
    """What has been measured of this epoch, else of the last one that was."""
    try:
        epochs = read_json(path / "metrics.json")["epochs"]
        entry = epochs.get(str(epoch)) or epochs[max(epochs, key=int)]
        return {
            f"metric {each['about']['label']}": float(each["value"])
            for each in entry["measured"]
            if each["value"] is not None
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _axis(spec: FieldSpec | None, name: str, values: list[SettingValue]) -> Axis:
    if all(not isinstance(value, str) for value in values):
        values = sorted(values)
    return Axis(
        name, spec.label if spec else name, tuple(values), spec.unit if spec else "", log=far_apart(values, least=2)
    )


def _specs(runs: Sequence[SweptRun]) -> dict[str, FieldSpec]:
    """Labels and units, as the form has them; of a model of the user's own only its names are known here."""
    specs: dict[str, FieldSpec] = {}
    for model in dict.fromkeys(str(run.settings.get("model", "")) for run in runs):
        specs |= field_specs(MODELS[model].settings) if model in MODELS else {}
    return {**specs, **field_specs(RunConfig)}


def _told_by(tag: str) -> list[str]:
    """``sweep beta+lr 2026-11-29 14-05`` to the names in it."""
    words = tag.split()
    return words[1].split("+") if len(words) > 1 and words[0] == "sweep" else []


def _rank(axis: Axis | None, value: Any) -> int:
    return axis.values.index(value) if axis and value in axis.values else -1


def _is_in_the_loss(name: str) -> bool:
    return name not in RunConfig.model_fields and name not in NOT_IN_THE_LOSS


def _is_plain(value: Any) -> bool:
    return isinstance(value, bool | int | float | str)


def _is_metric(name: str) -> tuple[bool, str]:
    return name.startswith("metric "), name
