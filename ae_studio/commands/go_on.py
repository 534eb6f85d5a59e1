"""`ae-studio train --resume` and `--branch`: a run goes on, in its own folder or in a new one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ae_studio.commands.arguments import run_at, trust, whole, with_kept_model

if TYPE_CHECKING:
    from ae_studio.config import RunConfig


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--resume", type=Path, metavar="RUN", help="go on with a run in its folder, from its last whole epoch"
    )
    command.add_argument(
        "--branch",
        type=Path,
        metavar="RUN",
        help="go on in a new run that shares the first epochs of RUN, which stays as it is; with other values, if you "
        "like, of all that can be changed while a training runs, and of the schedule",
    )
    command.add_argument(
        "--at", type=whole(0), metavar="EPOCH", help="the epoch behind which the branch begins; default: the last whole"
    )
    command.add_argument(
        "--more", type=whole(1), metavar="N", help="with --resume or --branch: go on for N epochs, instead of --epochs"
    )


def is_asked(options: argparse.Namespace) -> bool:
    """Raises :class:`~ae_studio.config.ConfigError` for words that mean nothing without the others."""
    from ae_studio.config import ConfigError

    if options.resume and options.branch:
        raise ConfigError("--resume goes on in the run's own folder, --branch in a new one: give one of them")
    if (options.resume or options.branch) and (options.repeat or options.changes):
        raise ConfigError("--resume goes on with the run's own settings, as --branch does: no --repeat, no --changes")
    if options.at is not None and not options.branch:
        raise ConfigError("--at says behind which epoch a branch begins: give --branch RUN with it")
    if options.more is not None and not (options.resume or options.branch):
        raise ConfigError("--more says for how many epochs a run goes on: give --resume RUN or --branch RUN with it")
    if options.more is not None and options.epochs is not None:
        raise ConfigError("--epochs is the whole number of epochs, --more how many come on top: give one of them")
    return bool(options.resume or options.branch)


def prepare(
    options: argparse.Namespace, flags: Mapping[str, Any], settings: Mapping[str, Any]
) -> tuple[Path, RunConfig]:
    """The folder that is trained on, and its settings."""
    return _branched(options, {**flags, **settings}) if options.branch else _resumed(options, flags)


def _resumed(options: argparse.Namespace, flags: Mapping[str, Any]) -> tuple[Path, RunConfig]:
    """The run's own settings; only the number of epochs may be another."""
    from ae_studio.config import ConfigError, read_config
    from ae_studio.training.defaults import complete
    from ae_studio.training.start import start_of

    if set(flags) - {"epochs"} or options.set or options.config or options.preset or options.out:
        raise ConfigError(
            "--resume goes on with the run's own settings; only --epochs or --more can be given beside it. "
            "--branch takes others"
        )
    values = with_kept_model(read_config(options.resume / "config.json"), options.resume)
    if options.trust:
        trust(values.get("model", ""))
    if options.more is not None:
        values["epochs"] = start_of(options.resume).epoch + options.more
    return options.resume, complete({**values, **flags})


def _branched(options: argparse.Namespace, values: Mapping[str, Any]) -> tuple[Path, RunConfig]:
    from ae_studio.config import ConfigError
    from ae_studio.runs.branching import branch, continued, how_it_begins
    from ae_studio.runs.record import RunError

    if options.config or options.preset:
        raise ConfigError("--branch takes the run's own settings: --config and --preset cannot be given beside it")
    try:
        config = run_at(options.branch, trusted=options.trust).config
        if config.devices * config.nodes > 1:
            raise ConfigError("a run of several processes cannot be branched from; --resume goes on with it")
        folder = branch(options.branch, options.at, options.out, values, more=options.more)
        print(how_it_begins(folder), flush=True)
        return folder, continued(folder)
    except RunError as error:
        raise ConfigError(str(error)) from None
