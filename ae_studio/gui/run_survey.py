"""Looks through all runs of the library for what they have in common, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.gui.worker import Worker
from ae_studio.paths import runs_root
from ae_studio.runs.library import list_runs, read_run
from ae_studio.runs.listed import ListedRun
from ae_studio.runs.rate_distortion import At, Known, RateDistortion, rate_distortion
from ae_studio.runs.record import RunError
from ae_studio.runs.seeds import SeedGroup, groups_by_seed
from ae_studio.runs.validations import Validations, read_validations


class LeftError(Exception):
    """Nobody waits for this any more."""


@dataclass(frozen=True, slots=True)
class SeedsOf:
    """A group of runs, and what their validations came to, in the same order."""

    group: SeedGroup
    validations: tuple[Validations, ...]


class RunSurvey(QObject):
    """Of each kind of question the newest is answered; what was read before is read again only where it has changed.

    Signals:
        surveyed(RateDistortion): all points, or before, where that takes long, those that are there so far.
        grouped(groups): of the runs that were asked for a :class:`SeedsOf` each.
        failed(message)
    """

    surveyed = Signal(object)
    grouped = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: Known = {}
        self._wish = 0
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def end(self) -> None:
        """Leaves what is at work."""
        self._wish += 1
        self._worker.end()

    def ask_rate_distortion(self, data: str, at: At, compared: Sequence[Path]) -> None:
        """Of all runs of the library that have learned from ``data``, and of those that are compared."""
        self._wish += 1
        work = partial(_survey, data, at, tuple(compared), self._known, self._tell_part, self._checker())
        self._worker.request("points", work)

    def ask_seeds(self, compared: Sequence[Path]) -> None:
        """Of each run the group of runs that differ from it by nothing but the seed."""
        self._wish += 1
        self._worker.request("seeds", partial(_group, tuple(compared), self._checker()))

    def _checker(self) -> Callable[[], None]:
        return partial(self._check, self._wish)

    def _check(self, wish: int) -> None:
        if wish != self._wish:
            raise LeftError

    def _tell_part(self, part: RateDistortion) -> None:
        """From the worker's thread."""
        self.surveyed.emit(part)

    def _take_result(self, kind: str, result: Any) -> None:
        (self.surveyed if kind == "points" else self.grouped).emit(result)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        if LeftError.__name__ not in details:
            self.failed.emit(message)


def _listed(compared: Sequence[Path], check: Callable[[], None]) -> tuple[Path, list[ListedRun]]:
    """The library's runs, and those of the compared that lie elsewhere: their folder is then a whole path."""
    root = runs_root()
    runs = list(list_runs(root, check=check).runs)
    for path in compared:
        if path.parent.resolve() != root.resolve() and (run := read_run(path.parent, path.name)) is not None:
            runs.insert(0, replace(run, folder=str(path.resolve())))
    return root, runs


def _survey(
    data: str,
    at: At,
    compared: tuple[Path, ...],
    known: Known,
    on_part: Callable[[RateDistortion], None],
    check: Callable[[], None],
) -> RateDistortion:
    root, runs = _listed(compared, check)
    return rate_distortion(root, runs, data, at, known=known, on_part=on_part, check=check)


def _group(compared: tuple[Path, ...], check: Callable[[], None]) -> tuple[tuple[Path, SeedsOf | None], ...]:
    root, runs = _listed(compared, check)
    groups = groups_by_seed(root, runs, check)
    found: dict[int, SeedsOf] = {}
    answers = []
    for path in compared:
        mine = [each for each in groups if any((root / run.folder) == path for run in (*each.runs, *each.repeats))]
        if mine and id(mine[0]) not in found:
            found[id(mine[0])] = SeedsOf(mine[0], tuple(_validations(root / run.folder) for run in mine[0].runs))
        answers.append((path, found[id(mine[0])] if mine else None))
    return tuple(answers)


def _validations(run: Path) -> Validations:
    with suppress(RunError):
        return read_validations(run)
    return {}
