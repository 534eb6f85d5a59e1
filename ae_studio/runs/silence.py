"""Whether a run that is written elsewhere still goes on, as far as its folder tells."""

from __future__ import annotations

import time
from collections.abc import Hashable
from pathlib import Path

from ae_studio.events import RunGoesOn, RunStalled
from ae_studio.training.live import CHANGES

USUAL_EPOCHS = 3.0  # times the longest epoch seen: only then is silence strange
FILES = ("metrics.csv", "log.txt", "last.ckpt", "snapshots", "looks", "config.json", "ended.json", CHANGES)


class Silence:
    """Clocks of two machines are never compared; what counts is that something changed between two questions.

    ``patience_s``: how long nothing may change, at least.
    """

    def __init__(self, run: Path, patience_s: float) -> None:
        self._run = run
        self._patience_s = patience_s
        self._longest_epoch = 0.0
        self._state: Hashable = None
        self._changed_at = time.monotonic()
        self._stalled = False

    def take_epoch(self, seconds: float) -> None:
        """So long has an epoch taken: a run of long epochs may be silent for longer."""
        self._longest_epoch = max(self._longest_epoch, seconds)

    def notice(self) -> RunStalled | RunGoesOn | None:
        """What is to be told of it now."""
        now, state = time.monotonic(), _state(self._run)
        if state != self._state:
            self._state, self._changed_at = state, now
            goes_on, self._stalled = self._stalled, False
            return RunGoesOn() if goes_on else None
        if self._stalled or now - self._changed_at < self._patience():
            return None
        self._stalled = True
        return RunStalled(now - self._changed_at)

    def _patience(self) -> float:
        return max(self._patience_s, USUAL_EPOCHS * self._longest_epoch)


def _state(run: Path) -> Hashable:
    """Something that is another whenever a run has gone on."""
    found = []
    for name in FILES:
        try:
            stat = (run / name).stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_size, stat.st_mtime_ns))
    return tuple(found)
