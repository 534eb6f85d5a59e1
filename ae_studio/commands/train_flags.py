"""The settings of a run as flags, for every command that trains."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import add_trust, with_kept_model


def add_train_flags(command: argparse.ArgumentParser, set_help: str = "a setting of the model's") -> None:
    """A flag for each setting, ``--set`` for the model's own, and where settings can come from besides."""
    from ae_studio.config import RunConfig, field_specs

    for spec in field_specs(RunConfig).values():
        note = "" if spec.name in ("data", "model") or spec.choices else f" ({spec.range_text})"
        command.add_argument(
            spec.flag,
            dest=spec.name,
            choices=spec.choices or None,
            help=f"{spec.help}{note}".replace("%", "%%"),
            metavar=None if spec.choices else spec.name.upper(),
        )
    command.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=set_help)
    command.add_argument(
        "--preset", metavar="NAME", help="settings worth a look, or a tour of several runs: talk, the-talk, …"
    )
    command.add_argument("--config", type=Path, metavar="FILE", help="settings from a config.json; flags replace them")
    add_trust(command)


def given_values(options: argparse.Namespace) -> dict[str, Any]:
    """What was asked for: the preset, below it the file, below them the flags, each replacing the ones before."""
    from ae_studio.config import read_config
    from ae_studio.training.defaults import preset_values

    values = preset_values(options.preset) if options.preset else {}
    if options.config:
        values |= with_kept_model(read_config(options.config), options.config.parent)
    values |= flag_values(options)
    if options.set:
        model_settings = values.get("settings", {}) if "model" not in flag_values(options) else {}
        values["settings"] = {**model_settings, **dict(parse_pairs(options.set))}
    elif options.model and (options.preset or options.config):
        values.pop("settings", None)  # another family's settings
    return values


def flag_values(options: argparse.Namespace) -> dict[str, Any]:
    from ae_studio.config import RunConfig, field_specs

    return {name: getattr(options, name) for name in field_specs(RunConfig) if getattr(options, name) is not None}


def parse_pairs(pairs: Sequence[str]) -> list[tuple[str, str]]:
    """``["beta=4", "hidden=64"]`` to names and texts; the model's schema makes numbers of those that are."""
    from ae_studio.config import ConfigError

    settings = []
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise ConfigError(f"--set takes name=value, like beta=4, got {pair!r}")
        settings.append((name, text))
    return settings
