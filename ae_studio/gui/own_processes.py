"""Runs that this window has begun in processes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ae_studio.config import RunConfig
from ae_studio.paths import runs_root

if TYPE_CHECKING:
    from ae_studio.own_process import OwnProcess


class OwnProcesses:
    """By their run folders. They outlive the window."""

    def __init__(self) -> None:
        self._processes: dict[Path, OwnProcess] = {}

    def begin(self, config: RunConfig, repeat: Path | None = None) -> Path:
        """The new run's folder. Raises OSError where no process can be started.

        ``repeat``: the run that is made again, with its changes.
        """
        from ae_studio.command import repeat_command, train_command
        from ae_studio.training.run_format import new_run_path

        path = new_run_path(runs_root(), config).resolve()
        self._start(path, repeat_command(repeat.resolve(), path) if repeat else train_command(config, path))
        return path

    def go_on(self, run: Path, config: RunConfig) -> None:
        """A run goes on in its folder. Raises OSError likewise."""
        from ae_studio.command import resume_command

        path = run.resolve()
        self._start(path, resume_command(path, config.epochs))

    def _start(self, run: Path, words: Sequence[str]) -> None:
        from ae_studio.command import this_program
        from ae_studio.own_process import OwnProcess

        self._processes[run] = OwnProcess(this_program(words), _log_beside(run))

    def living(self, run: Path | None) -> OwnProcess | None:
        """That of a run, while it lives and is of this window's own making."""
        process = self._of(run)
        return process if process and process.alive else None

    def watch_options(self, run: Path) -> dict[str, Any]:
        """What :func:`ae_studio.runs.watching.watch` can be told of a run: whether its writer is gone."""
        process = self._of(run)
        return {"gone": process.why_gone} if process else {}

    def log_of(self, run: Path | None) -> Path | None:
        """What a run said: the log in its folder, else what its own process wrote."""
        inside = run / "log.txt" if run else None
        process = self._of(run)
        return process.log if process and not (inside and inside.exists()) else inside

    def _of(self, run: Path | None) -> OwnProcess | None:
        return self._processes.get(run.resolve()) if run else None


def _log_beside(run: Path) -> Path:
    """Not inside: a new run wants an empty folder."""
    return run.with_name(f"{run.name}.log")
