"""Settings that are changed while a training runs, and how they are kept. Knows no torch.

``changes.jsonl`` in the run folder has a line a change::

    {"step": 1200, "values": {"beta": 4.0}}

which says that behind 1,200 steps the KL weight became 4. With the settings the run began with, and its seed, that is
all it takes to make the run again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ae_studio.config import ConfigError, FieldSpec, RunConfig, Schema, check, field_specs, unknown_name
from ae_studio.events import SettingValue, ValuesChanged
from ae_studio.models.catalog import family
from ae_studio.models.settings import ModelSettings

CHANGES = "changes.jsonl"
ALL = 2**63  # steps: behind every change
GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "kappa": "κ", "lambda": "λ", "rho": "ρ", "sigma": "σ", "tau": "τ"}
LARGEST = 64 << 20  # bytes of such a file


@dataclass(frozen=True, slots=True)
class Change:
    """``values`` of settings, by name, that hold from behind ``step`` steps on."""

    step: int
    values: Mapping[str, SettingValue]


def live_specs(model: str) -> dict[str, FieldSpec]:
    """What can be changed while this family is trained: the general settings, then the family's own."""
    every = {**field_specs(RunConfig), **field_specs(family(model).settings)}
    return {name: spec for name, spec in every.items() if spec.live}


def changed(config: RunConfig, values: Mapping[str, SettingValue]) -> RunConfig:
    """The settings with other values; raises :class:`ConfigError` for one that cannot be changed, or not to this."""
    known = live_specs(config.model)
    for name in values:
        if name not in known:
            raise ConfigError(unknown_name("live setting", name, known))
    general = {name: value for name, value in values.items() if name in RunConfig.model_fields}
    own = {name: value for name, value in values.items() if name not in general}
    settings = check(family(config.model).settings, {**config.settings, **own})
    if problem := _new_problem(config, settings):
        raise ConfigError(problem)
    return check(RunConfig, {**config.model_dump(), **general, "settings": settings.model_dump()})


def _new_problem(config: RunConfig, settings: Schema) -> str:
    """Why the family cannot learn with these settings where it could before; the data's classes are as they were."""
    before = check(type(settings), config.settings)
    if not (isinstance(settings, ModelSettings) and isinstance(before, ModelSettings)):
        return ""
    problem = settings.problem(config.latent_dim, ())
    return problem if problem != before.problem(config.latent_dim, ()) else ""


def changes_the_loss(values: Mapping[str, SettingValue]) -> bool:
    """Whether losses before such a change cannot be compared with those behind: a setting of the model's own is one."""
    return not values.keys() <= RunConfig.model_fields.keys()


def value_of(config: RunConfig, name: str) -> SettingValue:
    """Of a general setting, or of one of the family's own."""
    value: SettingValue = getattr(config, name) if name in RunConfig.model_fields else config.settings[name]
    return value


def changed_event(config: RunConfig, change: Change, epoch: int) -> ValuesChanged:
    """A change as a run tells it; ``config`` are the settings before it."""
    before = {name: value_of(config, name) for name in change.values}
    return ValuesChanged(epoch, change.step, dict(change.values), before)


def told(config: RunConfig, changes: Iterable[Change], steps_per_epoch: int) -> list[ValuesChanged]:
    """All changes of a run that began with these settings, as it told them."""
    events = []
    for change in changes:
        events.append(changed_event(config, change, change.step // max(1, steps_per_epoch)))
        config = changed(config, change.values)
    return events


def short_name(name: str) -> str:
    """``β`` for beta, ``λd`` for lambda_d, ``weight decay`` for weight_decay: for lines that have little room."""
    first, _, rest = name.partition("_")
    return GREEK[first] + rest.replace("_", " ") if first in GREEK else name.replace("_", " ")


def in_words(event: ValuesChanged) -> str:
    """``β 4 → 1, lr 0.001 → 0.01``"""
    words = []
    for name, value in event.values.items():
        before = f"{plain(event.before[name])} " if name in event.before else ""
        words.append(f"{short_name(name)} {before}→ {plain(value)}")
    return ", ".join(words)


def plain(value: SettingValue) -> str:
    """Numbers to as many digits as anybody sets."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def config_at(config: RunConfig, changes: Iterable[Change], step: int) -> RunConfig:
    """The settings that hold behind so many steps. Raises :class:`ConfigError`."""
    for change in changes:
        if change.step <= step:
            config = changed(config, change.values)
    return config


def read_changes(path: Path) -> list[Change]:
    """In the order of their steps; none where there is no such file. ``path`` may be a run folder.

    Raises :class:`ConfigError` with the file and the line.
    """
    path = path / CHANGES if path.is_dir() else path
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path}: is larger than {LARGEST >> 20} MiB")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from None
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    changes = [_change(line, f"{path}, line {number}") for number, line in lines]
    return sorted(changes, key=lambda change: change.step)


def as_line(change: Change) -> str:
    return json.dumps({"step": change.step, "values": dict(change.values)}, ensure_ascii=False) + "\n"


def as_text(changes: Sequence[Change]) -> str:
    """The whole file."""
    return "".join(map(as_line, changes))


def _change(line: str, where: str) -> Change:
    try:
        read = json.loads(line)
        step, values = read["step"], read["values"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ConfigError(f'{where}: must read like {{"step": 1200, "values": {{"beta": 4.0}}}}') from None
    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise ConfigError(f"{where}: step must be a whole number, at least 0, got {step!r}")
    if not isinstance(values, dict) or not all(
        isinstance(value, bool | int | float | str) for value in values.values()
    ):
        raise ConfigError(f"{where}: values must map names of settings to values")
    return Change(step, values)
