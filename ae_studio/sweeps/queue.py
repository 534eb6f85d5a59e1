"""The queue: trainings that wait for their turn, each of which runs in a process of its own.

Nothing happens by itself: whoever holds the queue calls :meth:`Queue.poll` now and then. A training that dies takes
nothing with it; the next one begins. Loads no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from ae_studio.command import this_program
from ae_studio.own_process import OwnProcess
from ae_studio.paths import runs_root
from ae_studio.runs.record import RunError, read_ended
from ae_studio.sweeps.job import Job, State
from ae_studio.sweeps.machine import Machine
from ae_studio.sweeps.plan import Planned
from ae_studio.training.run_format import new_run_path

OnChange = Callable[[Job | None], None]


class Process(Protocol):
    """A training at work, as :class:`~ae_studio.own_process.OwnProcess` is."""

    @property
    def alive(self) -> bool: ...

    @property
    def exit_code(self) -> int | None: ...

    def why_gone(self) -> str: ...

    def interrupt(self) -> None: ...


Start = Callable[[Sequence[str], Path, Mapping[str, str]], Process]


class Queue:
    """An ordered list of jobs. ``on_change`` is told a job that is another, and None where the list itself is.

    Raises nothing for what a training does; KeyError for a number that no job has.
    """

    def __init__(
        self,
        machine: Machine,
        on_change: OnChange = lambda job: None,
        *,
        workers: int | None = None,
        start: Start = OwnProcess,
    ) -> None:
        self.machine = machine
        self.paused = False
        self._workers = workers or machine.usual_workers
        self._on_change = on_change
        self._start = start
        self._jobs: dict[int, Job] = {}  # in their order
        self._processes: dict[int, Process] = {}
        self._last_number = 0

    # What there is

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(self._jobs.values())

    @property
    def waiting(self) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs.values() if job.state == "waiting")

    @property
    def at_work(self) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs.values() if job.at_work)

    @property
    def idle(self) -> bool:
        """Nothing is at work, and nothing would be."""
        return not self.at_work and (self.paused or not self.waiting)

    @property
    def workers(self) -> int:
        """Trainings at the same time, at most."""
        return self._workers

    @workers.setter
    def workers(self, count: int) -> None:
        """Holds from the next training on; those at work are left alone."""
        self._workers = count
        self._on_change(None)

    # The list

    def add(self, runs: Iterable[Planned]) -> tuple[int, ...]:
        """At the end, also while others run. Returns their numbers."""
        numbers = tuple(self._append(planned) for planned in runs)
        self._on_change(None)
        return numbers

    def add_run(self, run: Path, planned: Planned) -> int:
        """One that is there already, and goes on in its folder up to the planned number of epochs. Likewise."""
        number = self._append(planned, run=run.resolve(), goes_on=True)
        self._on_change(None)
        return number

    def _append(self, planned: Planned, **known: object) -> int:
        self._last_number += 1
        self._jobs[self._last_number] = Job(self._last_number, planned, **known)  # type: ignore[arg-type]
        return self._last_number

    def move(self, number: int, place: int) -> None:
        """To a place among all jobs, the first is 0."""
        order = [other for other in self._jobs if other != number]
        order.insert(max(0, place), number)
        self._jobs = {each: self._jobs[each] for each in order}
        self._on_change(None)

    def nudge(self, number: int, by: int) -> None:
        """Past so many that wait, too: -1 is up. Past its neighbours that wait for nothing it goes in one step."""
        order = [job.number for job in self.waiting]
        if number not in order:
            return
        place = order.index(number) + by
        if 0 <= place < len(order):
            self.move(number, list(self._jobs).index(order[place]))

    def to_front(self, number: int) -> None:
        """The next to begin."""
        first = next((job.number for job in self.waiting), number)
        if first != number:
            self.move(number, list(self._jobs).index(first))

    def remove(self, numbers: Iterable[int]) -> None:
        """Of those that are over the line in the list, nothing else: their runs stay."""
        for number in numbers:
            if self._jobs[number].over:
                del self._jobs[number]
        self._on_change(None)

    # What is done with them

    def pause(self, *, stop_running: bool = False) -> None:
        """No other begins; those at work go on, or are stopped as well."""
        self.paused = True
        if stop_running:
            self.stop(job.number for job in self.at_work)
        self._on_change(None)

    def resume(self) -> None:
        self.paused = False
        self._on_change(None)

    def cancel(self, numbers: Iterable[int]) -> None:
        """Those that wait will not begin."""
        for number in numbers:
            if self._jobs[number].state == "waiting":
                self._change(number, state="cancelled", reason="Cancelled before it began.")

    def stop(self, numbers: Iterable[int]) -> None:
        """Those at work end with the batch at hand, as the Stop button lets them; what was learned is kept."""
        for number in tuple(numbers):
            if self._jobs[number].at_work:
                self._processes[number].interrupt()
                self._change(number, state="stopping", reason="Stopping…")

    def retry(self, numbers: Iterable[int]) -> None:
        """Again, behind all that wait. One that was stopped goes on in its folder, as does one that was to go on there;
        any other that failed begins a new one."""
        for number in numbers:
            job = self._jobs[number]
            if not job.over or job.state == "finished":
                continue
            again = job.goes_on or job.can_go_on
            self._change(number, state="waiting", reason="", run=job.run if again else None, log=None, goes_on=again)
            self.move(number, len(self._jobs))

    # Its pulse

    def poll(self) -> None:
        """Sees what has ended, and begins what can begin."""
        for job in self.at_work:
            if not self._processes[job.number].alive:
                self._end(job)
        while not self.paused and len(self.at_work) < self._workers and self.waiting:
            self._begin(self.waiting[0])

    def _begin(self, job: Job) -> None:
        taken = {each.run for each in self._jobs.values() if each.run}
        run = job.run if job.goes_on and job.run else new_run_path(runs_root().resolve(), job.config, taken)
        log = run.with_name(f"{run.name}.log")  # not inside: a new run wants an empty folder
        gpu = self.machine.free_gpu([each.gpu for each in self.at_work]) if self.machine.takes_gpu(job.config) else ""
        environment = self.machine.environment(self._workers, gpu)
        try:
            self._processes[job.number] = self._start(this_program(_command(job, run)), log, environment)
        except OSError as error:
            self._change(job.number, state="failed", reason=f"No process could be started: {error}")
        else:
            self._change(job.number, state="running", reason="", run=run, log=log, gpu=gpu)

    def _end(self, job: Job) -> None:
        state, reason = _how_it_ended(job, self._processes.pop(job.number))
        if state == "finished" and job.log is not None:  # the folder has a log of its own
            with suppress(OSError):
                job.log.unlink(missing_ok=True)
        self._change(job.number, state=state, reason=reason)

    def _change(self, number: int, **changes: object) -> None:
        job = replace(self._jobs[number], **changes)  # type: ignore[arg-type]
        self._jobs[number] = job
        self._on_change(job)


def _command(job: Job, run: Path) -> list[str]:
    return job.command if job.goes_on else [*job.command, "--out", str(run)]


def _how_it_ended(job: Job, process: Process) -> tuple[State, str]:
    """What its folder says, else what became of the process."""
    try:
        ended = read_ended(job.run) if job.run else None
    except RunError:
        ended = None
    if job.goes_on and process.exit_code and ended is not None and ended[0] != "failed":
        ended = None  # it tells of the time before
    if ended is not None and ended[0] in ("finished", "stopped", "failed"):
        return cast(State, ended[0]), ended[1]
    if job.state == "stopping":
        return "stopped", "Stopped before there was anything to keep."
    return "failed", process.why_gone() or "The training's process is gone."
