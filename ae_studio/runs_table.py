"""The library of runs on a terminal: a line each."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from ae_studio.runs.library import Listing, list_runs
from ae_studio.runs.listed import ListedRun, printable

HEADINGS = ("run", "state", "model", "data", "d", "epochs", "best", "begun", "tags")
RIGHT = (4, 5, 6)  # columns of numbers


def list_on_terminal(*, as_json: bool = False) -> bool:
    """Prints every run, the newest first; says whether they could be listed."""
    listing = list_runs()
    if listing.problem:
        print(f"ae-studio: {listing.problem}", file=sys.stderr)
        return False
    print(_as_json(listing) if as_json else _as_text(listing))
    return True


def _as_json(listing: Listing) -> str:
    """With every folder's whole path, whatever characters it holds."""
    here = {run.folder for run in listing.runs}
    runs: list[dict[str, Any]] = [
        {"path": str(listing.root / run.folder), "state": run.state, **asdict(run)}
        | ({"parent_missing": run.parent not in here} if run.parent else {})
        for run in listing.runs
    ]
    return json.dumps({"root": str(listing.root), "left_out": listing.left_out, "runs": runs}, indent=2)


def _as_text(listing: Listing) -> str:
    if not listing.runs:
        return f"No runs yet under {listing.root}. `ae-studio train` makes one."
    lines = [HEADINGS, *(_cells(run) for run in listing.runs)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    table = ["  ".join(_padded(line, widths)).rstrip() for line in lines]
    here = {run.folder for run in listing.runs}
    for number, run in reversed(list(enumerate(listing.runs, start=1))):
        table[number + 1 : number + 1] = [f"    {printable(line)}" for line in (*_descent(run, here), *run.problems)]
    if listing.left_out:
        table.append(f"{listing.left_out:,} more are left out.")
    return "\n".join([*table, f"\nRuns live under {listing.root}. `ae-studio open RUN` shows one."])


def _descent(run: ListedRun, here: set[str]) -> tuple[str, ...]:
    gone = "" if run.parent in here else ", which is not here any more"
    return (f"a branch of {run.parent}{gone}, behind epoch {run.parent_epoch}",) if run.parent else ()


def _cells(run: ListedRun) -> tuple[str, ...]:
    best = "" if run.best is None else f"{run.best:.4g}"
    epochs = f"{run.epochs_done}/{run.epochs}" if run.epochs else str(run.epochs_done)
    name = printable(run.folder) + (f" ({run.name})" if run.title else "")
    cells = (name, run.state, run.model, run.data, str(run.latent_dim or ""), epochs, best, run.started[:16])
    return (*map(printable, cells), printable(", ".join(run.tags)))


def _padded(line: tuple[str, ...], widths: list[int]) -> list[str]:
    pairs = zip(line, widths, strict=True)
    return [cell.rjust(width) if at in RIGHT else cell.ljust(width) for at, (cell, width) in enumerate(pairs)]
