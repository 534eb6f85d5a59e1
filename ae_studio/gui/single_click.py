"""A click that means something else than the first of two."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication


class SingleClick(QObject):
    """Tells what was clicked once no second click comes.

    Signals:
        told(what)
    """

    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._what: Any = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lambda: self.told.emit(self._what))

    def take(self, what: Any, *, wait: bool = True) -> None:
        """A first click; told at once where a second one would mean nothing."""
        self._what = what
        if wait:
            self._timer.start(QApplication.doubleClickInterval())
        else:
            self.told.emit(what)

    def call_off(self) -> None:
        """It was the first of two, or what was clicked is gone."""
        self._timer.stop()
