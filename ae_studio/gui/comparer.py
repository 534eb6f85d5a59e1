"""Reads the runs that are compared, in a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.gui.worker import Worker
from ae_studio.runs.compared import ComparedRun, Entry, Loaded, load_what_can_be


class Comparer(QObject):
    """Of several wishes the newest is carried out.

    Signals:
        loaded(Loaded, newest): runs that were asked for, as far as they can be read; whether they were asked for last.
        failed(message)
    """

    loaded = Signal(object, bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish = 0
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def load(self, entries: Sequence[Entry], known: Sequence[ComparedRun] = ()) -> None:
        """Of runs that are ``known`` only another epoch is read."""
        self._wish += 1
        self._worker.request("load", partial(_load, tuple(entries), tuple(known), self._wish))

    def end(self) -> None:
        self._worker.end()

    def _take_result(self, kind: str, result: Any) -> None:
        loaded, wish = result
        self.loaded.emit(loaded, wish == self._wish)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        self.failed.emit(message)


def _load(entries: tuple[Entry, ...], known: tuple[ComparedRun, ...], wish: int) -> tuple[Loaded, int]:
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
    return load_what_can_be(entries, known), wish
