"""`ae-studio train`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import trust
from ae_studio.commands.codes import DONE
from ae_studio.commands.train_flags import add_train_flags, flag_values, given_values, with_kept_model


def add(commands: Any) -> None:
    command = commands.add_parser("train", help="train a model and keep the run")
    add_train_flags(command)
    command.add_argument("--out", type=Path, metavar="DIR", help="the run folder itself; default: a new one")
    command.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run, up to --epochs")
    command.add_argument("--title", default="", metavar="TEXT", help="what the library of runs calls the run")
    command.add_argument("--tag", action="append", default=[], metavar="NAME", help="a tag of the run; can be repeated")
    command.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    from ae_studio.config import ConfigError
    from ae_studio.runs.about import About, as_tags, as_title
    from ae_studio.terminal import train_on_terminal
    from ae_studio.training.defaults import complete
    from ae_studio.training.tours import presets_of

    about = About(title=as_title(options.title), tags=as_tags(options.tag))
    if options.resume:
        return train_on_terminal(_resumed_config(options), resume=options.resume, about=about)
    presets = presets_of(options.preset) if options.preset else ()
    if len(presets) > 1 and options.out:
        raise ConfigError(f"--out names one folder, and {options.preset} trains {len(presets)} runs; leave it out")
    code = DONE
    for options.preset in presets or (None,):
        values = given_values(options)
        if options.model or options.trust:
            trust(values.get("model", ""))
        code = code or train_on_terminal(complete(values), out=options.out, about=about)
    return code


def _resumed_config(options: argparse.Namespace) -> Any:
    """The run's own settings; only the number of epochs may be another."""
    from ae_studio.config import ConfigError, read_config
    from ae_studio.training.defaults import complete

    others = sorted(set(flag_values(options)) - {"epochs"})
    if others or options.set or options.config or options.preset or options.out:
        raise ConfigError("--resume goes on with the run's own settings; only --epochs can be given beside it")
    values = with_kept_model(read_config(options.resume / "config.json"), options.resume)
    if options.trust:
        trust(values.get("model", ""))
    return complete({**values, **flag_values(options)})
