"""`ae-studio data [NAME]`."""

from __future__ import annotations

import argparse
from typing import Any

from ae_studio.commands.arguments import add_command


def add(commands: Any) -> None:
    command = add_command(commands, "data", "what data there is; with a name, downloads it")
    command.add_argument("name", nargs="?", metavar="NAME")
    command.set_defaults(run=_data)


def _data(options: argparse.Namespace) -> int:
    from ae_studio.terminal import download_on_terminal, list_data

    return download_on_terminal(options.name) if options.name else list_data()
