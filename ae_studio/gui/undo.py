"""What can be taken back: one stack for the whole window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

STEPS = 200  # that are remembered


class UndoStack(QUndoStack):
    """Steps that were done and can be undone, in the order in which they happened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoLimit(STEPS)

    def did(self, text: str, undo: Callable[[], None], redo: Callable[[], None], *, merge: str = "") -> None:
        """A step that was just done, in the words of the menu (``Move the handle``).

        Steps that follow one another with the same ``merge`` are one: the moves of a slider, say.
        """
        self.push(_Step(text, undo, redo, merge))


class _Step(QUndoCommand):
    """The stack does every command once when it is pushed; this one is done already."""

    def __init__(self, text: str, undo: Callable[[], None], redo: Callable[[], None], merge: str) -> None:
        super().__init__(text)
        self._undo, self._redo = undo, redo
        self._merge = merge
        self._done = True

    def id(self) -> int:
        """Qt asks two steps whether they merge only where this is the same, and not -1."""
        return 1 if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or other._merge != self._merge:
            return False
        self._redo = other._redo
        return True

    def undo(self) -> None:
        self._undo()

    def redo(self) -> None:
        if self._done:
            self._done = False
        else:
            self._redo()
