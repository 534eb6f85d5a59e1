"""Asks the model whether it agrees with itself at the handle: decoded, and encoded again."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.latent.reencoding import Reencoded, reencode
from ae_studio.latent.scene import Scene

KIND = "re-encode"


def why_not(scene: Scene) -> str:
    """Why nothing can be re-encoded; empty where it can."""
    if scene.space.kind == "codebook":
        return "The codes of this model are entries of a codebook: there is no way between them"
    return scene.why_no_encoder


class Reencoder(QObject):
    """At the handle, when asked; ``automatic``: whenever it has moved. An answer is forgotten once the handle leaves.

    Signals:
        answered(Reencoded): what came back; None when it does not hold any more.
        told(words): the same in words; empty when it does not hold any more.
        possible_changed(reason): why nothing can be re-encoded now; empty when it can.
    """

    answered = Signal(object)
    told = Signal(str)
    possible_changed = Signal(str)

    def __init__(self, laboratory: Laboratory, hand: Hand, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.automatic = False
        self._laboratory = laboratory
        self._hand = hand
        self._answer: Reencoded | None = None
        self._asked: Codes | None = None  # at which code
        self._label = 0
        laboratory.scene_changed.connect(self._take_scene)
        hand.handle_moved.connect(self._take_move)

    def begin(self, run: object = None) -> None:
        """Another run."""
        self._forget()
        self._label = 0

    def repeat(self, automatic: bool) -> None:
        """Whenever the handle moves, or only when asked."""
        self.automatic = automatic
        if automatic:
            self.ask()

    def take_point(self, index: int | None) -> None:
        """The data point that is held: its class is told to a model that needs one."""
        scene = self._laboratory.scene
        self._label = 0 if scene is None or index is None else int(scene.labels[index])

    def ask(self) -> None:
        scene = self._laboratory.scene
        if scene is None or why_not(scene):
            return
        self._asked = self._hand.explorer.handle.copy()
        self._laboratory.ask(KIND, partial(reencode, self._asked, self._label, scene.look, scene.space), self._take)

    def _take(self, answer: Reencoded) -> None:
        if self._asked is not None and answer.code.shape == self._asked.shape:
            self._answer = answer
            self.answered.emit(answer)
            self.told.emit(answer.in_words())

    def _take_scene(self, scene: Scene) -> None:
        self.possible_changed.emit(why_not(scene))
        if self.automatic or self._asked is not None:
            self.ask()

    def _take_move(self, code: Codes) -> None:
        if self.automatic:
            self.ask()
        elif self._asked is not None and not np.array_equal(code, self._asked):
            self._forget()

    def _forget(self) -> None:
        self._laboratory.forget(KIND)
        self._asked = None
        if self._answer is not None:
            self._answer = None
            self.answered.emit(None)
            self.told.emit("")
