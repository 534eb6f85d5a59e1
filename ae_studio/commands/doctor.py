"""`ae-studio doctor`."""

from __future__ import annotations

import argparse
import json
from typing import Any

from ae_studio.commands.arguments import add_command
from ae_studio.commands.codes import DONE, FAILED


def add(commands: Any) -> None:
    command = add_command(commands, "doctor", "what is installed here, what is missing, what to do")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from ae_studio.doctor import as_text, as_values, examine, healthy

    findings = examine()
    print(json.dumps(as_values(findings), indent=2) if options.json else as_text(findings))
    return DONE if healthy(findings) else FAILED
