"""How the outside steers a run: a request here, seen by the training where its work is cut."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from ae_studio.events import SettingValue


class TrainingStopped(Exception):
    """Raised inside the training at the batch after a stop was asked for."""


class RunControl:
    """Stop, pause, resume, single steps and epochs, and changes of settings, from any thread.

    ``live`` says that somebody is watching: only then are looks taken between epochs.
    """

    def __init__(self, *, live: bool = False) -> None:
        self.live = live
        self._condition = threading.Condition()
        self._stopped = False
        self._paused = False
        self._steps_allowed = 0
        self._until_epoch = False  # paused, but for what is left of the epoch
        self._seen = False  # whether steps that were asked for are to be told from the inside
        self._seen_now = False  # the step at hand
        self._changes: dict[str, SettingValue] = {}

    def stop(self) -> None:
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def pause(self) -> None:
        with self._condition:
            self._hold()

    def resume(self) -> None:
        with self._condition:
            self._paused = self._until_epoch = self._seen = self._seen_now = False
            self._condition.notify_all()

    def step(self, *, seen: bool = False) -> None:
        """One training step, then pause. ``seen``: told from the inside, as a :class:`~ae_studio.events.StepSeen`."""
        with self._condition:
            allowed = 0 if seen else self._steps_allowed  # slow motion does not count on
            self._hold()
            self._steps_allowed = allowed + 1
            self._seen = seen
            self._condition.notify_all()

    def epoch(self) -> None:
        """To the end of the epoch, then pause."""
        with self._condition:
            self._hold()
            self._until_epoch = True
            self._condition.notify_all()

    def change(self, values: Mapping[str, SettingValue]) -> None:
        """Other values of settings, from the next step on; see :mod:`ae_studio.training.live`."""
        with self._condition:
            self._changes.update(values)
            self._condition.notify_all()

    def _hold(self) -> None:
        self._paused, self._steps_allowed, self._until_epoch, self._seen = True, 0, False, False

    @property
    def stop_requested(self) -> bool:
        return self._stopped

    @property
    def paused(self) -> bool:
        """Whether it stands still, or will at the next step; on the way to the end of an epoch it does not."""
        return self._paused and not self._until_epoch

    @property
    def must_wait(self) -> bool:
        """Whether the next training step has to wait. Read without the lock: it is asked before every step."""
        return self._paused and self._steps_allowed == 0 and not self._until_epoch

    @property
    def seen(self) -> bool:
        """Whether the step at hand is to be told from the inside."""
        return self._seen_now

    @property
    def has_changes(self) -> bool:
        """Likewise without the lock."""
        return bool(self._changes)

    def take_changes(self) -> dict[str, SettingValue]:
        """What was asked for since the last time."""
        with self._condition:
            changes, self._changes = self._changes, {}
        return changes

    def epoch_ended(self) -> None:
        """Said by the training: who asked for an epoch has it."""
        with self._condition:
            self._until_epoch = False

    def rest(self, seconds: float) -> None:
        """Waits, but no longer than until a stop is asked for."""
        with self._condition:
            self._condition.wait_for(lambda: self._stopped, seconds)

    def check(self) -> None:
        """Raises :class:`TrainingStopped` if a stop was asked for."""
        if self._stopped:
            raise TrainingStopped

    def before_step(self) -> bool:
        """Waits while paused; raises :class:`TrainingStopped` if a stop is or gets asked for.

        Says whether the step may begin; it may not where settings were changed meanwhile: take those, and ask again.
        """
        if self._paused:
            with self._condition:
                self._condition.wait_for(lambda: self._stopped or self._changes or not self.must_wait)
                if self._changes and not self._stopped:
                    return False
                self._seen_now = self._seen
                self._steps_allowed = max(0, self._steps_allowed - 1)
        self.check()
        return not self._changes
