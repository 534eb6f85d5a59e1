"""Cores that other programs want as well: while they do, the threads that compute sleep between two operations."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import torch

CHECK_S = 1.0  # between two looks at how long the training has waited for a core
CROWDED = 0.3  # of the time; where others compute on all the cores too, a training waits for half of it and more
QUIET = 0.1
QUIET_CHECKS = 5  # in a row: sleeping threads leave the other one time too, so the waiting becomes less at once
GRAIN = 32_768  # elements that torch gives a thread at least


@contextmanager
def sharing_cores() -> Iterator[None]:
    """Watches the calling thread, which trains, for as long as the context is open. Linux says how long one waits."""
    waited = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    if torch.get_num_threads() == 1 or not waited.exists():
        yield
        return
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(waited, over), name="watches for crowded cores", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


class Crowd:
    """Whether others want the cores, judged by how much of the time the training has waited for one."""

    def __init__(self) -> None:
        self.here = False
        self._quiet = 0

    def see(self, share: float) -> None:
        self._quiet = self._quiet + 1 if share < QUIET else 0
        if share > CROWDED:
            self.here = True
        elif self._quiet >= QUIET_CHECKS:
            self.here = False


def _watch(waited: Path, over: threading.Event) -> None:
    crowd, sleeping = Crowd(), None
    before, then = _seconds(waited), monotonic()
    while not over.wait(CHECK_S):
        after, now = _seconds(waited), monotonic()
        crowd.see((after - before) / (now - then))
        before, then = after, now
        if crowd.here and sleeping is None:
            sleeping = SleepingThreads()
        elif sleeping is not None and not crowd.here:
            sleeping.end()
            sleeping = None
    if sleeping is not None:
        sleeping.end()


def _seconds(waited: Path) -> float:
    """How long the thread has waited, ready to compute, for a core: the second number, in nanoseconds."""
    return int(waited.read_text(encoding="ascii").split()[1]) / 1e9


class SleepingThreads:
    """While this lives, OpenMP's threads sleep behind an operation at once; otherwise they spin, to be ready sooner.

    Spinning threads of two trainings keep each other from the very cores that they wait for. GNU's OpenMP stops
    spinning once it counts more threads than cores, so one thread here holds a team of so many, which never computes
    again: https://gcc.gnu.org/onlinedocs/libgomp/GOMP_005fSPINCOUNT.html. The variable of that name has no value that
    suits both: where it helps two trainings, it costs one alone a quarter of its speed, and libgomp reads it only once.
    Nothing changes in what is computed.
    """

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hold, name="makes OpenMP's threads sleep", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()  # its team ends with it

    def _hold(self) -> None:
        threads = (os.cpu_count() or 1) + 1
        usual = torch.get_num_threads()
        torch.set_num_threads(threads)
        torch.zeros(threads * GRAIN, dtype=torch.uint8).add_(1)  # makes the team
        torch.set_num_threads(usual)  # for later threads, which begin with the number that was set last, by whomever
        self._over.wait()
