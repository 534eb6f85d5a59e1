"""A training in a process of its own: it outlives the window, and the window outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class OwnProcess:
    """Started at once, in a session of its own; all that it says goes to ``log``. Raises OSError where it cannot.

    ``environment`` holds variables that differ from this process's own.
    """

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> None:
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "wb") as out:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment} if environment else None,
                **_apart(),
            )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None while it lives; below zero where a signal ended it."""
        return self._process.poll()

    @property
    def number(self) -> int:
        """The process id."""
        return self._process.pid

    def why_gone(self) -> str:
        """How it ended, in words; empty while it lives."""
        code = self._process.poll()
        if code is None:
            return ""
        if code < 0:
            return f"The training's process was ended by a signal from outside ({_signal_name(-code)})."
        return f"The training's process ended with exit code {code}. {self._last_line()}".strip()

    def interrupt(self) -> None:
        """As Ctrl-C does: it stops at the next batch and keeps the run."""
        if not self.alive:
            return
        if sys.platform == "win32":
            self._process.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            self._process.send_signal(signal.SIGINT)

    def wait(self) -> int:
        return self._process.wait()

    def _last_line(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n") if self.log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _apart() -> dict[str, Any]:
    """Neither a closed terminal nor Ctrl-C in ours reaches it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
