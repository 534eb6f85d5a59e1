"""`ae-studio models [NAME]`."""

from __future__ import annotations

import argparse
import json
from typing import Any

from ae_studio.commands.arguments import add_command, trust
from ae_studio.commands.codes import DONE


def add(commands: Any) -> None:
    command = add_command(
        commands, "models", "what models there are; with a name, its card: what it does, its settings"
    )
    command.add_argument("name", nargs="?", metavar="NAME", help="of a model, or a .py file with one, which is run")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_models)


def _models(options: argparse.Namespace) -> int:
    from ae_studio.models.card_text import card_text, card_values, models_text, terminal_width
    from ae_studio.models.catalog import MODELS

    if options.name:
        trust(options.name)
    if options.json:
        told = card_values(options.name) if options.name else [card_values(name) for name in MODELS]
        print(json.dumps(told, indent=2))
    else:
        print(card_text(options.name, terminal_width()) if options.name else models_text(terminal_width()))
    return DONE
