"""Several runs side by side, each at one of its epochs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ae_studio.config import RunConfig
from ae_studio.events import Images, Look
from ae_studio.runs.opening import Moment, OpenedRun, load_moment, open_run
from ae_studio.runs.record import RunError

MOST = 4  # runs at once: more cannot be told apart by the eye


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run at one epoch; the same run may stand beside itself at another."""

    opened: OpenedRun
    moment: Moment

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
    def images(self) -> Images | None:
        """Those of the look's codes."""
        return self.opened.images


def load_compared(entries: Sequence[tuple[Path, int | None]]) -> tuple[ComparedRun, ...]:
    """Runs at an epoch each, by default their last. Raises :class:`RunError` for one that holds nothing to look at."""
    return tuple(_compared(path, epoch) for path, epoch in entries)


def _compared(path: Path, epoch: int | None) -> ComparedRun:
    opened = open_run(path)
    if opened.moment is None:
        raise RunError(f"{path}: holds no epoch that can be looked at")
    moment = opened.moment if epoch in (None, opened.moment.look.epoch) else load_moment(path, epoch or 0)
    return ComparedRun(opened, moment)
