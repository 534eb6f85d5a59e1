"""What is appended to a ``metrics.csv`` while another process writes it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from ae_studio.events import StepsDone
from ae_studio.runs.history import read_row


class AppendedMetrics:
    """Reads on where it stopped. ``train`` and ``validation`` map an epoch whose rows are whole to its terms."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._file: tuple[int, int] | None = None
        self._rows: dict[int, dict[int, dict[str, float]]] = {}  # epoch, step, term
        self._names: tuple[str, ...] = ()
        self._whole = False
        self._epochs: dict[str, dict[int, dict[str, float]]] = {"train": {}, "validation": {}}
        self._terms: set[str] = set()  # of a validation
        self.steps_per_epoch = 0

    @property
    def train(self) -> dict[int, dict[str, float]]:
        return self._epochs["train"]

    @property
    def validation(self) -> dict[int, dict[str, float]]:
        """Those that have every term; the newest may still lack some."""
        rows = self._epochs["validation"]
        self._terms.update(*rows.values())
        return {epoch: terms for epoch, terms in rows.items() if terms.keys() >= self._terms}

    def read(self, *, whole: bool = False) -> bool:
        """Takes in what is new. True where the file is another, or shorter: then all that was read is void.

        ``whole``: nothing more will be written, so that the last step is not waited for.
        """
        self._whole = whole
        try:
            with open(self._path, "rb") as file:
                stat = os.fstat(file.fileno())
                same = self._file in (None, (stat.st_dev, stat.st_ino)) and stat.st_size >= self._offset
                if not same:
                    return True
                self._file = (stat.st_dev, stat.st_ino)
                file.seek(self._offset)
                new = file.read()
        except OSError:  # not there yet, or out of reach for the moment
            return False
        new = new[: new.rfind(b"\n") + 1]  # a half-written line is left for the next time
        self._offset += len(new)
        for line in new.decode("utf-8", errors="replace").splitlines(keepends=True):
            self._take(line)
        return False

    def _take(self, line: str) -> None:
        try:
            epoch, step, split, term, value = read_row(line)
        except ValueError:  # the header, or a damaged row
            return
        if split == "batch":
            self._rows.setdefault(epoch, {}).setdefault(step, {})[term] = value
            return
        self._epochs[split].setdefault(epoch, {})[term] = value
        self.steps_per_epoch = step // epoch if epoch else self.steps_per_epoch

    def take_steps(self) -> list[StepsDone]:
        """The steps whose rows are all there, an event an epoch; each step is given once."""
        last = max((step for steps in self._rows.values() for step in steps), default=0)
        taken = []
        for epoch in sorted(self._rows):
            steps = self._rows[epoch]
            if not self._names:
                self._names = tuple(steps[min(steps)]) if len(steps) > 1 or self._whole else ()
            ready = [n for n in sorted(steps) if self._names and (n < last or self._is_whole(steps[n]))]
            kept = [n for n in ready if self._is_whole(steps[n])]
            if kept:
                taken.append(self._steps_done(epoch, kept))
            for step in ready:
                del steps[step]
        self._rows = {epoch: steps for epoch, steps in self._rows.items() if steps}
        return taken

    def _is_whole(self, terms: dict[str, float]) -> bool:
        return all(name in terms for name in self._names)

    def _steps_done(self, epoch: int, numbers: list[int]) -> StepsDone:
        rows = [self._rows[epoch][number] for number in numbers]
        terms = {name: np.asarray([row[name] for row in rows], dtype=np.float32) for name in self._names}
        steps = np.asarray(numbers, dtype=np.int64)
        steps.flags.writeable = False
        for values in terms.values():
            values.flags.writeable = False
        return StepsDone(epoch, steps, terms, 0.0)
