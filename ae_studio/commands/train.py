"""`ae-studio train`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ae_studio.commands import go_on
from ae_studio.commands.arguments import add_command, trust, with_kept_model
from ae_studio.commands.codes import DONE
from ae_studio.commands.train_flags import add_train_flags, flag_values, given_values, parse_pairs


def add(commands: Any) -> None:
    command = add_command(commands, "train", "train a model and keep the run")
    add_train_flags(command)
    command.add_argument("--out", type=Path, metavar="DIR", help="the run folder itself; default: a new one")
    go_on.add(command)
    command.add_argument("--title", default="", metavar="TEXT", help="what the library of runs calls the run")
    command.add_argument("--tag", action="append", default=[], metavar="NAME", help="a tag of the run; can be repeated")
    command.add_argument(
        "--changes", type=Path, metavar="FILE", help="change settings on the way, as a changes.jsonl or a run says"
    )
    command.add_argument(
        "--repeat", type=Path, metavar="RUN", help="make a run again, with what was changed while it was trained"
    )
    command.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    from ae_studio.config import ConfigError
    from ae_studio.runs.about import About, as_tags, as_title
    from ae_studio.terminal import train_on_terminal
    from ae_studio.training.defaults import complete
    from ae_studio.training.tours import TOURS, presets_of

    about = About(title=as_title(options.title), tags=as_tags(options.tag))
    if go_on.is_asked(options):
        folder, config = go_on.prepare(options, flag_values(options), dict(parse_pairs(options.set)))
        return train_on_terminal(config, resume=folder, about=about)
    if options.repeat:
        config = _repeated_config(options)
        changes = _changes_of(options.repeat, config)
        return train_on_terminal(config, out=options.out, about=about, changes=changes)
    presets = presets_of(options.preset) if options.preset else ()
    if len(presets) > 1 and options.out:
        raise ConfigError(f"--out names one folder, and {options.preset} trains {len(presets)} runs; leave it out")
    code = DONE
    tour = TOURS.get(options.preset)
    for options.preset in presets or (None,):
        values = given_values(options)
        if options.model or options.trust:
            trust(values.get("model", ""))
        config = complete(values)
        changes = _changes_of(options.changes, config)
        said = _said_of_tour(about, tour, options) if tour else about
        code = code or train_on_terminal(config, out=options.out, about=said, changes=changes)
    return code


def _said_of_tour(about: Any, tour: Any, options: argparse.Namespace) -> Any:
    """What the user says of a run, and where that leaves it open, what the window calls the runs of this tour."""
    from ae_studio.runs.about import About
    from ae_studio.training.defaults import PRESETS

    title = about.title or ("" if options.set else PRESETS[options.preset].title)  # which tells of the settings
    return About(title=title, tags=about.tags or (tour.title,))


def _changes_of(path: Path | None, config: Any) -> list[Any]:
    """What a file or a run says of settings that change; tried now, so that no wrong one is found hours later."""
    from ae_studio.config import ConfigError
    from ae_studio.training.live import ALL, config_at, read_changes

    if path is None:
        return []
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file, and no such run")
    changes = read_changes(path)
    config_at(config, changes, ALL)
    return changes


def _repeated_config(options: argparse.Namespace) -> Any:
    if _asks_for_more(options) or options.changes:
        raise _refusal(
            "--repeat takes the run's own settings and changes; only --epochs and --out can be given beside it"
        )
    return _own_config(options.repeat, options)


def _asks_for_more(options: argparse.Namespace) -> bool:
    """Than a run's own settings."""
    others = set(flag_values(options)) - {"epochs"}
    return bool(others or options.set or options.config or options.preset)


def _refusal(message: str) -> Exception:
    from ae_studio.config import ConfigError

    return ConfigError(message)


def _own_config(run: Path, options: argparse.Namespace) -> Any:
    """A run's settings as it began, for as many epochs as are asked for."""
    from ae_studio.config import read_config
    from ae_studio.training.defaults import complete

    values = with_kept_model(read_config(run / "config.json"), run)
    if options.trust:
        trust(values.get("model", ""))
    return complete({**values, **flag_values(options)})
