"""The runs that there are: listed, put into the form again, moved to the trash. Knows no torch."""

from __future__ import annotations

import heapq
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ae_studio.config import ConfigError, RunConfig, check
from ae_studio.events import ValuesChanged
from ae_studio.models.catalog import MODELS
from ae_studio.models.own_file import COPY, kept_file, names_a_file
from ae_studio.paths import runs_root
from ae_studio.runs.listed import Fingerprint, ListedRun, fingerprint, is_written, read_listed
from ae_studio.runs.record import RunError, read_record
from ae_studio.runs.run_index import Known, RunIndex
from ae_studio.training.defaults import complete
from ae_studio.training.live import ALL, Change, config_at, read_changes, told

MOST = 100_000  # runs in a list; a folder that holds more holds something else
CHECK_EVERY = 128  # folders: some ten milliseconds
FIRST_PART_S = 0.3  # what is read until then is told; then what is read in twice the time, and so on

OnPart = Callable[["Listing"], None]


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Listing:
    """The newest run comes first. ``left_out`` more folders were not looked at; ``problem``: why there is no list.

    Of one that is still being made ``unread`` folders are missing.
    """

    root: Path
    runs: tuple[ListedRun, ...] = ()
    left_out: int = 0
    problem: str = ""
    unread: int = 0


def list_runs(
    root: Path | None = None,
    on_part: OnPart = lambda listing: None,
    check: Callable[[], None] = _nothing,
) -> Listing:
    """Every run in this folder, by default in that of all runs, the damaged ones with what is wrong with them.

    What has not changed since the last time comes from the index. Where the rest takes long, ``on_part`` is told what
    is there so far, the newest runs first. ``check`` is called often, and may raise to leave.
    """
    root = root or runs_root()
    try:
        names, left_out = _folders(root, check)
    except FileNotFoundError:
        return Listing(root)
    except OSError as error:
        return Listing(root, problem=f"{root}: cannot be read ({error.strerror or error})")
    index = RunIndex(root)
    before, known = index.read(), Known()
    began, part_s = time.monotonic(), FIRST_PART_S
    for number, name in enumerate(names):
        if number % CHECK_EVERY == 0:
            check()
            if time.monotonic() - began >= part_s:
                on_part(Listing(root, _runs(root, known), left_out, unread=len(names) - number))
                part_s *= 2
        found = _read(root, name, before.get(name))
        if found is not None:
            known[name] = found
    if known.keys() != before.keys() or any(known[name] is not before[name] for name in known):
        index.write(known)
    return Listing(root, _runs(root, known), left_out)


def _runs(root: Path, known: Known) -> tuple[ListedRun, ...]:
    """The newest first."""
    runs = [_as_it_is_now(root, run) for _, run in known.values()]
    return tuple(sorted(runs, key=lambda run: (run.started, run.folder), reverse=True))


def read_run(root: Path, folder: str) -> ListedRun | None:
    """One run anew; None where it is not there any more."""
    found = _read(root, folder, None)
    return _as_it_is_now(root, found[1]) if found else None


def recent_runs(root: Path | None = None, count: int = 6) -> tuple[ListedRun, ...]:
    """The runs that were made or changed last, newest first, without the damaged ones. Reads no more than these."""
    root = root or runs_root()
    found: list[ListedRun] = []
    for name in _newest_folders(root):
        read = _read(root, name, None)
        if read is not None and not read[1].broken:
            found.append(_as_it_is_now(root, read[1]))
        if len(found) == count:
            break
    return tuple(found)


def _newest_folders(root: Path) -> list[str]:
    """By when something was last put into them; none where the folder cannot be read."""
    found = []
    with suppress(OSError), os.scandir(root) as entries:
        for entry in islice(entries, MOST):
            with suppress(OSError):
                if not entry.name.startswith(".") and entry.is_dir():
                    found.append((entry.stat().st_mtime_ns, entry.name))
    return [name for _, name in sorted(found, reverse=True)]


