"""`ae-studio runs`."""

from __future__ import annotations

import argparse
from typing import Any

from ae_studio.commands.arguments import add_command
from ae_studio.commands.codes import DONE, FAILED


def add(commands: Any) -> None:
    command = add_command(commands, "runs", "every run there is: what was trained, how far, its best value, its tags")
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--by-seed", action="store_true", help="in groups that differ in nothing but the seed: mean ± deviation, n"
    )
    what.add_argument("--rate-distortion", metavar="DATA", help="KL and reconstruction of every run of a data set")
    command.add_argument(
        "--at", choices=["last", "best"], default=None, help="of --rate-distortion: which epoch of a run (last)"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_runs)


def _runs(options: argparse.Namespace) -> int:
    from ae_studio.config import ConfigError
    from ae_studio.data.catalog import dataset
    from ae_studio.runs_summary import rate_distortion_on_terminal, seeds_on_terminal
    from ae_studio.runs_table import list_on_terminal

    if options.at and not options.rate_distortion:
        raise ConfigError("--at says which epoch of a run is compared: give --rate-distortion DATA with it")
    if options.by_seed:
        listed = seeds_on_terminal(as_json=options.json)
    elif options.rate_distortion:
        data = dataset(options.rate_distortion).name  # of images of one's own the whole path, as runs call them
        listed = rate_distortion_on_terminal(data, options.at or "last", as_json=options.json)
    else:
        listed = list_on_terminal(as_json=options.json)
    return DONE if listed else FAILED
