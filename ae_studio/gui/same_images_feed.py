"""Has every run encode and decode the same images, in a thread of its own, and says which images those are."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from ae_studio.gui.worker import Worker
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.compared_images import SameImages, same_images, sample_size

Order = Literal["first", "random", "differ"]
Indices = npt.NDArray[np.int64]

SHOWN = 60  # images: as many as one looks through
SOUGHT = 600  # images among which those are found that the runs make most differently


class SameImagesFeed(QObject):
    """The newest wish only. Which images are shown stays, until others are wanted or other runs are compared: so that
    they can be followed over the epochs.

    Signals:
        ready(SameImages)
        failed(message)
    """

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: Order = "first"
        self._kept: tuple[object, Indices] | None = None  # the images that are shown, and for which wish
        self._draws = 0  # of random images
        self._worker = Worker(self)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self._fail)

    def choose(self, order: Order) -> None:
        """Others, from the next wish on."""
        self._order, self._kept = order, None
        self._draws += 1

    def ask(self, runs: tuple[ComparedRun, ...]) -> None:
        wish = (self._order, self._draws, tuple(run.path for run in runs))
        indices = self._kept[1] if self._kept and self._kept[0] == wish else None
        self._worker.request("images", partial(_computed, runs, self._order, self._draws, indices, wish))

    def end(self) -> None:
        self._worker.end()

    def _take(self, kind: str, result: Any) -> None:
        found, wish = result
        self._kept = (wish, found.indices)
        self.ready.emit(found)

    def _fail(self, kind: str, message: str, details: str) -> None:
        self.failed.emit(message)


def _computed(
    runs: tuple[ComparedRun, ...], order: Order, draws: int, indices: Indices | None, wish: object
) -> tuple[SameImages, object]:
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
    if indices is None:
        indices = chosen(runs, order, draws)
    return same_images(runs, indices.tolist()), wish


def chosen(runs: tuple[ComparedRun, ...], order: Order, draws: int = 0) -> Indices:
    """Of the first run's sample, at most SHOWN, those that differ most first where that is wanted."""
    size = sample_size(runs)
    if order == "random":
        rng = np.random.default_rng(draws)
        return np.sort(rng.choice(size, min(SHOWN, size), replace=False))
    if order == "differ":
        found = same_images(runs, range(min(SOUGHT, size)))
        return np.argsort(-found.differences, kind="stable")[:SHOWN]
    return np.arange(min(SHOWN, size))
