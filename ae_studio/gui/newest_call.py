"""Of many calls in a row the newest, as often as is worth it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class NewestCall(QObject):
    """Makes a call at once where none was made for ``interval`` milliseconds, else the newest of them after that."""

    def __init__(self, interval: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=interval)
        self._timer.timeout.connect(self._make)

    def put(self, call: Callable[[], None]) -> None:
        self._waiting = call
        if not self._timer.isActive():
            self._make()

    def forget(self) -> None:
        """The one that waits is not made any more."""
        self._waiting = None
        self._timer.stop()

    def make_now(self) -> None:
        """The one that waits, without waiting any longer."""
        self._timer.stop()
        self._make()

    def _make(self) -> None:
        if self._waiting is not None:
            call, self._waiting = self._waiting, None
            self._timer.start()
            call()
