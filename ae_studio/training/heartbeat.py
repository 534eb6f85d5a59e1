"""Every process of a run tells the others that it lives, so that one that falls silent ends the run.

A process that dies closes its connections, which the others see at once. One whose machine vanishes closes nothing, and
they would wait for it as long as the process group's timeout: half an hour.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch.distributed import Store  # type: ignore[attr-defined]

BEAT_S = 2.0  # between two signs of life: a few hundred bytes
SILENT_BEATS = 10  # 20 s: longer than a busy machine keeps a thread waiting, and the run ends within 30 s
FIRST_SPEAKS_S = 5.0  # for the first process to say what happened, before the others end themselves
LEFT = -(2**40)  # makes a count negative for good: this process has left in order

OnSilence = Callable[[str], None]


class Heartbeat:
    """Counts, in a ``store`` that all processes reach, its own beats, and listens to those of the others.

    ``on_silence`` is called with the words for it, from a thread of its own, where one of them has not been heard for
    ``SILENT_BEATS``: it has to end this process. Both threads are the heartbeat's own, so neither a long step nor a
    slow disk delays a beat. Silence is counted in beats of ours, not in seconds: after a pause of the whole machine
    (Ctrl-Z, a closed lid) nobody has been silent for longer than we have.
    """

    def __init__(self, store: Store, rank: int, world: int, on_silence: OnSilence) -> None:
        self._store = store
        self._rank = rank
        self._on_silence = on_silence
        self._beats = 0
        self._counts = {other: 0 for other in range(world) if other != rank}
        self._heard: dict[int, float] = dict.fromkeys(self._counts, 0)  # at which beat of ours; never again: infinity
        self._over = threading.Event()
        self._in_order = False
        self.how = ""  # who fell silent, in words
        # Two, since a request waits without a limit for the machine that keeps the store, which may be the silent one.
        self._threads = [
            threading.Thread(target=self._talk, name="tells the others that this process lives", daemon=True),
            threading.Thread(target=self._watch, name="watches for the others' silence", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def end(self, *, in_order: bool) -> None:
        """No more beats. One that does not leave ``in_order`` has failed, and is missed by the others."""
        self._in_order = in_order
        self._over.set()
        for thread in self._threads:
            thread.join(BEAT_S)

    def _talk(self) -> None:
        with suppress(RuntimeError):  # the connection is broken: nobody is heard any more, and that is counted
            self._store.add(_key(self._rank), 1)
            while not self._over.wait(BEAT_S):
                self._store.add(_key(self._rank), 1)
                for other in self._counts:
                    self._listen_to(other)
            if self._in_order:
                self._store.add(_key(self._rank), LEFT)

    def _listen_to(self, other: int) -> None:
        count = self._store.add(_key(other), 0)  # get() would wait for one that has not begun
        if count < 0:
            self._heard[other] = math.inf
        elif count != self._counts[other]:
            self._heard[other] = self._beats
        self._counts[other] = count

    def _watch(self) -> None:
        while not self._over.wait(BEAT_S):
            self._beats += 1
            silent = self._silent()
            if silent:
                self.how = _in_words(silent)
                speaks = self._rank == 0 or silent == [0]
                if speaks or not self._over.wait(FIRST_SPEAKS_S):
                    self._on_silence(self.how)
                return

    def _silent(self) -> list[int]:
        silent = [other for other, heard in self._heard.items() if self._beats - heard >= SILENT_BEATS]
        return [0] if 0 in silent else silent  # the first keeps the store: without it none of the others is heard


def _key(rank: int) -> str:
    return f"beats of {rank}"


def _in_words(silent: Sequence[int]) -> str:
    who = ", ".join(map(str, silent))
    subject = f"process {who} has" if len(silent) == 1 else f"processes {who} have"
    return f"{subject} been silent for {BEAT_S * SILENT_BEATS:g} seconds"
