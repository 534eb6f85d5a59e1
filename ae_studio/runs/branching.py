"""Going on with a run: in its own folder, or in a branch, which shares the run's first epochs and leaves it as it is.

A branch is a run folder like any other. Snapshots and looks of the epochs that it shares are hard links, so that they
cost no room; nobody writes into such a file, each is only ever replaced as a whole.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ae_studio.config import ConfigError, RunConfig, check, unknown_name
from ae_studio.events import SettingValue
from ae_studio.models.own_file import COPY
from ae_studio.paths import runs_root
from ae_studio.runs.opening import OpenedRun, open_run
from ae_studio.runs.other_values import SCHEDULE, branchable
from ae_studio.runs.record import RunError, parent_of, read_record
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.atomic import write_text_atomic
from ae_studio.training.checkpoint import epochs_in, read_checkpoint
from ae_studio.training.live import CHANGES, Change, as_text, changed, config_at
from ae_studio.training.rows import METRICS, WEIGHTS, metrics_until, times_until, validations, weights_until
from ae_studio.training.run_folder import refuse_used
from ae_studio.training.run_format import TIMES, new_run_path

ANEW = (
    "Of that epoch only the weights are kept: Adam's moments begin anew, so the first steps differ from those of a run "
    "without a break."
)


@dataclass(frozen=True, slots=True)
class Continuable:
    """What of a run can be gone on from: its whole ``epochs``, those with a checkpoint (``exact``), and the ``last``,
    from which it goes on in its own folder; None where it has no checkpoint for that.

    ``unfinished``: an epoch behind the last was begun. ``configs`` are the settings behind each of the epochs.
    """

    path: Path
    epochs: tuple[int, ...]
    exact: frozenset[int]
    last: int | None
    unfinished: bool
    configs: Mapping[int, RunConfig]


def read_continuable(path: Path) -> Continuable:
    """Raises :class:`RunError` where nothing can go on from this run, with the reason."""
    run = _opened(path)
    steps = _whole_epochs(run)
    if not steps:
        raise RunError(f"{path}: has no whole epoch to go on from")
    last = _epoch_of(path / "last.ckpt")
    exact = frozenset(each for each in (last, _epoch_of(path / "best.ckpt")) if each in steps)
    unfinished = max(run.snapshots) > max(steps)
    configs = {epoch: config_at(run.config, run.changes, step) for epoch, (step, _) in steps.items()}
    return Continuable(path, tuple(sorted(steps)), exact, last if last in steps else None, unfinished, configs)


@dataclass(frozen=True, slots=True)
class Ready:
    """A run that is about to go on, read back up to there: to be trained with ``config``, and with the settings ``now``
    in force."""

    opened: OpenedRun
    config: RunConfig
    now: RunConfig


def make_ready(
    path: Path, epoch: int, more: int, values: Mapping[str, SettingValue] | None = None, *, apart: bool
) -> Ready:
    """A run goes on behind this epoch for ``more`` of them: ``apart``, as a branch, or in its own folder.

    Raises what :func:`branch` does.
    """
    folder = branch(path, epoch, values=values, more=more) if apart else path
    config = continued(folder, epochs=epoch + more)
    now = read_continuable(folder).configs[epoch]
    return Ready(open_run(folder, until=epoch), config, now.model_copy(update={"epochs": config.epochs}))


def continued(path: Path, *, epochs: int | None = None, more: int | None = None) -> RunConfig:
    """The settings with which a run goes on in its own folder: its own, up to ``epochs``, or to ``more`` of them.

    Raises :class:`RunError`, and :class:`~ae_studio.config.ConfigError` for a number that is none.
    """
    config = _opened(path).config
    if more is not None:
        epochs = epochs_in(read_checkpoint(path / "last.ckpt")) + more
    return config if epochs is None else check(RunConfig, {**config.model_dump(), "epochs": epochs})


def branch(
    parent: Path,
    epoch: int | None = None,
    out: Path | None = None,
    values: Mapping[str, SettingValue] | None = None,
    *,
    more: int | None = None,
) -> Path:
    """A new run folder with the parent's history up to ``epoch``, by default its last whole one; to be trained on.

    It is to have ``more`` epochs than that, by default as many as the parent was meant to have. ``values`` are other
    settings from there on: ``epochs``, those of the schedule, and all that can be changed while a training runs, which
    are written down as changed there. Made as a whole or not at all. Raises :class:`RunError` for what the parent does
    not have, and :class:`~ae_studio.config.ConfigError` for wrong values.
    """
    run = _opened(parent)
    steps = _whole_epochs(run)
    epoch = max(steps, default=0) if epoch is None else epoch
    if epoch not in steps:
        known = f"; there are {min(steps)} to {max(steps)}" if steps else ""
        raise RunError(f"{parent}: epoch {epoch} is not one of its whole epochs with a snapshot{known}")
    values = {**(values or {}), **({} if more is None else {"epochs": epoch + more})}
    config, live = _with(run, epoch, steps[epoch][0], values)
    if config.epochs <= epoch:
        raise ConfigError(f"epochs must be above the {epoch} already done, got {config.epochs}")
    out = out or new_run_path(runs_root(), config)
    refuse_used(out)
    _make(run, epoch, steps[epoch][0], out, config, live)
    return out


def how_it_begins(path: Path) -> str:
    """Of a branch, in words; empty for a run that is none."""
    parent = parent_of(read_record(path))
    if parent is None:
        return ""
    begins = f"A branch of {parent.run}, which goes on behind its epoch {parent.epoch}."
    return begins if parent.exact or parent.epoch == 0 else f"{begins} {ANEW}"


def _opened(path: Path) -> RecordedRun:
    """One whose model can be made: nothing is gone on with that could not be trained."""
    run = RecordedRun(path)
    if run.why_no_model:
        raise RunError(run.why_no_model)
    return run


def _whole_epochs(run: RecordedRun) -> dict[int, tuple[int, float]]:
    """With a snapshot and a validation; the steps until then, and its loss."""
    kept = set(run.snapshots)
    return {epoch: row for epoch, row in validations(run.path / METRICS).items() if epoch in kept}


def _epoch_of(checkpoint: Path) -> int | None:
    try:
        return epochs_in(read_checkpoint(checkpoint))
    except ConfigError:
        return None


def _with(
    run: RecordedRun, epoch: int, step: int, values: Mapping[str, SettingValue]
) -> tuple[RunConfig, dict[str, SettingValue]]:
    """The settings for the branch's record, and the live ones that are others from this step on."""
    allowed = branchable(run.config)
    for name in values:
        if name not in allowed:
            raise ConfigError(unknown_name("setting of a branch", name, sorted(allowed)))
    general = {name: value for name, value in values.items() if name in ("epochs", *SCHEDULE)}
    config = check(RunConfig, {**run.config.model_dump(), **general})
    now = config_at(run.config, run.changes, step)
    wanted = changed(now, {name: value for name, value in values.items() if name not in general})
    before, after = ({**each.model_dump(), **each.settings} for each in (now, wanted))
    live = {name: after[name] for name in values if name not in general and after[name] != before[name]}
    return config, live


