"""Moves of the handle as steps that can be undone: one for each place where it came to rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer

from ae_studio.events import Codes
from ae_studio.gui.hand import Hand
from ae_studio.gui.undo import UndoStack

REST_MS = 400  # without a move: a drag, some nudges, a slider that is pulled are one step each


class HandleHistory(QObject):
    """Watches the hand, and tells the stack."""

    def __init__(self, hand: Hand, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hand = hand
        self._undo = undo
        self._rested: Codes | None = None
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._in_step = False
        self._timer.timeout.connect(self._come_to_rest)
        hand.handle_moved.connect(self._take_move)

    def begin(self) -> None:
        """Another run, in whose codes the old places mean nothing."""
        self._timer.stop()
        self._rested, self._in_step = None, False
        self._undo.clear()

    def begin_step(self) -> None:
        """What follows, until :meth:`end_step`, is one step, wherever the handle rests meanwhile."""
        self._timer.stop()
        self._come_to_rest()  # what was before is a step of its own
        self._in_step = True

    def end_step(self, text: str, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        """Which step that was. Moves of the handle that undo and redo make are no steps."""
        self._take_place()
        self._undo.did(text, partial(self._make, undo), partial(self._make, redo))

    def drop_step(self) -> None:
        """Nothing has come of it."""
        self._take_place()

    def follow(self, move: Callable[[], None]) -> None:
        """Makes a ``move`` of the handle that follows from something else and is no step; none during one."""
        if not self._in_step:
            self.begin_step()
            move()
            self.drop_step()

    def _make(self, change: Callable[[], None]) -> None:
        self._timer.stop()
        self._in_step = True
        change()
        self._take_place()

    def _take_place(self) -> None:
        self._in_step = False
        self._rested = self._hand.explorer.handle.copy()

    def _take_move(self, code: Codes) -> None:
        if self._in_step:
            return
        if self._rested is None or self._rested.shape != code.shape:
            self._rested = code.copy()
        elif not np.array_equal(self._rested, code):
            self._timer.start()

    def _come_to_rest(self) -> None:
        before, now = self._rested, self._hand.explorer.handle.copy()
        if before is None or before.shape != now.shape or np.array_equal(before, now):
            return
        self._rested = now
        self._undo.did("Move the handle", partial(self._put, before), partial(self._put, now))

    def _put(self, code: Codes) -> None:
        self._rested = code
        self._hand.put(code)
