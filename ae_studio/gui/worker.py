"""Work that must not block the window: one thread, and of every kind of work only the newest request."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

# macOS gives threads 512 KiB of stack; BLAS overflows it (numpy#11551).
STACK_BYTES = 16 * 1024 * 1024
NICE = 5  # steps behind the window: it gets a core at once when it has something to show, and leaves it again


def step_back(thread: QThread) -> None:
    """The calling thread, which is this one, and the helpers that it starts take the cores that the window leaves."""
    if sys.platform == "linux":  # where Qt's own priorities do nothing, but every thread has a nice value
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    else:
        thread.setPriority(QThread.Priority.LowPriority)


class Worker(QThread):
    """Does the newest request of each kind: a newer one takes the place of one that still waits.

    Signals, none of them after :meth:`end`:
        done(kind, result): a request was carried out.
        failed(kind, message, details): it raised; details is the traceback.
    """

    done = Signal(str, object)
    failed = Signal(str, str, str)
    _carried_out = Signal(str, object)  # what the thread says, on its way to the thread that asked
    _raised = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None, *, behind: bool = False) -> None:
        """``behind``: what it computes may wait for the window and the hand."""
        super().__init__(parent)
        self._behind = behind
        self.setStackSize(STACK_BYTES)
        self._condition = threading.Condition()
        self._requests: dict[str, Callable[[], Any]] = {}
        self._ending = False
        self._carried_out.connect(self._tell_result)
        self._raised.connect(self._tell_failure)

    def request(self, kind: str, work: Callable[[], Any]) -> None:
        """The first request starts the thread."""
        with self._condition:
            self._requests[kind] = work
            self._condition.notify()
        if not self.isRunning():
            self.start()

    def forget(self, kind: str) -> None:
        """Drops a request that has not begun."""
        with self._condition:
            self._requests.pop(kind, None)

    def end(self) -> None:
        """Ends the thread behind the work at hand, and waits for it."""
        with self._condition:
            self._requests.clear()
            self._ending = True
            self._condition.notify()
        self.wait()

    def _tell_result(self, kind: str, result: Any) -> None:
        if not self._ending:  # what the result is for may be gone by now
            self.done.emit(kind, result)

    def _tell_failure(self, kind: str, message: str, details: str) -> None:
        if not self._ending:
            self.failed.emit(kind, message, details)

    def run(self) -> None:
        if self._behind:
            step_back(self)
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._requests or self._ending)
                if self._ending:
                    return
                kind = next(iter(self._requests))
                work = self._requests.pop(kind)
            self._carry_out(kind, work)

    def _carry_out(self, kind: str, work: Callable[[], Any]) -> None:
        try:
            result = work()
        except Exception as error:
            message = str(error) or type(error).__name__
            self._raised.emit(kind, message, "".join(traceback.format_exception(error)))
        else:
            self._carried_out.emit(kind, result)
