"""Which plane of the latent space is seen: what can be chosen and why not, the three images that span one, undo."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.gui.canvas_marks import NumberedRings
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.plane_boxes import AXES, PLANES
from ae_studio.gui.undo import UndoStack
from ae_studio.latent.scene import Scene

CORNERS = 3


class PlaneControl(QObject):
    """Between the hand and what chooses planes.

    Signals:
        shown(plane, labels): the plane that is seen, two dimensions or a kind, and what its axes are called.
        reasons_changed(reasons): why there is no plane of some kind, by its name; empty where there is.
        tool_allowed(reason): whether three images can be picked; empty where they can.
        marks_changed(drawing): where the three images are, None without any.
    """

    shown = Signal(object, object)
    reasons_changed = Signal(object)
    tool_allowed = Signal(str)
    marks_changed = Signal(object)

    def __init__(self, hand: Hand, laboratory: Laboratory, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hand = hand
        self._laboratory = laboratory
        self._undo = undo
        self._picked: list[int] = []  # by clicks, for the next plane through three
        self._marked = False
        self._reasons: dict[str, str] | None = None
        laboratory.scene_changed.connect(self._take_scene)
        laboratory.focus_changed.connect(self._take_focus)
        hand.plane_changed.connect(self._tell_plane)
        hand.points_changed.connect(self._tell_marks)
        hand.plane_refused.connect(self._tell_plane)

    def choose(self, plane: Any) -> None:
        """Two dimensions or a kind of plane; what was seen before can be had back."""
        before = self._hand.explorer.chosen
        if plane != "points":
            self._picked = []
        self._hand.choose_plane(plane)
        after = self._hand.explorer.chosen
        if before[:2] != after[:2]:
            self._undo.did("Show another plane", lambda: self._show(before), lambda: self._show(after))

    def pick_at(self, x: float, y: float, reach: float) -> None:
        """The image whose code is nearest to a point of the plane, not farther than ``reach``; three make a plane."""
        explorer = self._hand.explorer
        if self._why_no_picking() or not len(explorer.codes):
            return
        distances = np.linalg.norm(explorer.plane.project(explorer.codes) - np.array([x, y], np.float32), axis=1)
        index = int(distances.argmin())
        if distances[index] > reach:
            return
        self._laboratory.focus(index)
        self._picked = [*(each for each in self._picked if each != index), index][-CORNERS:]
        if len(self._picked) == CORNERS:
            explorer.candidates = tuple(self._picked)
            self.choose("points")
        self._tell_marks()

    def forget_picked(self) -> None:
        self._picked = []
        self._tell_marks()

    def _show(self, chosen: Any) -> None:
        self._picked = []
        self._hand.choose_plane_again(*chosen)

    def _take_scene(self, scene: Scene) -> None:
        self._tell_reasons()
        self._tell_plane()

    def _take_focus(self, index: int | None) -> None:
        if index is not None:
            self._hand.explorer.pick(index)
            self._tell_reasons()

    def _tell_reasons(self) -> None:
        explorer = self._hand.explorer
        reasons = {kind: explorer.why_not(kind) for kind in PLANES if kind != AXES}
        reasons["tool"] = self._why_no_picking()
        if reasons != self._reasons:
            self._reasons = reasons
            self.reasons_changed.emit(reasons)
            self.tool_allowed.emit(reasons["tool"])

    def _why_no_picking(self) -> str:
        explorer = self._hand.explorer
        if explorer.is_globe or explorer.space.dim <= 2:
            return "The canvas shows the whole latent space: there is no other plane"
        if explorer.space.kind == "codebook":
            return explorer.why_not("points")
        return ""

    def _tell_plane(self, _: object = None) -> None:
        explorer = self._hand.explorer
        self.shown.emit(explorer.choice, explorer.plane.labels)
        self._tell_marks()

    def _tell_marks(self, _: object = None) -> None:
        explorer = self._hand.explorer
        through_images = explorer.choice == "points"
        picking = bool(self._picked) and not (through_images and len(self._picked) == CORNERS)
        marked = tuple(self._picked) if picking else explorer.corners if through_images else ()
        marked = tuple(index for index in marked if index < len(explorer.codes))
        if marked:
            self.marks_changed.emit(NumberedRings(explorer.plane.project(explorer.codes[list(marked)])))
        elif self._marked:
            self.marks_changed.emit(None)
        self._marked = bool(marked)
