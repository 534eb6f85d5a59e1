"""Whether the window may close; a training that is in the way is asked about."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ae_studio.gui.close_question import CloseQuestion
from ae_studio.gui.session import Session


class Leaving(QObject):
    """Asks the user, and remembers the answer until the training has ended.

    Signals:
        stop_requested(): the training is to end; the window closes behind it.
        close_requested(): nothing is in the way any more.
    """

    stop_requested = Signal()
    close_requested = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.agreed = False

    def may_close(self) -> bool:
        """Asks where the answer is no, not yet. A run of its own process needs no window, so leaving it will do."""
        apart = self._session.own_process is not None
        if not self._session.training and (self.agreed or not apart):
            return True
        question = CloseQuestion(apart, self._window)
        question.stop_chosen.connect(self._stop)
        question.leave_chosen.connect(self._leave)
        question.open()
        return False

    def go_on(self, event: Any) -> None:
        """The run has ended."""
        if self.agreed:
            self.close_requested.emit()

    def _stop(self) -> None:
        self.agreed = True
        if self._session.training or self._session.own_process:
            self.stop_requested.emit()
        else:
            self.close_requested.emit()

    def _leave(self) -> None:
        self.agreed = True
        self.close_requested.emit()
