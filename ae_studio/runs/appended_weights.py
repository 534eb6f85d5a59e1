"""What is appended to a ``weights.csv`` while another process writes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from ae_studio.events import StepsDone
from ae_studio.runs.weights import WeightLine, read_weight_row, weights_between


class AppendedWeights:
    """Reads on where it stopped; a half-written line is left for the next time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._rows: dict[str, list[tuple[int, float]]] = {}

    def read(self) -> None:
        try:
            with open(self._path, "rb") as file:
                file.seek(self._offset)
                new = file.read()
        except OSError:  # not there yet, or a run that was kept without
            return
        new = new[: new.rfind(b"\n") + 1]
        self._offset += len(new)
        for line in new.decode("utf-8", errors="replace").splitlines(keepends=True):
            try:
                step, term, value = read_weight_row(line)
            except ValueError:  # the header, or a damaged row
                continue
            self._rows.setdefault(term, []).append((step, value))

    def told_with(self, done: StepsDone) -> list[StepsDone]:
        """The event with its weights: cut into several where one of them does not go in a straight line."""
        if not self._rows:
            return [done]
        lines = {term: WeightLine.of(*zip(*rows, strict=True)) for term, rows in self._rows.items()}
        bends = sorted({step for line in lines.values() for step in line.steps})
        cuts = np.unique(np.searchsorted(done.steps, bends, side="right"))
        starts = [0, *cuts[(cuts > 0) & (cuts < len(done.steps))].tolist()]
        return [
            _part(done, start, stop, lines) for start, stop in zip(starts, [*starts[1:], len(done.steps)], strict=True)
        ]


def _part(done: StepsDone, start: int, stop: int, lines: dict[str, WeightLine]) -> StepsDone:
    steps = done.steps[start:stop]
    terms = {name: values[start:stop] for name, values in done.terms.items()}
    return replace(done, steps=steps, terms=terms, weights=weights_between(lines, int(steps[0]), int(steps[-1])))
