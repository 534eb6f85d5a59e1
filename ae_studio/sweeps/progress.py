"""How far a run of the queue has come, read from its folder while its process writes there. Knows no torch."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from ae_studio.runs.validations import rows_of


@dataclass(frozen=True, slots=True)
class Progress:
    """``best`` is the smallest validation loss so far; None where there is none."""

    epochs: int = 0
    best: float | None = None


class ProgressReader:
    """Reads each file on where it stopped; one that is another, or shorter, from its beginning."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int, Progress]] = {}

    def read(self, run: Path) -> Progress:
        """Of one run; what cannot be read now is read the next time."""
        path = run / "metrics.csv"
        offset, progress = self._known.get(path, (0, Progress()))
        try:
            if os.stat(path).st_size < offset:
                offset, progress = 0, Progress()
            with open(path, "rb") as file:
                file.seek(offset)
                new = file.read()
        except OSError:
            return progress
        whole = new[: new.rfind(b"\n") + 1]
        for epoch, term, value in rows_of(whole):
            if term == "loss":
                progress = _with_loss(progress, epoch, value)
        self._known[path] = offset + len(whole), progress
        return progress


def _with_loss(progress: Progress, epoch: int, loss: float) -> Progress:
    better = math.isfinite(loss) and (progress.best is None or loss < progress.best)
    return Progress(max(epoch, progress.epochs), loss if better else progress.best)
