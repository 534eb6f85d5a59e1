"""The directions off the plane that is seen: found anew with every look and plane, and the handle moved along them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from ae_studio.events import Codes
from ae_studio.gui.directions_panel import NOTHING, DirectionsPanel
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.latent.directions import Direction, remaining_directions, reset, why_no_directions
from ae_studio.latent.plane import LatentPlane


class DirectionControl(QObject):
    """Between the hand and the panel with the sliders. A panel that is out of sight costs nothing."""

    def __init__(
        self, hand: Hand, laboratory: Laboratory, panel: DirectionsPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hand = hand
        self._laboratory = laboratory
        self._panel = panel
        laboratory.scene_changed.connect(self.refresh)
        hand.plane_changed.connect(self.refresh)
        hand.handle_moved.connect(self._follow)
        panel.wanted.connect(self.refresh)
        panel.moved.connect(self._move)
        panel.reset_requested.connect(self._reset)

    def refresh(self, _: object = None) -> None:
        """The codes or the plane have changed."""
        scene, explorer = self._laboratory.scene, self._hand.explorer
        if scene is None or not self._panel.isVisible():
            return
        reason = why_no_directions(explorer.space, explorer.is_globe)
        if reason or not isinstance(explorer.plane, LatentPlane):
            self._laboratory.forget("directions")
            self._panel.show_directions((), reason)
            return
        look, before = scene.look, self._panel.directions
        work = partial(remaining_directions, explorer.plane, look.codes, scene.space, look.kl, look.spread, before)
        self._laboratory.ask("directions", work, self._take)

    def _take(self, directions: tuple[Direction, ...]) -> None:
        self._panel.show_directions(directions, "" if directions else NOTHING)
        self._panel.show_code(self._hand.explorer.handle)

    def _follow(self, code: Codes) -> None:
        self._panel.show_code(code)

    def _move(self, number: int, value: float) -> None:
        direction, handle = self._panel.directions[number], self._hand.explorer.handle
        if len(direction.axis) == len(handle):
            self._hand.put(direction.moved(handle, value))

    def _reset(self, numbers: tuple[int, ...]) -> None:
        chosen = tuple(self._panel.directions[number] for number in numbers)
        handle = self._hand.explorer.handle
        if chosen and len(chosen[0].axis) == len(handle):
            self._hand.put(reset(chosen, handle))
