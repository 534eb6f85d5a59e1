"""`ae-studio train`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import add_trust, trust
from ae_studio.commands.codes import DONE


def add(commands: Any) -> None:
    from ae_studio.config import RunConfig, field_specs

    command = commands.add_parser("train", help="train a model and keep the run")
    for spec in field_specs(RunConfig).values():
        note = "" if spec.name in ("data", "model") or spec.choices else f" ({spec.range_text})"
        command.add_argument(
            spec.flag,
            dest=spec.name,
            choices=spec.choices or None,
            help=f"{spec.help}{note}".replace("%", "%%"),
            metavar=None if spec.choices else spec.name.upper(),
        )
    command.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the model's")
    command.add_argument(
        "--preset", metavar="NAME", help="settings worth a look, or a tour of several runs: talk, the-talk, …"
    )
    command.add_argument("--config", type=Path, metavar="FILE", help="settings from a config.json; flags replace them")
    command.add_argument("--out", type=Path, metavar="DIR", help="the run folder itself; default: a new one")
    command.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run, up to --epochs")
    add_trust(command)
    command.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    from ae_studio.config import ConfigError
    from ae_studio.terminal import train_on_terminal
    from ae_studio.training.defaults import complete
    from ae_studio.training.tours import presets_of

    if options.resume:
        return train_on_terminal(_resumed_config(options), resume=options.resume)
    presets = presets_of(options.preset) if options.preset else ()
    if len(presets) > 1 and options.out:
        raise ConfigError(f"--out names one folder, and {options.preset} trains {len(presets)} runs; leave it out")
    code = DONE
    for options.preset in presets or (None,):
        values = _given_values(options)
        if options.model or options.trust:
            trust(values.get("model", ""))
        code = code or train_on_terminal(complete(values), out=options.out)
    return code


def _given_values(options: argparse.Namespace) -> dict[str, Any]:
    """What was asked for: the preset, below it the file, below them the flags, each replacing the ones before."""
    from ae_studio.config import read_config
    from ae_studio.training.defaults import preset_values

    values = preset_values(options.preset) if options.preset else {}
    if options.config:
        values |= _with_kept_model(read_config(options.config), options.config.parent)
    values |= _flag_values(options)
    if options.set:
        model_settings = values.get("settings", {}) if "model" not in _flag_values(options) else {}
        values["settings"] = {**model_settings, **_parse_settings(options.set)}
    elif options.model and (options.preset or options.config):
        values.pop("settings", None)  # another family's settings
    return values


def _resumed_config(options: argparse.Namespace) -> Any:
    """The run's own settings; only the number of epochs may be another."""
    from ae_studio.config import ConfigError, read_config
    from ae_studio.training.defaults import complete

    others = sorted(set(_flag_values(options)) - {"epochs"})
    if others or options.set or options.config or options.preset or options.out:
        raise ConfigError("--resume goes on with the run's own settings; only --epochs can be given beside it")
    values = _with_kept_model(read_config(options.resume / "config.json"), options.resume)
    if options.trust:
        trust(values.get("model", ""))
    return complete({**values, **_flag_values(options)})


def _with_kept_model(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A run's settings, with the very file that it trained where that is the user's own: it may be another by now."""
    from ae_studio.models.own_file import kept_file, names_a_file

    file = kept_file(folder) if names_a_file(values.get("model", "")) else None
    return {**values, "model": str(file)} if file else values


def _flag_values(options: argparse.Namespace) -> dict[str, Any]:
    from ae_studio.config import RunConfig, field_specs

    return {name: getattr(options, name) for name in field_specs(RunConfig) if getattr(options, name) is not None}


def _parse_settings(pairs: Sequence[str]) -> dict[str, str]:
    """``["beta=4", "hidden=64"]`` to names and texts; the model's schema makes numbers of those that are."""
    from ae_studio.config import ConfigError

    settings = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise ConfigError(f"--set takes name=value, like beta=4, got {pair!r}")
        settings[name] = text
    return settings
