"""One run in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from ae_studio.events import Event, RunEnded
from ae_studio.gui.worker import STACK_BYTES, step_back


class TrainingThread(QThread):
    """Calls ``work(on_event)``, which trains, and passes every event to the window's thread.

    Signals:
        event_happened(event): one of :mod:`ae_studio.events`, in their order; the last is a RunEnded.
    """

    event_happened = Signal(object)

    def __init__(self, work: Callable[[Callable[[Event], None]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setStackSize(STACK_BYTES)
        self._work = work

    def run(self) -> None:
        step_back(self)
        try:
            self._work(self.event_happened.emit)
        except BaseException as error:  # train() never raises; if it ever does, the window must still hear of an end
            self.event_happened.emit(RunEnded("failed", f"{type(error).__name__}: {error}", None))
