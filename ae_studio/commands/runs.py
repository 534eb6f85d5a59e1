"""`ae-studio runs`."""

from __future__ import annotations

import argparse
from typing import Any

from ae_studio.commands.codes import DONE, FAILED


def add(commands: Any) -> None:
    command = commands.add_parser(
        "runs", help="every run there is: what was trained, how far, its best value, its tags"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_runs)


def _runs(options: argparse.Namespace) -> int:
    from ae_studio.runs_table import list_on_terminal

    return DONE if list_on_terminal(as_json=options.json) else FAILED
