"""The metrics of a run, measured in a thread of their own: neither the window nor an errand waits for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.gui.worker import Worker
from ae_studio.latent.measured import Measured, Options


class Evaluator(QObject):
    """Measures one run at a time; a newer wish takes the place of the one before.

    Signals:
        begun(epoch): what is told from now on is of this epoch.
        measured(Measured): one more metric.
        ended(images): all are told, of so many test images; 0 where it was left, or nothing is kept of this epoch.
        failed(message)
    """

    begun = Signal(int)
    measured = Signal(object)
    ended = Signal(int)
    failed = Signal(str)
    _told = Signal(int, object)  # from the worker's thread, with the number of the wish

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish = 0
        self._told.connect(self._pass_on)
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def evaluate(self, run: Path, epoch: int) -> None:
        """Measures the weights after this epoch, or reads what is kept of them."""
        self._begin(epoch)
        self._worker.request("evaluate", partial(_evaluate, run, epoch, self._teller(), self._check(), self._wish))

    def show_kept(self, run: Path, epoch: int) -> None:
        """Only what has been measured before: all of it at once, as soon as it is read."""
        self._leave()
        self._worker.request("kept", partial(_read_kept, run, epoch, self._wish))

    def cancel(self) -> None:
        """Leaves what is at work, at its next metric or batch."""
        self._wish += 1
        self.ended.emit(0)

    def end(self) -> None:
        self._wish += 1
        self._worker.end()

    def _begin(self, epoch: int) -> None:
        self._leave()
        self.begun.emit(epoch)

    def _leave(self) -> None:
        """What was wished before."""
        self._wish += 1
        self._worker.forget("evaluate")
        self._worker.forget("kept")

    def _teller(self) -> Callable[[Measured], None]:
        return partial(self._told.emit, self._wish)

    def _check(self) -> Callable[[], None]:
        wish = self._wish

        def check() -> None:
            if self._wish != wish:
                raise LeftError

        return check

    def _pass_on(self, wish: int, measured: Measured) -> None:
        if wish == self._wish:
            self.measured.emit(measured)

    def _take_result(self, kind: str, result: tuple[int, Any]) -> None:
        wish, found = result
        if wish != self._wish:
            return
        if kind == "evaluate":
            self.ended.emit(found)
            return
        epoch, measured, images = found
        self.begun.emit(epoch)
        for each in measured:
            self.measured.emit(each)
        self.ended.emit(images)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        if LeftError.__name__ not in details:
            self.failed.emit(message)
            self.ended.emit(0)


class LeftError(Exception):
    """Another evaluation is wanted, or none any more."""


def _evaluate(
    run: Path, epoch: int, tell: Callable[[Measured], None], check: Callable[[], None], wish: int
) -> tuple[int, int]:
    from ae_studio.runs.evaluate import evaluate
    from ae_studio.runs.recorded import RecordedRun
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
    result: dict[str, Any] = evaluate(RecordedRun(run), epoch, on_measured=tell, check=check)
    return wish, result["images"]


def _read_kept(run: Path, epoch: int, wish: int) -> tuple[int, tuple[int, tuple[Measured, ...], int]]:
    from ae_studio.runs.metrics_cache import MetricsCache

    kept = MetricsCache(run).read(epoch, Options())
    return wish, (epoch, kept.measured, kept.images) if kept else (epoch, (), 0)
