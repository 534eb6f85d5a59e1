"""A sweep on a terminal: a line for each run that ends, and a table at the end."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from ae_studio.runs.listed import best_validation
from ae_studio.runs.validations import read_validations
from ae_studio.sweep_table import summary_text
from ae_studio.sweeps.job import Job
from ae_studio.sweeps.machine import Machine
from ae_studio.sweeps.plan import Planned
from ae_studio.sweeps.queue import Queue, Start
from ae_studio.sweeps.summary import read_summary

POLL_S = 0.2  # between two looks at what has ended; a training takes seconds at least

Rest = Callable[[float], None]


class SweepLines:
    """Writes how each run ended, and on a terminal one line that moves in between."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._ended = 0
        self._moving = sys.stdout.isatty()
        self._began: dict[int, float] = {}

    def __call__(self, job: Job | None) -> None:
        if job is None:
            return
        if job.state == "running":
            self._began[job.number] = time.monotonic()
        elif job.over and job.state != "cancelled":
            self._tell_end(job)

    def show_work(self, queue: Queue) -> None:
        if self._moving:
            names = "; ".join(job.name for job in queue.at_work)
            print(f"\r{self._ended}/{self._count}  training {names}"[:100] + "\x1b[K", end="", flush=True)

    def clear(self) -> None:
        if self._moving:
            print("\r\x1b[K", end="", flush=True)

    def _tell_end(self, job: Job) -> None:
        self._ended += 1
        self.clear()
        seconds = time.monotonic() - self._began.get(job.number, time.monotonic())
        number = f"{self._ended:>{len(str(self._count))}}/{self._count}"
        if job.state == "failed":
            log = f" Its log is {job.log}" if job.log and job.log.exists() else ""
            print(f"{number}  {job.name}  failed: {job.reason}{log}", file=sys.stderr, flush=True)
        else:
            print(f"{number}  {job.name}  {job.state}{_numbers(job)}  {seconds:.0f} s  {job.run}", flush=True)


def _numbers(job: Job) -> str:
    """``  best 38.21 after epoch 18  mse/pixel 0.0312``; empty where there are none."""
    if job.run is None:
        return ""
    with suppress(OSError, ValueError):
        _, best, epoch = best_validation(str(job.run))
        error = read_validations(job.run).get(epoch, {}).get("mse_per_pixel")
        if best is not None:
            pixels = f"  mse/pixel {error:.5f}" if error is not None else ""
            return f"  best {best:.5g} after epoch {epoch}{pixels}"
    return ""


def sweep_on_terminal(
    runs: Sequence[Planned],
    tag: str,
    machine: Machine,
    workers: int,
    *,
    start: Start | None = None,
    rest: Rest = time.sleep,
) -> bool:
    """Trains them all, telling it. Says whether none failed.

    Ctrl-C stops what is trained as the Stop button does, and leaves the rest undone; a second one ends at once.
    """
    lines = SweepLines(len(runs))
    queue = Queue(machine, lines, workers=workers, **({"start": start} if start else {}))
    queue.add(runs)
    with _stopped_by_interrupt(queue, lines):
        while True:
            queue.poll()
            if queue.idle:
                break
            lines.show_work(queue)
            rest(POLL_S)
    lines.clear()
    print(f"\n{summary_text(read_summary(tag))}", flush=True)
    failed = sum(job.state == "failed" for job in queue.jobs)
    undone = sum(job.state in ("waiting", "stopped") for job in queue.jobs)
    if failed or undone:
        told = ", ".join(f"{count} {what}" for count, what in ((failed, "failed"), (undone, "not done")) if count)
        words = f"The same command with --tag '{tag}' --skip-done trains what is missing."
        print(f"{told}. {words}", file=sys.stderr, flush=True)
    return not failed


@contextmanager
def _stopped_by_interrupt(queue: Queue, lines: SweepLines) -> Iterator[None]:
    """Ctrl-C, and being asked to end, stop the queue; a second time ends this process as usual."""

    def stop(number: int, frame: FrameType | None) -> None:
        lines.clear()
        print("\nStopping at the next batch; what was learned is kept. Once more to end at once.", file=sys.stderr)
        queue.pause(stop_running=True)
        for each in asked_by:
            signal.signal(each, signal.default_int_handler)

    asked_by = [signal.SIGINT, signal.SIGTERM]
    before = [signal.signal(number, stop) for number in asked_by]
    try:
        yield
    finally:
        for number, handler in zip(asked_by, before, strict=True):
            signal.signal(number, handler)
