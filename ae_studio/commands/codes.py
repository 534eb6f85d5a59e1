"""How a command ends."""

from __future__ import annotations

import sys

DONE, FAILED, WRONG_USE = 0, 1, 2
INTERRUPTED = 130  # what shells report of a command that Ctrl-C has ended


def say(error: object, code: int) -> int:
    """One line about what is wrong; returns the code."""
    print(f"ae-studio: {error}", file=sys.stderr)
    return code
