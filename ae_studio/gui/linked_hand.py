"""One handle in the latent spaces of several runs: where it is in each, and what each run's own model makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes, Decoder, Images
from ae_studio.gui.worker import Worker
from ae_studio.latent.linked import Linked, Plane, link
from ae_studio.latent.scene import Scene


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """Runs to be linked: their scenes, and what each has learned from."""

    scenes: tuple[Scene, ...]
    data: tuple[str, ...]
    choice: Plane | None = None


class LinkedHand(QObject):
    """Links runs in one thread, and decodes in another for each of them, always the newest code only.

    Signals:
        linked(Linked): other runs, or another plane; the handle is told of next.
        moved(): the handle's codes are others: see :attr:`codes` and :attr:`held`.
        decoded(index, image): by the model of this run, of its newest code.
        failed(message)
    """

    linked = Signal(object)
    moved = Signal()
    decoded = Signal(int, object)
    failed = Signal(str)

    def __init__(self, count: int, parent: QObject | None = None) -> None:
        """Of at most ``count`` runs."""
        super().__init__(parent)
        self.runs: Linked | None = None
        self.codes: tuple[Codes, ...] = ()
        self.held: int | None = None  # the image whose own codes these are
        self.aligned = True
        self._wish: Wish | None = None
        self._linker = Worker(self)
        self._linker.done.connect(self._take_linked)
        self._linker.failed.connect(self._take_failure)
        self._decoders = [Worker(self) for _ in range(count)]
        for worker in self._decoders:
            worker.done.connect(self._take_image)
            worker.failed.connect(self._take_failure)

    def end(self) -> None:
        for worker in (self._linker, *self._decoders):
            worker.end()

    def show(self, scenes: Sequence[Scene], data: Sequence[str]) -> None:
        """Other runs, or the same at other epochs: the handle stays at its place, or at its image."""
        choice = self._wish.choice if self._wish and self._wish.scenes[0].space == scenes[0].space else None
        self._ask(Wish(tuple(scenes), tuple(data), choice))

    def choose_plane(self, choice: Plane) -> None:
        """Of the first run's codes."""
        if self._wish is not None:
            self._ask(Wish(self._wish.scenes, self._wish.data, choice))

    def clear(self) -> None:
        self.runs, self.codes, self.held, self._wish = None, (), None, None

    def _ask(self, wish: Wish) -> None:
        self._wish = wish
        self._linker.request("link", partial(_link, wish))

    def place(self, run: int) -> tuple[float, float] | None:
        """Where a run shows the handle; None where it shows nothing."""
        if self.runs is None or self.runs.runs[run].why_not:
            return None
        return self.runs.runs[run].place(self.codes[run], aligned=self.aligned)

    def move(self, run: int, x: float, y: float) -> None:
        """The handle to a place that this run shows; in all others to where that is there."""
        if self.runs is not None and not self.runs.runs[run].why_not:
            self._put(self.runs.moved(run, x, y, self.codes, aligned=self.aligned), None)

    def nudge(self, run: int, dx: float, dy: float) -> None:
        if (place := self.place(run)) is not None:
            self.move(run, place[0] + dx, place[1] + dy)

    def snap(self, index: int) -> None:
        """In every run to its own code of an image."""
        if self.runs is not None and 0 <= index < len(self.runs.labels):
            self._put(self.runs.codes_of(index), index)

    def snap_to_nearest(self, run: int) -> None:
        """To the image whose code is nearest to the handle in this run."""
        if (index := self.nearest(run)) is not None:
            self.snap(index)

    def nearest(self, run: int) -> int | None:
        """The image whose code in this run is nearest to the handle's."""
        if self.runs is None or self.runs.runs[run].why_not:
            return None
        return int(np.square(self.runs.runs[run].codes - self.codes[run]).sum(axis=1).argmin())

    def _put(self, codes: tuple[Codes, ...], held: int | None) -> None:
        assert self.runs is not None
        self.codes, self.held = codes, held
        self.moved.emit()
        for index, (run, code) in enumerate(zip(self.runs.runs, codes, strict=True)):
            if not run.why_not:
                work = partial(_decode, run.look.decoder, code)
                self._decoders[index].request("decode", partial(_for_run, self.runs, index, work))

    def _take_linked(self, kind: str, result: tuple[Wish, Linked]) -> None:
        wish, runs = result
        if wish is not self._wish:
            return  # a newer one is on its way
        before = self.place(0) if self.runs is not None and self.aligned else None
        same = self.runs is not None and len(runs.labels) == len(self.runs.labels)
        self.runs, self.codes = runs, runs.start()
        self.linked.emit(runs)
        if self.held is not None and same:
            self._put(runs.codes_of(self.held), self.held)
        elif before is not None and not runs.runs[0].why_not:
            self._put(runs.moved(0, *before, self.codes, aligned=True), None)
        else:
            self._put(self.codes, None)

    def _take_image(self, kind: str, result: tuple[Linked, int, Images]) -> None:
        runs, index, image = result
        if runs is self.runs:
            self.decoded.emit(index, image)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        self.failed.emit(message)


def _link(wish: Wish) -> tuple[Wish, Linked]:
    _calmly()
    return wish, link(wish.scenes, wish.data, wish.choice)


def _for_run(runs: Linked, index: int, work: Any) -> tuple[Linked, int, Images]:
    return runs, index, work()


def _decode(decoder: Decoder, code: Codes) -> Images:
    _calmly()
    image: Images = decoder(code[None])[0]
    return image


def _calmly() -> None:
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
