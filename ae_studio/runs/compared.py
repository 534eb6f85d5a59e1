"""Several runs side by side, each at one of its epochs. Loads torch only when it reads one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ae_studio.config import ConfigError, RunConfig
from ae_studio.events import Images, Labels, Look
from ae_studio.runs.about import read_about
from ae_studio.runs.history import read_seconds
from ae_studio.runs.listed import printable
from ae_studio.runs.record import RunError, read_record
from ae_studio.training.live import Change, read_changes

if TYPE_CHECKING:
    from ae_studio.runs.opening import Moment, OpenedRun

MOST = 4  # runs at once: more cannot be told apart by the eye

Entry = tuple[Path, int | None]
"""A run, and the epoch at which it is looked at; None for its last."""


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run at one epoch; the same run may stand beside itself at another.

    ``name`` is what the user calls it. ``seconds`` maps an epoch to how long it took; empty where that was not kept.
    ``parent`` is, in words, the run that it goes on from; empty for one that began afresh.
    """

    opened: OpenedRun
    moment: Moment
    name: str = ""
    seconds: Mapping[int, float] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    parameters: int = 0
    parent: str = ""

    @property
    def path(self) -> Path:
        return self.opened.path

    @property
    def epoch(self) -> int:
        return self.moment.look.epoch

    @property
    def config(self) -> RunConfig:
        return self.opened.config

    @property
    def look(self) -> Look:
        return self.moment.look

    @property
    def labels(self) -> Labels:
        """Classes of the look's codes."""
        return self.moment.labels

    @property
    def images(self) -> Images | None:
        """Those of the look's codes."""
        return self.opened.images


@dataclass(frozen=True, slots=True)
class Loaded:
    """``runs`` in the order of what was asked for; ``problems`` say, in words, what of it is missing, and why."""

    runs: tuple[ComparedRun, ...]
    problems: tuple[str, ...] = ()


def load_compared(entries: Sequence[Entry]) -> tuple[ComparedRun, ...]:
    """Runs at an epoch each, by default their last. Raises :class:`RunError` for one that holds nothing to look at."""
    return tuple(load_one(path, epoch) for path, epoch in entries)


def load_what_can_be(entries: Sequence[Entry], known: Sequence[ComparedRun] = ()) -> Loaded:
    """As :func:`load_compared`, but a run that cannot be read keeps no other away.

    Of ``known`` runs only what is missing is read. A run whose epoch cannot be read stays at the one where it was.
    """
    runs, problems = [], []
    for path, epoch in entries:
        here = [run for run in known if run.path == path]
        same = [run for run in here if run.epoch == epoch]
        try:
            runs.append(same[0] if same else _moved(here[0], epoch) if here else load_one(path, epoch))
        except RunError as error:
            problems.append(str(error))
            runs += here[:1]
    return Loaded(tuple(runs), tuple(problems))


def load_one(path: Path, epoch: int | None = None) -> ComparedRun:
    """Raises :class:`RunError` where nothing of it can be looked at."""
    from ae_studio.runs.opening import load_moment, open_run
    from ae_studio.training.run_folder import RunFolder

    opened = open_run(path)
    if opened.moment is None:
        why = f": {opened.problems[-1]}" if opened.problems else ""
        raise RunError(f"{path.name}: holds no epoch that can be looked at{why}")
    if epoch is not None and not RunFolder(path).look_path(epoch).exists():
        kept = f"{opened.epochs[0]} to {opened.epochs[-1]}"
        raise RunError(f"{path.name}: holds no look of epoch {epoch}; it has those of {kept}")
    moment = opened.moment if epoch in (None, opened.moment.look.epoch) else load_moment(path, epoch or 0)
    record = read_record(path)
    return ComparedRun(
        opened,
        moment,
        name=_name(path),
        seconds=read_seconds(path),
        changes=_changes(path),
        parameters=record["parameters"] if isinstance(record.get("parameters"), int) else 0,
        parent=_parent(record.get("parent")),
    )


def _moved(run: ComparedRun, epoch: int | None) -> ComparedRun:
    """The run at another of the epochs that were there when it was opened."""
    from ae_studio.runs.opening import load_moment

    return replace(run, moment=load_moment(run.path, run.opened.epochs[-1] if epoch is None else epoch))


def _name(path: Path) -> str:
    try:
        return printable(read_about(path).title or path.name)
    except RunError:
        return printable(path.name)


def _changes(path: Path) -> tuple[Change, ...]:
    """None of a damaged file: the run's own problems tell of it."""
    try:
        return tuple(read_changes(path))
    except ConfigError:
        return ()


def _parent(told: Any) -> str:
    """As the run's record names it."""
    if isinstance(told, dict) and "run" in told:
        run = printable(Path(str(told["run"])).name)
        return f"{run}, epoch {told['epoch']}" if isinstance(told.get("epoch"), int) else run
    return printable(str(told)[:200]) if told else ""
