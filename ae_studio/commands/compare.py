"""`ae-studio compare RUN RUN [RUN RUN]`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import add_command, add_trust, run_at
from ae_studio.commands.codes import DONE, FAILED, WRONG_USE, say


def add(commands: Any) -> None:
    command = add_command(
        commands, "compare", "two to four runs side by side: settings that differ, last numbers, metrics"
    )
    command.add_argument("folders", type=_entry, nargs="+", metavar="RUN", help="a run folder; RUN@5 is its epoch 5")
    command.add_argument("--json", action="store_true", help="as JSON")
    add_trust(command)
    command.set_defaults(run=_compare)


def _entry(text: str) -> tuple[Path, int | None]:
    """A folder, with the epoch behind an @ where that is no part of its name."""
    folder, at, epoch = text.rpartition("@")
    if at and epoch.isdecimal() and not Path(text).is_dir():
        return Path(folder), int(epoch)
    return Path(text), None


def _compare(options: argparse.Namespace) -> int:
    from ae_studio.comparison_table import compare_on_terminal
    from ae_studio.runs.compared import MOST, load_compared
    from ae_studio.runs.record import RunError

    if not 2 <= len(options.folders) <= MOST:
        return say(f"name two to {MOST} runs to compare, got {len(options.folders)}", WRONG_USE)
    try:
        for folder, _ in options.folders:
            run_at(folder, trusted=options.trust)
        compare_on_terminal(load_compared(options.folders), as_json=options.json)
    except RunError as error:
        return say(error, FAILED)
    return DONE
