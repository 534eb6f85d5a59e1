"""`ae-studio export RUN WHAT`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import add_command, add_trust, run_at, whole
from ae_studio.commands.codes import DONE, FAILED, say


def add(commands: Any) -> None:
    command = add_command(commands, "export", "take something along from a run")
    command.add_argument("folder", type=Path, metavar="RUN")
    command.add_argument("what", choices=["png"], metavar="WHAT", help="png: pictures of every view")
    command.add_argument("--out", type=Path, metavar="DIR", help="where to; default: RUN/pictures")
    command.add_argument("--epoch", type=whole(0), metavar="N", help="the model after this epoch; default: the last")
    add_trust(command)
    command.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from ae_studio.export.pictures import export_pictures
    from ae_studio.runs.recorded import RunError

    try:
        for path in export_pictures(run_at(options.folder, trusted=options.trust), options.out, options.epoch):
            print(path)
    except RunError as error:
        return say(error, FAILED)
    except OSError as error:
        return say(f"{error.filename}: {error.strerror}", FAILED)
    return DONE
