"""Traversals of the moment that is shown: decoded in the laboratory while they are in sight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes, Decoder, Images
from ae_studio.gui.canvas_marks import MarkedPath
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.newest_call import NewestCall
from ae_studio.gui.traversal_panel import RANGES, TraversalPanel
from ae_studio.latent.scene import Scene
from ae_studio.latent.traversal import Row, Sample, traversal, why_no_range, why_no_traversal

FOLLOW_MS = 100  # between two tables while the centre moves: as fast as rows of images can be read
AHEAD = 1  # rows below those in sight


@dataclass(frozen=True, slots=True, eq=False)
class Traversed:
    """All ``rows``, and the ``images`` of those that were decoded, by number."""

    rows: tuple[Row, ...]
    images: dict[int, Images]


Made = tuple[Scene, str, bytes]
"""From what a table was computed: the moment, the range, and the centre's numbers."""


class TraversalControl(QObject):
    """Between the laboratory and the panel. A panel that is out of sight costs nothing.

    Signals:
        marked(drawing): where the row that is looked at runs on the canvas, None for none.
    """

    marked = Signal(object)

    def __init__(
        self, hand: Hand, laboratory: Laboratory, panel: TraversalPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hand = hand
        self._laboratory = laboratory
        self._panel = panel
        self._focus = 0  # the image last looked at
        self._space = hand.explorer.space
        self._made: Made | None = None
        self._newest = NewestCall(FOLLOW_MS, self)
        laboratory.scene_changed.connect(self._take_scene)
        laboratory.focus_changed.connect(self._take_focus)
        hand.handle_moved.connect(self._take_handle)
        panel.wanted.connect(self.refresh)
        panel.cell_chosen.connect(self._go_to)
        panel.cell_marked.connect(self._mark)

    def end(self) -> None:
        self._newest.forget()

    def refresh(self) -> None:
        """The codes, the centre, the range or the rows in sight have changed."""
        scene = self._laboratory.scene
        if scene is None or not self._panel.isVisible():
            return
        reason = why_no_traversal(scene.space) or scene.why_no_derivatives
        if reason:
            self._laboratory.forget("traversals")
            self._panel.show_message(reason)
            return
        look, seen = scene.look, self._panel.table.visible_rows()
        sample = Sample(look.codes, scene.space, look.spread, look.kl)
        centre, kind = self._centre(scene), self._panel.range
        made = (scene, kind, centre.tobytes())
        wanted = list(range(seen.start, seen.stop + AHEAD))
        if made == self._made:
            table = self._panel.table
            wanted = [row for row in wanted if row < len(table.rows) and table.images_of(row) is None]
            if not wanted:
                return
        work = partial(_traversed, sample, centre, kind, look.decoder, wanted)
        self._laboratory.ask("traversals", work, partial(self._take, made))

    def _take(self, made: Made, found: Traversed) -> None:
        scene = self._laboratory.scene
        if scene is None or made[0].space != scene.space:
            return
        anew, self._made = made != self._made, made
        if not found.rows:
            self._panel.show_message("There are no codes to go through yet")
            return
        self._panel.show_rows(found.rows, found.images, anew=anew)
        self._panel.show_handle(self._hand.explorer.handle)

    def _centre(self, scene: Scene) -> Codes:
        codes = scene.look.codes
        if self._panel.centre == "handle" or not len(codes):
            return self._hand.explorer.handle.copy()
        if self._panel.centre == "image":
            return codes[min(self._focus, len(codes) - 1)].copy()
        centre = self._hand.explorer.centre()  # with switches that hold an option
        centre[: scene.space.dim] = codes[:, : scene.space.dim].mean(axis=0)
        return centre

    def _take_scene(self, scene: Scene) -> None:
        if scene.space != self._space:
            self._space, self._focus = scene.space, 0
        self._panel.show_reasons({kind: why_no_range(kind, scene.look.spread) for kind in RANGES})
        self.refresh()

    def _take_focus(self, index: int | None) -> None:
        if index is not None:
            self._focus = index
            if self._panel.centre == "image" and self._panel.isVisible():
                self._newest.put(self.refresh)

    def _take_handle(self, code: Codes) -> None:
        if self._panel.isVisible():
            self._panel.show_handle(code)
            if self._panel.centre == "handle":
                self._newest.put(self.refresh)

    def _go_to(self, row: int, column: int) -> None:
        code = self._panel.table.rows[row].codes[column]
        if len(code) == len(self._hand.explorer.handle):
            self._hand.put(code)

    def _mark(self, row: int, column: int) -> None:
        if row < 0 or self._panel.table.rows[row].codes.shape[1] != self._hand.explorer.space.size:
            self.marked.emit(None)
            return
        points = self._hand.explorer.plane.project(self._panel.table.rows[row].codes)
        self.marked.emit(MarkedPath(points, column))


def _traversed(sample: Sample, centre: Codes, kind: str, decoder: Decoder, wanted: list[int]) -> Traversed:
    """All wanted rows decoded at once."""
    rows = traversal(sample, centre, kind)
    numbers = [number for number in wanted if number < len(rows)]
    if not numbers:
        return Traversed(rows, {})
    counts = [len(rows[number].codes) for number in numbers]
    images = decoder(np.concatenate([rows[number].codes for number in numbers]))
    return Traversed(rows, dict(zip(numbers, np.split(images, np.cumsum(counts)[:-1]), strict=True)))
