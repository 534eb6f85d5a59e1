"""One run as a line of the library, read from the small files of its folder. Knows no torch.

A list of thousands has to be there at once, so a folder is read with as few calls as will do, and nothing of it that
may be large is read but the numbers in ``metrics.csv``.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ae_studio.config import ConfigError, RunConfig, check
from ae_studio.models.catalog import MODELS
from ae_studio.runs.about import About, read_about
from ae_studio.runs.record import NO_WAIT, RunError, parent_of, read_ended, read_record
from ae_studio.training.live import changes_the_loss, read_changes
from ae_studio.training.run_format import is_held

# A run is what it was while these are: their times and sizes, and the folder's own time.
FILES = ("config.json", "metrics.csv", "snapshots", "looks", "ended.json", "about.json")
OF_A_RUN = 4  # of them, the first: a folder that holds none of these is no run
OUTCOMES = ("finished", "stopped", "failed")
PATIENCE_S = 60.0  # a run that is trained writes about once a second; shared disks show it late
CHUNK = 8 << 20  # bytes of metrics.csv at a time
MOST_METRICS = 1 << 30  # bytes; the best value of a larger file would be waited for
VALIDATION = b",validation,loss,"

Fingerprint = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListedRun:
    """``folder`` is the folder's name. ``problems`` say in words what is wrong; ``broken``: it cannot be opened.

    ``best`` is the smallest validation loss, in ``loss_unit``, after ``best_epoch``; where a weight was changed, of
    those behind it. ``outcome`` is empty while the run has no end. ``parent`` is the folder's name of the run that this
    is a branch of, from behind ``parent_epoch`` on; empty where it is none. ``started`` reads ``2026-11-23 14:05:09``.
    ``written`` is when it last was, in seconds since 1970.
    """

    folder: str
    model: str = ""
    data: str = ""
    latent_dim: int = 0
    epochs: int = 0
    epochs_done: int = 0
    best: float | None = None
    best_epoch: int = 0
    loss_unit: str = ""
    started: str = ""
    written: float = 0.0
    outcome: str = ""
    reason: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    problems: tuple[str, ...] = ()
    broken: bool = False
    being_trained: bool = False
    parent: str = ""
    parent_epoch: int = 0

    @property
    def name(self) -> str:
        """What the user calls it, else its folder's name."""
        return printable(self.title or self.folder)

    @property
    def state(self) -> str:
        """How it ended (``ended``: nobody knows how), or ``training``, ``no end``, ``damaged``."""
        if self.broken:
            return "damaged"
        return self.outcome or ("training" if self.being_trained else "no end")

    @property
    def told(self) -> str:
        """How it ended and what is wrong with it."""
        endless = {"no end": "It has no end: it was cut off, or goes on elsewhere.", "training": "It is being trained."}
        return "\n".join(filter(None, (self.reason or endless.get(self.state, ""), *self.problems)))


# What breaks a line, turns the writing around, or is no character at all.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """As it can be shown on one line: what would break or turn it is spelled out."""
    return _UNSHOWABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def fingerprint(path: str) -> Fingerprint | None:
    """Another one whenever the run is another; None where the folder is no run. Raises OSError."""
    found = [os.stat(path).st_mtime_ns]
    for name in FILES:
        try:
            stat = os.stat(f"{path}/{name}")
        except FileNotFoundError:
            found += (0, 0)
        except OSError as error:  # there, but out of reach
            found += (-1, error.errno or -1)
        else:
            found += (stat.st_mtime_ns, stat.st_size)
    return tuple(found) if any(found[1 : 1 + 2 * OF_A_RUN]) else None


def read_listed(path: str, seen: Fingerprint) -> ListedRun:
    """What a folder with this fingerprint says; never raises for what is damaged."""
    folder = os.path.basename(path)
    problems: list[str] = []
    values: dict[str, Any] = {"folder": folder, "written": written_at(seen)}
    try:
        record = read_record(path)
    except RunError as error:
        problems.append(str(error).replace(f"{path}{os.sep}", "", 1))
        values["broken"] = True
    else:
        values |= _of_record(record)
        values["broken"] = not _is_sound(record["config"], problems)
    try:
        values["epochs_done"], values["best"], values["best_epoch"] = best_validation(path)
    except FileNotFoundError:
        problems.append("metrics.csv: is missing, so there are no loss curves")
    except (OSError, ValueError) as error:
        problems.append(f"metrics.csv: {getattr(error, 'strerror', None) or error}")
    values |= _of_end_and_user(path, seen, problems)
    if not values.get("started"):
        when = datetime.fromtimestamp(_moment(seen[1] or seen[0]))
        values["started"] = _date_in(folder) or f"{when:%Y-%m-%d %H:%M:%S}"
    problems += [f"{name}: {_why_empty(f'{path}/{name}')}" for name in ("snapshots", "looks") if _is_empty(path, name)]
    return ListedRun(**values, problems=tuple(problems))


