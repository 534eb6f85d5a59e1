"""`ae-studio evaluate RUN`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import add_command, add_trust, run_at, whole
from ae_studio.commands.codes import DONE, FAILED, say


def add(commands: Any) -> None:
    command = add_command(commands, "evaluate", "the metrics of a run on the test split")
    command.add_argument("folder", type=Path, metavar="RUN")
    command.add_argument("--json", action="store_true", help="as JSON, with what each metric means")
    command.add_argument("--epoch", type=whole(0), metavar="N", help="by the weights after this epoch; default: last")
    command.add_argument(
        "--samples", type=whole(1, 100_000), default=50, metavar="K", help="of the importance-weighted bound (50)"
    )
    command.add_argument(
        "--neighbours", type=whole(1, 999), default=10, metavar="K", help="of the metrics of neighbourhoods (10)"
    )
    command.add_argument(
        "--binarised", choices=["none", "static", "dynamic"], default="none", help="the images of that bound (none)"
    )
    command.add_argument("--anew", action="store_true", help="measure again what is kept in the run's folder")
    add_trust(command)
    command.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    from ae_studio.evaluation_table import evaluate_on_terminal
    from ae_studio.latent.measured import Options
    from ae_studio.runs.recorded import RunError

    wanted = Options(neighbours=options.neighbours, samples=options.samples, binarised=options.binarised)
    try:
        run = run_at(options.folder, trusted=options.trust)
        evaluate_on_terminal(run, options.epoch, wanted, as_json=options.json, anew=options.anew)
    except RunError as error:
        return say(error, FAILED)
    return DONE
