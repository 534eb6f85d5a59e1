"""A sweep: the runs that one or two settings and several seeds make, each checked before anything begins.

Knows no torch.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ae_studio.command import train_command
from ae_studio.config import ConfigError, FieldSpec, RunConfig, SettingValue, field_specs, unknown_name
from ae_studio.data.catalog import dataset
from ae_studio.data.dataset import refuse_missing
from ae_studio.models.catalog import family
from ae_studio.models.fitting import fitting_settings
from ae_studio.paths import data_root
from ae_studio.runs.about import LONGEST_TAG, as_tags, as_title
from ae_studio.sweeps.values import Axis, parse_axis
from ae_studio.training.defaults import complete

MOST_RUNS = 1000  # in one sweep: a slip of the finger, rather, and Slurm's own limit for an array
MOST_AXES = 2  # a plot has two, and colour
LARGEST_SEED = 2**31 - 1
ORDER = "all values with the first seed, then all with the next: what is there early shows every value once"


@dataclass(frozen=True, slots=True)
class Planned:
    """One run to be trained: its settings, and what the library will call it."""

    config: RunConfig
    title: str = ""
    tags: tuple[str, ...] = ()

    @property
    def command(self) -> list[str]:
        """The words that train it, on whatever machine."""
        return train_command(self.config, title=self.title, tags=self.tags)


@dataclass(frozen=True, slots=True)
class Sweep:
    """``runs`` in the order in which they are to be trained, see ``ORDER``; the first of their tags is ``tag``."""

    tag: str
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    runs: tuple[Planned, ...]

    @property
    def told(self) -> str:
        """``6 runs: 3 values of β × 2 seeds``"""
        factors = [f"{len(axis.values)} value{_s(len(axis.values))} of {axis.symbol}" for axis in self.axes]
        factors += [f"{len(self.seeds)} seeds"] if len(self.seeds) > 1 else []
        runs = f"{len(self.runs):,} run{_s(len(self.runs))}"
        return f"{runs}: {' × '.join(factors)}" if factors else runs


def specs_of(model: str) -> dict[str, FieldSpec]:
    """Everything that can be swept with this family: the settings of every run, and its own. Seeds go beside them."""
    general = {name: spec for name, spec in field_specs(RunConfig).items() if name != "seed"}
    return {**general, **field_specs(family(model).settings)}


def parse_axes(pairs: Sequence[tuple[str, str]], model: str) -> tuple[list[Axis], dict[str, SettingValue]]:
    """``("beta", "1,4,16")`` to the axes of a sweep, and the settings of which only one value is given.

    ``model`` is the family, where it is not swept itself. Raises :class:`ConfigError`.
    """
    axes: dict[str, Axis] = {}
    fixed: dict[str, SettingValue] = {}
    models = [model]
    for name, text in sorted(pairs, key=lambda pair: pair[0] != "model"):  # the other settings are those of the models
        if name in axes or name in fixed:
            raise ConfigError(f"{name}: is given twice")
        if name == "seed":
            raise ConfigError("seed: seeds are swept by --seeds, like --seeds 3 or --seeds 0,5,7")
        axis = parse_axis(_spec(name, models), text)
        if name == "model":
            models = [str(value) for value in axis.values]
        if len(axis.values) > 1:
            axes[name] = axis
        else:
            fixed[name] = axis.values[0]
    if len(axes) > MOST_AXES:
        raise ConfigError(f"a sweep goes through one or two settings, got {len(axes)}: {', '.join(axes)}")
    return [axes[name] for name, _ in pairs if name in axes], fixed


def parse_seeds(text: str, first: int = 0) -> tuple[int, ...]:
    """``3`` to the seeds first, first + 1, first + 2; ``0,5,7`` to these. Raises :class:`ConfigError`."""
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdecimal() for word in words):
        raise ConfigError(f"seeds must be how many, like 3, or a list, like 0,5,7, got {text!r}")
    if len(words) == 1 and not 1 <= int(words[0]) <= MOST_RUNS:
        raise ConfigError(f"seeds must be 1 to {MOST_RUNS:,} many, got {text}")
    seeds = [int(word) for word in words] if len(words) > 1 else list(range(first, first + int(words[0])))
    if max(seeds) > LARGEST_SEED:
        raise ConfigError(f"seed must be a whole number, 0 to {LARGEST_SEED}, got {max(seeds)}")
    return tuple(dict.fromkeys(seeds))


def make_sweep(
    values: Mapping[str, Any], axes: Sequence[Axis], seeds: Sequence[int], tags: Sequence[str] = ()
) -> Sweep:
    """Every configuration, checked. ``values`` are the settings that stay; the first tag names the sweep.

    Raises :class:`ConfigError` that names what is wrong, and with which values.
    """
    if not axes and len(seeds) < 2:
        raise ConfigError("nothing is swept: give a setting several values, like --set beta=1,4,16, or several --seeds")
    count = len(seeds)
    for axis in axes:
        count *= len(axis.values)
    if count > MOST_RUNS:
        raise ConfigError(f"{count:,} runs are more than the {MOST_RUNS:,} that a sweep may have: make it coarser")
    named = as_tags(tags) or (new_tag(axes),)
    runs = [
        _planned(values, axes, point, seed, named, several=len(seeds) > 1)
        for seed in seeds
        for point in itertools.product(*(axis.values for axis in axes))
    ]
    return Sweep(named[0], tuple(axes), tuple(seeds), tuple(runs))


def refuse_missing_data(runs: Sequence[Planned]) -> None:
    """Raises :class:`~ae_studio.data.dataset.DataError` where a data set is not on this machine."""
    for name in dict.fromkeys(run.config.data for run in runs):
        refuse_missing(dataset(name), data_root())


def new_tag(axes: Sequence[Axis]) -> str:
    """``sweep beta 2026-11-29 14-05``"""
    when = f" {datetime.now():%Y-%m-%d %H-%M}"
    return tag_beginning(axes)[: LONGEST_TAG - len(when)].rstrip() + when


def tag_beginning(axes: Sequence[Axis]) -> str:
    """``sweep beta+lr``: what all sweeps of the same settings have in common."""
    return f"sweep {'+'.join(axis.name for axis in axes) or 'seed'}"


def _planned(
    values: Mapping[str, Any],
    axes: Sequence[Axis],
    point: Sequence[SettingValue],
    seed: int,
    tags: tuple[str, ...],
    *,
    several: bool,
) -> Planned:
    words = [axis.of(value) for axis, value in zip(axes, point, strict=True)]
    title = ", ".join(words + ([f"seed {seed}"] if several else []))
    given = with_values(values, dict(zip((axis.name for axis in axes), point, strict=True)))
    try:
        config = complete({**given, "seed": seed})
        _refuse_unfit(config)
    except ConfigError as error:
        raise ConfigError(f"{', '.join(words)}: {error}" if len(words) > 1 else str(error)) from None
    return Planned(config, as_title(title), tags)


def with_values(values: Mapping[str, Any], more: Mapping[str, SettingValue]) -> dict[str, Any]:
    """The settings with others in their place, those of every run and the model's own alike."""
    general = {name: value for name, value in more.items() if name in RunConfig.model_fields}
    own = {name: value for name, value in more.items() if name not in general}
    return {**values, **general, "settings": {**values.get("settings", {}), **own}}


def _refuse_unfit(config: RunConfig) -> None:
    """Settings that do not fit the images; of a file of the user's own only the training knows what is in it."""
    known = dataset(config.data)
    if known.class_names:
        fitting_settings(config, known.image_shape, known.class_names)


def _spec(name: str, models: Sequence[str]) -> FieldSpec:
    known = {name: spec for model in reversed(models) for name, spec in specs_of(model).items()}
    if name not in known:
        raise ConfigError(unknown_name("setting", name, known))
    return known[name]


def _s(count: int) -> str:
    return "" if count == 1 else "s"