def is_written(path: str, run: ListedRun) -> bool:
    """Whether somebody trains it now, as far as can be known: it has no end, and is held or was written lately."""
    if run.outcome:
        return False
    return abs(time.time() - run.written) < PATIENCE_S or is_held(f"{path}/metrics.csv")


def written_at(seen: Fingerprint) -> float:
    """Seconds since 1970; what the user says of a run is no part of it."""
    times = [seen[1 + 2 * index] for index, name in enumerate(FILES) if name != "about.json"]
    return _moment(max(times))


def best_validation(run: str) -> tuple[int, float | None, int]:
    """The last epoch in a run's ``metrics.csv``, and the smallest validation loss with its epoch; None where there is
    none. Where the loss became another one while it was trained, those before count no more.

    Raises OSError, and ValueError where the file is none or too large to be looked through.
    """
    last, best, best_epoch = 0, None, 0
    others = _steps_of_another_loss(Path(run))
    file = os.open(f"{run}/metrics.csv", os.O_RDONLY | NO_WAIT)
    try:
        size = os.fstat(file).st_size
        if size > MOST_METRICS:
            raise ValueError(f"is larger than {MOST_METRICS >> 30} GiB, so the best value was not looked for")
        rest = b""
        while size > 0 and (more := os.read(file, CHUNK)):
            size -= len(more)
            text = rest + more
            whole = text.rfind(b"\n") + 1
            for epoch, step, value in _validations(text[:whole]):
                last = max(last, epoch)
                if others and step > others[0]:
                    others, best = [each for each in others if each >= step], None
                if best is None or value < best:
                    best, best_epoch = value, epoch
            rest = text[whole:] if len(text) - whole <= CHUNK else b""  # no row is that long
    finally:
        os.close(file)
    return last, best if best is not None and math.isfinite(best) else None, best_epoch


def _steps_of_another_loss(run: Path) -> list[int]:
    """Behind which losses are not what they were; none where nobody can read what was changed."""
    with suppress(ConfigError):
        return [change.step for change in read_changes(run) if changes_the_loss(change.values)]
    return []


def _validations(rows: bytes) -> Iterator[tuple[int, int, float]]:
    """Epochs, steps and losses; infinite where a loss is not finite. Cut at what stands between: 35 µs for twenty."""
    before, *behind = rows.split(VALIDATION)
    for after in behind:
        start = before[before.rfind(b"\n") + 1 :]
        before = after
        try:
            value = float(after[: after.index(b"\n")])
            epoch, step = start.split(b",")
            yield int(epoch), int(step), value if math.isfinite(value) else math.inf
        except ValueError:  # a damaged row
            continue


def _date_in(folder: str) -> str:
    """Run folders are named after the second in which they were made."""
    try:
        return f"{datetime.strptime(folder[:19], '%Y-%m-%d_%H-%M-%S'):%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return ""


def _of_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """Each value only where it is what it should be."""
    config, found = record["config"], {}
    for name, kind in (("model", str), ("data", str), ("latent_dim", int), ("epochs", int)):
        if isinstance(config.get(name), kind):
            found[name] = config[name]
    if isinstance(record.get("loss_unit"), str):
        found["loss_unit"] = record["loss_unit"]
    if (parent := parent_of(record)) is not None:
        found["parent"], found["parent_epoch"] = parent.run, parent.epoch
    with suppress(KeyError, ValueError, TypeError):
        found["started"] = f"{datetime.fromisoformat(record['started']):%Y-%m-%d %H:%M:%S}"
    return found


def _is_sound(config: Mapping[str, Any], problems: list[str]) -> bool:
    """Whether a run can be made of these settings; that of a model of the user's own only its code can say."""
    try:
        checked = check(RunConfig, config)
        if checked.model in MODELS:
            check(MODELS[checked.model].settings, checked.settings)
    except ConfigError as error:
        problems.append(f"config.json: {error}")
        return False
    return True


def _of_end_and_user(path: str, seen: Fingerprint, problems: list[str]) -> dict[str, Any]:
    """Files that are not there are not asked for."""
    ended, about = None, About()
    try:
        ended = read_ended(path) if seen[1 + 2 * FILES.index("ended.json")] else None
    except RunError as error:
        problems.append(str(error))
        ended = "ended", ""
    try:
        about = read_about(path) if seen[1 + 2 * FILES.index("about.json")] else about
    except RunError as error:
        problems.append(str(error))
    outcome, reason = ended or ("", "")
    outcome = outcome if outcome in (*OUTCOMES, "") else "ended"
    return {"outcome": outcome, "reason": reason, "title": about.title, "tags": about.tags, "notes": about.notes}


def _is_empty(path: str, name: str) -> bool:
    """Of a folder; only its first entry is looked for, since it may hold millions."""
    try:
        with os.scandir(f"{path}/{name}") as entries:
            return next(entries, None) is None
    except OSError:
        return True


def _why_empty(path: str) -> str:
    return "none are left" if os.path.isdir(path) else "is missing"


def _moment(nanoseconds: int) -> float:
    """Seconds since 1970, of a time that a calendar can show."""
    return min(max(0.0, nanoseconds / 1e9), 32_503_676_400.0)
