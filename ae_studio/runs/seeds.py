"""Runs that differ in nothing but their seed: what their curves have in common, and how far chance spreads them.

Knows no torch. Spread is the standard deviation with n - 1, of the seeds that were tried: it says how far another seed
may come out, not how well the mean is known.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.config import ConfigError, RunConfig, check
from ae_studio.models.own_file import names_a_file
from ae_studio.runs.listed import ListedRun
from ae_studio.runs.record import RunError, read_record
from ae_studio.runs.validations import Validations
from ae_studio.training.defaults import complete, default_config
from ae_studio.training.live import read_changes

Floats = npt.NDArray[np.float64]
NAMED = ("data", "model", "latent_dim", "epochs", "settings")  # what a run is called by anyhow
TOLD = 64  # runs between two questions whether to go on


@dataclass(frozen=True, slots=True)
class SeedGroup:
    """``runs``, one a seed, of the same settings and changes. ``repeats`` are more of a seed that is among them.

    ``settings`` are the whole ones, but for the seed.
    """

    runs: tuple[ListedRun, ...]
    seeds: tuple[int, ...]
    settings: Mapping[str, Any]
    repeats: tuple[ListedRun, ...] = ()

    @property
    def n(self) -> int:
        return len(self.runs)

    @property
    def in_words(self) -> str:
        """What is set to other than the family's defaults, ``beta=16, lr=0.01``; its dimensions and epochs aside."""
        try:
            usual = default_config(self.settings["data"], self.settings["model"]).model_dump()
        except ConfigError:  # data or a model that are not there any more
            return ""
        told = {**usual, **usual["settings"]}
        given = {**self.settings, **self.settings["settings"]}
        others = {name: value for name, value in given.items() if name not in NAMED and told.get(name) != value}
        return ", ".join(
            f"{name}={value:g}" if type(value) is float else f"{name}={value}" for name, value in others.items()
        )


@dataclass(frozen=True, slots=True)
class Spread:
    """Of ``n`` values; ``sd`` is None of a single one."""

    n: int
    mean: float
    sd: float | None
    low: float
    high: float

    @property
    def in_words(self) -> str:
        """``158.13 ± 0.42``"""
        if self.sd is None:
            return f"{self.mean:.5g}"
        digits = max(0, min(6, 1 - math.floor(math.log10(self.sd)))) if self.sd > 0 else 4
        return f"{self.mean:.{digits}f} ± {self.sd:.{digits}f}"


@dataclass(frozen=True, slots=True, eq=False)
class SpreadCurve:
    """A term over ``epochs`` (e,): how many runs have a value there, ``n`` (e,), their ``mean``, ``sd`` (NaN below
    two), ``low`` and ``high``, each (e,), and the value of ``each`` run (runs, e), NaN where it has none.
    """

    epochs: npt.NDArray[np.int64]
    n: npt.NDArray[np.int64]
    mean: Floats
    sd: Floats
    low: Floats
    high: Floats
    each: Floats = field(repr=False)


def groups_by_seed(
    root: Path, runs: Iterable[ListedRun], check_on: Callable[[], None] = lambda: None
) -> tuple[SeedGroup, ...]:
    """All runs that can be opened, in groups of equal settings; those with the newest run come first."""
    found: dict[str, list[tuple[int, ListedRun, Mapping[str, Any]]]] = {}
    for number, run in enumerate(runs):
        if number % TOLD == 0:
            check_on()
        if run.broken:
            continue
        try:
            settings, seed, key = _settings(root / run.folder)
        except (RunError, ConfigError):
            continue
        found.setdefault(key, []).append((seed, run, settings))
    return tuple(_group(members) for members in found.values())


def _settings(run: Path) -> tuple[dict[str, Any], int, str]:
    """All settings but the seed, the seed, and a text that is the same for runs that differ in nothing else."""
    record = read_record(run)
    config = check(RunConfig, record["config"])
    if not names_a_file(config.model):  # what an older version did not write down has its default
        config = complete(config.model_dump())
    settings = config.model_dump()
    seed = settings.pop("seed")
    changes = [[change.step, dict(change.values)] for change in read_changes(run)]
    model = record.get("model_sha256") or settings["model"]  # of a file of the user's own what it said
    key = json.dumps([{**settings, "model": model}, changes], sort_keys=True, default=str)
    return settings, seed, key


def _group(members: Sequence[tuple[int, ListedRun, Mapping[str, Any]]]) -> SeedGroup:
    """The same seed twice is the same run twice, which would make the spread look small: the longest stands for it."""
    best: dict[int, ListedRun] = {}
    for seed, run, _ in members:
        if seed not in best or run.epochs_done > best[seed].epochs_done:
            best[seed] = run
    chosen = sorted(best.items())
    kept = {run.folder for _, run in chosen}
    repeats = tuple(run for _, run, _ in members if run.folder not in kept)
    return SeedGroup(tuple(run for _, run in chosen), tuple(seed for seed, _ in chosen), members[0][2], repeats)


def spread(values: Iterable[float]) -> Spread:
    """Of finite values, at least one; others count for nothing. Raises ValueError where there is none."""
    array = np.array([value for value in values if math.isfinite(value)], dtype=np.float64)
    if not len(array):
        raise ValueError("there is no finite value")
    sd = float(array.std(ddof=1)) if len(array) > 1 else None
    return Spread(len(array), float(array.mean()), sd, float(array.min()), float(array.max()))


def spread_curve(histories: Sequence[Validations], term: str) -> SpreadCurve:
    """Of every epoch that any of the runs has a value of this term for."""
    epochs = sorted({epoch for history in histories for epoch, terms in history.items() if term in terms})
    each = np.array(
        [[history.get(epoch, {}).get(term, np.nan) for epoch in epochs] for history in histories], dtype=np.float64
    ).reshape(len(histories), len(epochs))
    columns = [spread(column) for column in each.T]
    return SpreadCurve(
        epochs=np.array(epochs, dtype=np.int64),
        n=np.array([column.n for column in columns], dtype=np.int64),
        mean=np.array([column.mean for column in columns]),
        sd=np.array([np.nan if column.sd is None else column.sd for column in columns]),
        low=np.array([column.low for column in columns]),
        high=np.array([column.high for column in columns]),
        each=each,
    )


def best_of(group: SeedGroup) -> Spread | None:
    """The runs' best validation losses; None where none has one."""
    values = [run.best for run in group.runs if run.best is not None]
    return spread(values) if values else None