def _folders(root: Path, check: Callable[[], None]) -> tuple[list[str], int]:
    """Names of the folders, and how many more there are; those that are named after later days are kept."""
    seen = 0

    def names(entries: Iterator[os.DirEntry[str]]) -> Iterator[str]:
        nonlocal seen
        for number, entry in enumerate(entries):
            if number % CHECK_EVERY == 0:
                check()
            if not entry.name.startswith(".") and _may_be_run(entry):
                seen += 1
                yield entry.name

    with os.scandir(root) as entries:
        kept = heapq.nlargest(MOST, names(entries))
    return kept, seen - len(kept)


def _may_be_run(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that lead in a circle, say: listed with that
        return True


def _read(root: Path, name: str, before: tuple[Fingerprint, ListedRun] | None) -> tuple[Fingerprint, ListedRun] | None:
    path = os.path.join(root, name)
    try:
        seen = fingerprint(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = f"the folder cannot be read ({error.strerror or error})"
        return (), ListedRun(name, problems=(problem,), broken=True)
    if seen is None:
        return None
    return before if before and before[0] == seen else (seen, read_listed(path, seen))


def _as_it_is_now(root: Path, run: ListedRun) -> ListedRun:
    """With what no folder says: whether it is being trained, and whether this installation knows its model."""
    if not run.outcome and is_written(os.path.join(root, run.folder), run):
        run = replace(run, being_trained=True)
    if run.broken or run.model in MODELS or names_a_file(run.model):
        return run
    from ae_studio.models.own import installed

    if run.model in installed():
        return run
    return replace(run, broken=True, problems=(*run.problems, f"config.json: unknown model {run.model!r}"))


# What is done with one of them


def config_of(run: Path) -> RunConfig:
    """The settings of a run, to train with again; a model of the user's own is the file that was trained.

    Raises :class:`~ae_studio.runs.record.RunError` or :class:`~ae_studio.config.ConfigError`.
    """
    record = read_record(run)
    config = check(RunConfig, record["config"])
    if names_a_file(config.model):
        file = kept_file(run, str(record.get("model_sha256", "")))
        if file is None:
            raise RunError(f"{run / COPY}: is missing, or not what this run was trained with")
        config = config.model_copy(update={"model": str(file)})
    return complete(config.model_dump())


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What a run was trained with: ``config`` as it began, ``changes`` on the way; both make it again.

    ``problem``: why its changes are not known, where there is a file of them.
    """

    run: Path
    config: RunConfig
    changes: tuple[Change, ...] = ()
    problem: str = ""

    @property
    def told(self) -> list[ValuesChanged]:
        """The changes, from what to what; their epochs are not known."""
        return told(self.config, self.changes, 1)


def settings_of(run: Path) -> RunSettings:
    """Raises what :func:`config_of` raises; never for the changes."""
    config = config_of(run)
    try:
        changes = read_changes(run)
        config_at(config, changes, ALL)
    except ConfigError as error:
        return RunSettings(run, config, problem=str(error))
    return RunSettings(run, config, tuple(changes))


def why_kept(root: Path, folder: str) -> str:
    """Why a run cannot be moved to the trash; empty where it can."""
    path = root / folder
    if folder in ("", ".", "..") or os.path.basename(folder) != folder:
        return f"{folder}: is no folder among the runs"
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        return f"{folder}: cannot be reached ({error.strerror or error})"
    if stat.S_ISLNK(mode) or path.resolve() != root.resolve() / folder:
        return f"{folder}: is a link to {os.path.realpath(path)}; remove it, or the run itself, where they lie"
    run = read_run(root, folder) if stat.S_ISDIR(mode) else None
    if run is None:
        return f"{folder}: is no run"
    return f"{folder}: is being trained; stop it first" if run.being_trained else ""


def trash(root: Path, folder: str) -> None:
    """Moves a run's folder to the system's trash. Raises :class:`~ae_studio.runs.record.RunError`."""
    from send2trash import send2trash

    reason = why_kept(root, folder)
    if reason:
        raise RunError(reason)
    try:
        send2trash(str(root / folder))
    except Exception as error:  # each system's own way has its own errors
        reason = getattr(error, "strerror", None) or str(error)
        raise RunError(f"{folder}: cannot be moved to the trash ({reason})") from None
