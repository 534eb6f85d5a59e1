"""How data points are marked: the one that is held, the one in focus, a neighbour; and the way back of a code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from ae_studio.events import Codes
from ae_studio.gui.digit_view import DigitView
from ae_studio.gui.hand import Hand
from ae_studio.gui.held_paint import FocusRing, Ghost, Place, Return
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.latent.reencoding import Reencoded


class PointMarks(QObject):
    """Keeps the canvas's overlays true, and the image beside what is decoded."""

    def __init__(
        self,
        laboratory: Laboratory,
        hand: Hand,
        canvas: LatentCanvas,
        digit_view: DigitView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._digit_view = digit_view
        self._held: int | None = None
        self._laboratory = laboratory
        self._hand = hand
        self._canvas = canvas

    def mark_held(self, index: int | None) -> None:
        scene = self._laboratory.scene
        ghost, image = None, None
        if scene is not None and index is not None:
            image = None if scene.images is None else scene.images[index]
            label, count = int(scene.labels[index]), max(1, len(scene.class_names))
            ghost = Ghost(partial(self._canvas.place_of, index), self._hand.explorer.handle_position, label, count)
        self._canvas.show_overlay("held point", ghost)
        self._digit_view.compare_with(image)
        self._held = index
        self.mark_focus(self._laboratory.marks.focus)

    def mark_focus(self, index: int | None) -> None:
        """The one that is held has a ring already."""
        self._mark("focus", None if index == self._held else index)

    def mark_neighbour(self, index: int | None) -> None:
        """The one that is pointed at elsewhere."""
        self._mark("neighbour", index)

    def mark_return(self, answer: Reencoded | None) -> None:
        arrow = None
        if answer is not None:
            arrow = Return(partial(self._place, answer.code), partial(self._place, answer.back), answer.in_words())
        self._canvas.show_overlay("return", arrow)

    def _mark(self, key: str, index: int | None) -> None:
        ring = None if index is None else FocusRing(partial(self._canvas.place_of, index))
        self._canvas.show_overlay(key, ring)

    def _place(self, code: Codes) -> Place:
        x, y = self._hand.explorer.plane.project(code[None])[0]
        return float(x), float(y)
