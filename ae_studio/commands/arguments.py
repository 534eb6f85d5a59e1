"""What several commands are told in the same words."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any


def whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """A whole number from ``low`` to ``high``, for a flag."""
    wanted = f"{low} to {high:,}" if high else f"at least {low}"

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < low or (high is not None and int(text) > high):
            raise argparse.ArgumentTypeError(f"must be a whole number, {wanted}, got {text!r}")
        return int(text)

    return read


def add_command(commands: Any, name: str, about: str) -> argparse.ArgumentParser:
    """``about`` stands in the list of all commands, and above the command's own flags."""
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=f"{about[0].upper()}{about[1:]}."
    )
    return command


def add_trust(command: argparse.ArgumentParser) -> None:
    words = "a model that is a Python file may run, though it comes from elsewhere: read it first"
    command.add_argument("--trust", action="store_true", help=words)


def trust(model: str) -> None:
    """Who names a Python file on the command line has it run, as python itself would."""
    from ae_studio.models.own_file import names_a_file, trust_file

    if names_a_file(model):
        trust_file(model)


def run_at(folder: Path, *, trusted: bool) -> Any:
    """The run in this folder; ``trusted``: the user has said that the Python file of its model may run."""
    from ae_studio.runs.recorded import RecordedRun

    run = RecordedRun(folder)
    if run.untrusted and trusted:
        trust(str(run.untrusted))
        return RecordedRun(folder)
    return run


def with_kept_model(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A run's settings, with the very file that it trained where that is the user's own: it may be another by now."""
    from ae_studio.models.own_file import kept_file, names_a_file

    file = kept_file(folder) if names_a_file(values.get("model", "")) else None
    return {**values, "model": str(file)} if file else values
