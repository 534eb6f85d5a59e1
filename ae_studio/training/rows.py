"""Rows of the tables in a run folder: up to which epoch, or which step, they belong. Knows no torch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

METRICS = "metrics.csv"
METRICS_HEADER = "epoch,step,split,term,value\n"
WEIGHTS = "weights.csv"
WEIGHTS_HEADER = "step,term,value\n"
TIMES_HEADER = "epoch,seconds\n"
NEVER = 2**63  # behind every epoch and every step


def metrics_until(path: Path, epoch: int) -> Iterator[str]:
    """The header and the rows up to the end of this epoch; none that was cut short. Raises OSError."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        yield from (row for row in file if _first(row, METRICS_HEADER) <= epoch)


def weights_until(path: Path, step: int) -> Iterator[str]:
    """Likewise of what terms were multiplied by, up to this step."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        yield from (row for row in file if _first(row, WEIGHTS_HEADER) <= step)


def times_until(path: Path, epoch: int) -> Iterator[str]:
    """Likewise of what the epochs took, up to this one."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        yield from (row for row in file if _first(row, TIMES_HEADER) <= epoch)


def validations(path: Path) -> dict[int, tuple[int, float]]:
    """Of every whole epoch the steps until then and the validation loss; empty where there is no file to be read.

    Training writes the validation of an epoch last, so an epoch that has one is whole.
    """
    found = {}
    with suppress(OSError), open(path, encoding="utf-8", errors="replace", newline="") as file:
        for row in file:
            if ",validation,loss," in row and _first(row, METRICS_HEADER) < NEVER:
                epoch, step, _, _, value = row.split(",")
                with suppress(ValueError):
                    found[int(epoch)] = int(step), float(value)
    return found


def _first(row: str, header: str) -> int:
    """The number that a row begins with; the header counts as 0, a row that was cut short as never."""
    if row == header:
        return 0
    number, whole = row.split(",", 1)[0], row.count(",") == header.count(",") and row.endswith("\n")
    return int(number) if number.isdecimal() and whole else NEVER
