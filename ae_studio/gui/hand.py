"""The hand in the latent space: where the handle is, what it decodes to, what the mouse hovers over.

The only module of the window that talks to :mod:`ae_studio.latent`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes, Decoder, Images, Labels, LatentSpace, Look, Sampler
from ae_studio.gui.worker import Worker
from ae_studio.latent.explorer import POINTS, Explorer, Plane
from ae_studio.latent.fitted_planes import NoPlane
from ae_studio.latent.valid import nearest_valid

SAMPLES = 36  # images of "Sample"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A code (d,), its image, and what decoding it took."""

    code: Codes
    image: Images
    milliseconds: float


class Hand(QObject):
    """Moves over the codes of one run. Decodes in a thread of its own, always the newest place only.

    Signals:
        points_changed(cloud): the codes' new places on the plane, an :class:`ae_studio.latent.cloud.Cloud`.
        plane_changed(cloud): their places on another plane.
        plane_refused(reason): there is none of the kind that was chosen; the one before stays.
        turned(cloud): their places on the globe, which was rolled.
        handle_moved(code, x, y, behind): the handle's code (d,), its place on the plane, and whether that is on the
            half of a globe that is turned away.
        switches_changed(options): which option each switch of the handle's code holds.
        handle_decoded(Decoded), preview_decoded(Decoded): the image under the handle, under the mouse.
        samples_decoded(images): images of codes drawn from the prior, or from the codes that were learned.
        decoding_failed(message)
    """

    points_changed = Signal(object)
    plane_changed = Signal(object)
    plane_refused = Signal(str)
    turned = Signal(object)
    handle_moved = Signal(object, float, float, bool)
    switches_changed = Signal(list)
    handle_decoded = Signal(object)
    preview_decoded = Signal(object)
    samples_decoded = Signal(object)
    decoding_failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.explorer = Explorer(LatentSpace(2), np.zeros(0, dtype=np.int64))
        self._decoder: Decoder | None = None
        self._sampler: Sampler | None = None
        self._random = np.random.default_rng()
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def prepare(self) -> None:
        """Once the engine is loaded."""
        self._worker.request("prepare", _prepare)

    def end(self) -> None:
        self._worker.end()

    def begin(self, space: LatentSpace, labels: Labels, class_names: tuple[str, ...] = ()) -> None:
        """Another run's codes are about to come; the plane stays where the new codes have it too."""
        choice = self.explorer.choice if self.explorer.space == space else POINTS
        self.explorer = Explorer(space, labels, class_names)
        if choice != POINTS:  # three images of the other run
            self.explorer.choose(choice)
        self._decoder = self._sampler = None

    def show(self, look: Look, way: Sequence[Codes] = ()) -> None:
        """The model as it is at this look; the image under the handle follows. ``way``: codes (n, d) on the way to it
        from the one before."""
        self._decoder, self._sampler = look.decoder, look.sampler
        self.explorer.show(look.codes, look.codebook, look.kl)
        fit = self.explorer.fit() if self.explorer.fits_later else None
        if fit is not None:
            self._worker.request("plane", fit)
        self.points_changed.emit(self.explorer.cloud(way))
        self._put(self.explorer.handle)

    def choose_plane(self, plane: Plane) -> None:
        try:
            self.explorer.choose(plane)
        except NoPlane as reason:
            self.plane_refused.emit(str(reason))
            return
        self._tell_plane()

    def choose_plane_again(self, *chosen: Any) -> None:
        """One that was seen before, as :attr:`Explorer.chosen` had it."""
        self.explorer.choose_again(*chosen)
        self._tell_plane()

    def _tell_plane(self) -> None:
        self.plane_changed.emit(self.explorer.cloud())
        self._put(self.explorer.handle)

    def choose_slot(self, slot: int) -> None:
        """Which of a code's slots the hand moves."""
        self.explorer.slot = slot
        self._put(self.explorer.handle)

    def turn(self, dx: float, dy: float) -> None:
        """Rolls the globe."""
        self.explorer.turn(dx, dy)
        self.turned.emit(self.explorer.cloud())
        self._tell_handle()

    def switch(self, number: int, option: int) -> None:
        """One of the code's switches to another option."""
        self._put(self.explorer.with_option(number, option))

    def move_to(self, x: float, y: float) -> None:
        """The handle to a point of the plane."""
        self._worker.forget("preview")
        self._put(self.explorer.code_at(x, y))

    def nudge(self, dx: float, dy: float) -> None:
        x, y = self.explorer.handle_position()
        self.move_to(x + dx, y + dy)

    def put(self, code: Codes) -> None:
        """The handle to a code (d,) that was typed."""
        self._put(nearest_valid(self.explorer.space, np.asarray(code, dtype=np.float32)))

    def hover(self, x: float, y: float) -> None:
        if self._decoder is not None:
            self._worker.request("preview", partial(_decode, self._decoder, self.explorer.code_at(x, y)))

    def leave(self) -> None:
        """Back from a preview to the handle."""
        self._worker.forget("preview")
        self._put(self.explorer.handle)

    def sample(self) -> None:
        """New codes, decoded."""
        if self._decoder is not None and self._sampler is not None:
            seed = int(self._random.integers(2**31))
            self._worker.request("samples", partial(_sample, self._sampler, self._decoder, seed, self.explorer.given()))

    def _put(self, code: Codes) -> None:
        self.explorer.handle = code
        self._tell_handle()
        self.switches_changed.emit(self.explorer.options())
        if self._decoder is not None:
            self._worker.request("handle", partial(_decode, self._decoder, code))

    def _tell_handle(self) -> None:
        explorer = self.explorer
        self.handle_moved.emit(explorer.handle, *explorer.handle_position(), explorer.handle_is_behind())

    def _take_result(self, kind: str, result: Any) -> None:
        if kind == "handle":
            self.handle_decoded.emit(result)
        elif kind == "preview":
            self.preview_decoded.emit(result)
        elif kind == "samples":
            self.samples_decoded.emit(result)
        elif kind == "plane" and self.explorer.take_plane(*result):
            self.points_changed.emit(self.explorer.cloud())
            self._tell_handle()

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        self.decoding_failed.emit(message)


def _decode(decoder: Decoder, code: Codes) -> Decoded:
    began = time.perf_counter()
    image = decoder(code[None])[0]
    return Decoded(code, image, 1000 * (time.perf_counter() - began))


def _sample(sampler: Sampler, decoder: Decoder, seed: int, given: list[tuple[slice, Codes]]) -> Images:
    codes = sampler(SAMPLES, seed)
    for part, values in given:
        codes[:, part] = values
    return decoder(codes)


def _prepare() -> None:
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
