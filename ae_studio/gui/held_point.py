"""A data point in the hand: picked on the canvas, dragged away from its place, put back or let go."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes
from ae_studio.gui.hand import Hand
from ae_studio.gui.handle_history import HandleHistory
from ae_studio.gui.laboratory import Laboratory
from ae_studio.latent.scene import Scene

State = tuple[int | None, Codes]
"""Which data point is held, and the handle's code (d,)."""


def why_not(scene: Scene) -> str:
    """Why no data point can be picked; empty where one can."""
    if scene.space.kind == "codebook":
        return "The points of this canvas are the codebook's entries, not images"
    return scene.why_no_images


class HeldPoint(QObject):
    """The handle starts at the data point's own code and keeps its numbers off the plane. One drag is one step back.

    Signals:
        changed(index): which data point is held; None when it was let go.
        possible_changed(reason): why none can be picked in this run; empty when one can.
    """

    changed = Signal(object)
    possible_changed = Signal(str)

    def __init__(
        self, laboratory: Laboratory, hand: Hand, history: HandleHistory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._laboratory = laboratory
        self._hand = hand
        self._history = history
        self._index: int | None = None
        self._before: State | None = None  # while a drag goes on
        laboratory.scene_changed.connect(self._take_scene)

    @property
    def index(self) -> int | None:
        return self._index

    def begin(self, run: object = None) -> None:
        """Another run."""
        self._before = None
        self._hold(None)

    def pick(self, index: int) -> None:
        """The handle onto this data point; a drag begins that ends with :meth:`drop`."""
        if self._why_not():
            return
        self._begin_drag()
        self._hold(index)
        self._laboratory.focus(index)
        self.put_back()

    def take(self) -> None:
        """The handle of the one that is held; a drag begins likewise."""
        if self._index is not None:
            self._begin_drag()

    def drop(self) -> None:
        """The drag has ended."""
        before, self._before = self._before, None
        if before is None:
            return
        now = (self._index, self._hand.explorer.handle.copy())
        if before[0] == now[0] and np.array_equal(before[1], now[1]):
            self._history.drop_step()
            return
        name = f"Move image {(now[0] or 0) + 1:,}"
        self._history.end_step(name, partial(self._restore, before), partial(self._restore, now))

    def snap(self, index: int) -> None:
        """The handle exactly onto this data point."""
        self.pick(index)
        self.drop()

    def snap_to_focus(self) -> None:
        focus = self._laboratory.marks.focus
        if focus is not None:
            self.snap(focus)

    def escape(self) -> None:
        """Back to the point; from there, the point is let go."""
        if self._index is None:
            return
        if self._at_point():
            self._hold(None)
            self._laboratory.focus(None)
        else:
            self.put_back()

    def put_back(self) -> None:
        """The handle to the data point's code as the model has it now."""
        scene = self._laboratory.scene
        if scene is not None and self._index is not None:
            self._hand.put(scene.codes[self._index])

    def _begin_drag(self) -> None:
        self._history.begin_step()
        self._before = (self._index, self._hand.explorer.handle.copy())

    def _take_scene(self, scene: Scene) -> None:
        self.possible_changed.emit(why_not(scene))

    def _at_point(self) -> bool:
        scene = self._laboratory.scene
        return scene is None or np.allclose(self._hand.explorer.handle, scene.codes[self._index], atol=1e-5)

    def _why_not(self) -> str:
        scene = self._laboratory.scene
        return "Train a model or open a run first" if scene is None else why_not(scene)

    def _hold(self, index: int | None) -> None:
        if index != self._index:
            self._index = index
            self.changed.emit(index)

    def _restore(self, state: State) -> None:
        index, code = state
        self._hold(index)
        self._laboratory.focus(index)
        self._hand.put(code)
