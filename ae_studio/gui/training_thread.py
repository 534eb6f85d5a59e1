"""One run in a thread of its own."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from ae_studio.events import Event, RunEnded
from ae_studio.gui.worker import STACK_BYTES

NICE = 5  # steps behind the window: it gets a core at once when it has something to show, and leaves it again


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
        self._step_back()
        try:
            self._work(self.event_happened.emit)
        except BaseException as error:  # train() never raises; if it ever does, the window must still hear of an end
            self.event_happened.emit(RunEnded("failed", f"{type(error).__name__}: {error}", None))

    def _step_back(self) -> None:
        """This thread, and the helpers that it starts, take the cores that the window leaves."""
        if sys.platform == "linux":  # where Qt's own priorities do nothing, but every thread has a nice value
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        else:
            self.setPriority(QThread.Priority.LowPriority)