def _make(
    run: RecordedRun, epoch: int, step: int, out: Path, config: RunConfig, live: Mapping[str, SettingValue]
) -> None:
    """In a folder beside, which the library passes over, and renamed when it is whole."""
    part = out.with_name(f".{out.name}.{uuid.uuid4().hex[:8]}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir()
        _share_files(run.path, part, epoch)
        _write_rows(run.path, part, epoch, step)
        changes = [change for change in run.changes if change.step <= step]
        changes += [Change(step, live)] if live else []
        if changes:
            write_text_atomic(part / CHANGES, as_text(changes))
        exact = _share_checkpoints(run.path, part, epoch)
        _write_record(run, part, epoch, config, exact)
        if out.exists():
            out.rmdir()  # empty: Windows renames onto nothing that is there
        part.rename(out)
    except OSError as error:
        raise RunError(f"{out}: the branch cannot be made ({error.strerror or error})") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _share_files(parent: Path, part: Path, epoch: int) -> None:
    for folder, ending in (("snapshots", ".safetensors"), ("looks", ".npz")):
        (part / folder).mkdir()
        if (parent / folder).is_dir():
            for path in (parent / folder).iterdir():
                if path.suffix == ending and path.stem.isdecimal() and int(path.stem) <= epoch:
                    _share(path, part / folder / path.name)
    for name in ("sample.npz", COPY):
        with suppress(FileNotFoundError):
            _share(parent / name, part / name)


def _share(path: Path, to: Path) -> None:
    """The same file under another name, a copy where the disk has no such links. Of links and pipes, nothing."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return
    try:
        os.link(path, to)
    except OSError:
        shutil.copyfile(path, to)


def _write_rows(parent: Path, part: Path, epoch: int, step: int) -> None:
    """Copies, since a training appends to them."""
    kept = {
        METRICS: metrics_until(parent / METRICS, epoch),
        WEIGHTS: weights_until(parent / WEIGHTS, step),
        TIMES: times_until(parent / TIMES, epoch),
    }
    for name, rows in kept.items():
        if (parent / name).exists():
            with open(part / name, "w", encoding="utf-8", newline="") as file:
                file.writelines(rows)


def _share_checkpoints(parent: Path, part: Path, epoch: int) -> bool:
    """Whether one of the parent's is of this very epoch. Looked at where they cannot be replaced any more."""
    last, best = part / "last.ckpt", part / "best.ckpt"
    for name in ("best.ckpt", "last.ckpt"):
        with suppress(FileNotFoundError):
            _share(parent / name, part / name)
    epochs = {path: _epoch_of(path) for path in (last, best)}
    exact = epoch in epochs.values()
    if epochs[last] != epoch:
        last.unlink(missing_ok=True)
        if exact:
            _share(best, last)
    found = epochs[best]
    if found is None or found > epoch:
        best.unlink(missing_ok=True)
    return exact


def _write_record(run: RecordedRun, part: Path, epoch: int, config: RunConfig, exact: bool) -> None:
    """The parent's, with the settings of the branch, and where it comes from."""
    record: dict[str, Any] = {key: value for key, value in read_record(run.path).items() if key != "continued"}
    own = config.model_dump()
    before = run.config.model_dump()
    others = {name: before[name] for name in SCHEDULE if before[name] != own[name]}
    name = run.path.resolve().name
    parent = {"run": name, "epoch": epoch, "exact": exact} | ({"until_then": others} if others else {})
    record |= {"config": own, "started": f"{datetime.now():%Y-%m-%d %H:%M:%S}", "parent": parent}
    write_text_atomic(part / "config.json", json.dumps(record, indent=2, ensure_ascii=False) + "\n")
