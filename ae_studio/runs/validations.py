"""What the validation of every epoch came to, read from a run's ``metrics.csv`` alone. Knows no torch.

The steps, which are most of such a file, are passed over, so that thousands of runs are there in seconds.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

from ae_studio.runs.listed import CHUNK, MOST_METRICS
from ae_studio.runs.record import NO_WAIT, RunError

BETWEEN = b",validation,"

Validations = dict[int, dict[str, float]]
"""Of every epoch its terms, by name; values are finite."""


def read_validations(run: Path) -> Validations:
    """All that can be read. Raises :class:`RunError` where there is no such file, or it is too large."""
    path = run / "metrics.csv"
    found: Validations = {}
    try:
        for epoch, term, value in _rows(path):
            if math.isfinite(value):
                found.setdefault(epoch, {})[term] = value
    except OSError as error:
        raise RunError(f"{path}: cannot be read ({error.strerror or error})") from None
    return found


def _rows(path: Path) -> Iterator[tuple[int, str, float]]:
    file = os.open(path, os.O_RDONLY | NO_WAIT)
    try:
        if os.fstat(file).st_size > MOST_METRICS:
            raise RunError(f"{path}: is larger than {MOST_METRICS >> 30} GiB")
        rest = b""
        while more := os.read(file, CHUNK):
            text = rest + more
            whole = text.rfind(b"\n") + 1
            yield from rows_of(text[:whole])
            rest = text[whole:] if len(text) - whole <= CHUNK else b""  # no row is that long
    finally:
        os.close(file)


def rows_of(rows: bytes) -> Iterator[tuple[int, str, float]]:
    """Epoch, term and value of each row of a validation in a piece of whole lines; damaged ones are passed over.

    Cut at what stands between an epoch and its term.
    """
    before, *behind = rows.split(BETWEEN)
    for after in behind:
        start, before = before[before.rfind(b"\n") + 1 :], after
        try:
            term, value = after[: after.index(b"\n")].decode("utf-8").split(",")
            yield int(start[: start.index(b",")]), term, float(value)
        except ValueError:  # a damaged row
            continue
