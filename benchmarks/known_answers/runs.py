"""A run on all of MNIST, and what it came to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ae_studio.events import EpochDone, Event
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

# The answers are for all 60,000 training images; 0.001 is the smallest share that may be held back.
ALL_OF_MNIST = {"data": "mnist", "validation_fraction": 0.001, "device": "cpu", "precision": "32"}


@dataclass(frozen=True, slots=True)
class Trained:
    """``last`` is the last epoch's terms over the training images."""

    run: RecordedRun
    last: Mapping[str, float]


@contextmanager
def trained(values: Mapping[str, Any]) -> Iterator[Trained]:
    """A run with these settings on all of MNIST; its folder is gone afterwards. Raises RuntimeError where it fails."""
    epochs: list[EpochDone] = []

    def keep(event: Event) -> None:
        if isinstance(event, EpochDone):
            epochs.append(event)

    with tempfile.TemporaryDirectory() as folder:
        ended = train(complete({**ALL_OF_MNIST, **values}), keep, out=Path(folder) / "run")
        if ended.outcome != "finished" or ended.run is None:
            raise RuntimeError(ended.reason)
        yield Trained(RecordedRun(ended.run), epochs[-1].train)
