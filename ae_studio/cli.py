"""Words on the command line become one call. Every command imports what it runs, inside itself."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from ae_studio import __version__
from ae_studio.commands import compare, data, doctor, evaluate, export, models, runs, sweep, train, window
from ae_studio.commands.codes import FAILED, INTERRUPTED, WRONG_USE, say

COMMANDS = (window, train, sweep, runs, compare, evaluate, export, models, data, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0 when done, 1 when the run failed, 2 for wrong use, said in one line; 130 when it was
    interrupted and ended at once."""
    from ae_studio.config import ConfigError
    from ae_studio.data.dataset import DataError

    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read has enough, as `head` has; Python would complain once more as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED  # as whoever pressed Ctrl-C expects: no traceback
    except ConfigError as error:
        return say(error, WRONG_USE)
    except DataError as error:
        return say(error, FAILED)


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong; argparse's own shows the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"ae-studio: {message}. See {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="ae-studio",
        description="A laboratory for autoencoders. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"ae-studio {__version__}")
    parser.add_argument("--self-test", action="store_true", help="the main job once, in a window, on a scratch folder")
    parser.set_defaults(run=window.open_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser
