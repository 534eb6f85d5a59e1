"""How the outside steers a run: a request here, seen by the training where its work is cut."""

from __future__ import annotations

import threading


class TrainingStopped(Exception):
    """Raised inside the training at the batch after a stop was asked for."""


class RunControl:
    """Stop, pause, resume and single steps, from any thread.

    ``live`` says that somebody is watching: only then are looks taken between epochs.
    """

    def __init__(self, *, live: bool = False) -> None:
        self.live = live
        self._condition = threading.Condition()
        self._stopped = False
        self._paused = False
        self._steps_allowed = 0

    def stop(self) -> None:
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def pause(self) -> None:
        with self._condition:
            self._paused = True
            self._steps_allowed = 0

    def resume(self) -> None:
        with self._condition:
            self._paused = False
            self._condition.notify_all()

    def step(self) -> None:
        """One training step, then pause."""
        with self._condition:
            self._paused = True
            self._steps_allowed += 1
            self._condition.notify_all()

    @property
    def stop_requested(self) -> bool:
        return self._stopped

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def must_wait(self) -> bool:
        """Whether the next training step has to wait. Read without the lock: it is asked before every step."""
        return self._paused and self._steps_allowed == 0

    def rest(self, seconds: float) -> None:
        """Waits, but no longer than until a stop is asked for."""
        with self._condition:
            self._condition.wait_for(lambda: self._stopped, seconds)

    def check(self) -> None:
        """Raises :class:`TrainingStopped` if a stop was asked for."""
        if self._stopped:
            raise TrainingStopped

    def before_step(self) -> None:
        """Waits while paused; raises :class:`TrainingStopped` if a stop is or gets asked for."""
        if self._paused:
            with self._condition:
                self._condition.wait_for(lambda: self._stopped or not self.must_wait)
                self._steps_allowed = max(0, self._steps_allowed - 1)
        self.check()
