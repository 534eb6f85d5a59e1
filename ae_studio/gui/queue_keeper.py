"""Keeps the queue of the window: gives it its pulse while there is anything to do, and reads how far its runs are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.config import RunConfig
from ae_studio.gui.worker import Worker
from ae_studio.sweeps.job import Job
from ae_studio.sweeps.machine import Machine, cores, find_machine
from ae_studio.sweeps.plan import Planned
from ae_studio.sweeps.progress import ProgressReader
from ae_studio.sweeps.queue import Queue
from ae_studio.sweeps.summary import read_summary

POLL_MS = 500  # the next training begins so late at most; an epoch seldom takes less


class QueueKeeper(QObject):
    """Trainings that wait for their turn. The window's own training is none of them, and they run beside it.

    Signals:
        changed(): the list, one of its jobs, or how it goes on.
        job_changed(Job): what was told of it is another.
        progressed(progress): by the jobs' numbers, of those that are at work.
        summary_read(Summary), failed(message)
    """

    changed = Signal()
    job_changed = Signal(object)
    progressed = Signal(object)
    summary_read = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.queue = Queue(Machine(cores=cores()), self._tell)
        self._chosen_workers = False
        self._reader = ProgressReader()
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def end(self) -> None:
        """What is at work goes on by itself, what waits is dropped; waits for the thread."""
        self._timer.stop()
        self._worker.end()

    def find_machine(self) -> None:
        """Now that torch is there, which knows of GPUs."""
        self.queue.machine = find_machine()
        if not self._chosen_workers:
            self.queue.workers = self.queue.machine.usual_workers

    # What there is

    @property
    def jobs(self) -> tuple[Job, ...]:
        return self.queue.jobs

    @property
    def busy(self) -> bool:
        """Something is at work, or waits."""
        return bool(self.queue.at_work or self.queue.waiting)

    # The list

    def add(self, config: RunConfig) -> None:
        """The settings of the form, at the end."""
        self.add_runs([Planned(config)])

    def add_runs(self, runs: Sequence[Planned]) -> None:
        self.queue.add(runs)
        self.poll()

    def add_run(self, run: Path, config: RunConfig) -> None:
        """A run goes on, when its turn comes."""
        self.queue.add_run(run, Planned(config, run.name))
        self.poll()

    def set_workers(self, count: int) -> None:
        self._chosen_workers = True
        self.queue.workers = count
        self.poll()

    def move(self, number: int, place: int) -> None:
        self.queue.move(number, place)

    def nudge(self, number: int, by: int) -> None:
        self.queue.nudge(number, by)

    def to_front(self, number: int) -> None:
        self.queue.to_front(number)

    # What is done with them

    def pause(self) -> None:
        self.queue.pause()

    def pause_and_stop(self) -> None:
        """Those at work as well; tried again, they go on."""
        self.queue.pause(stop_running=True)

    def resume(self) -> None:
        self.queue.resume()
        self.poll()

    def call_off(self, numbers: Iterable[int]) -> None:
        """Those that wait are cancelled, those at work stopped."""
        numbers = tuple(numbers)
        self.queue.cancel(numbers)
        self.queue.stop(numbers)

    def retry(self, numbers: Iterable[int]) -> None:
        self.queue.retry(numbers)
        self.poll()

    def remove(self, numbers: Iterable[int]) -> None:
        self.queue.remove(numbers)

    def stop_all(self) -> None:
        self.queue.cancel(job.number for job in self.queue.waiting)
        self.queue.stop(job.number for job in self.queue.at_work)

    # Its pulse

    def poll(self) -> None:
        self.queue.poll()
        runs = {job.number: job.run for job in self.queue.at_work if job.run}
        if runs:
            self._worker.request("progress", partial(_read_progress, self._reader, runs))
        if self.queue.idle:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def read_summary(self, tag: str) -> None:
        """What came of a sweep so far; ``summary_read`` follows."""
        self._worker.request("summary", partial(read_summary, tag))

    def _tell(self, job: Job | None) -> None:
        if job is not None:
            if job.over and job.run:
                self._worker.request("progress", partial(_read_progress, self._reader, {job.number: job.run}))
            self.job_changed.emit(job)
        self.changed.emit()

    def _take_result(self, kind: str, result: Any) -> None:
        (self.progressed if kind == "progress" else self.summary_read).emit(result)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        self.failed.emit(message)


def _read_progress(reader: ProgressReader, runs: dict[int, Path]) -> dict[int, Any]:
    return {number: reader.read(run) for number, run in runs.items()}
