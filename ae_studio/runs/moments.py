"""Moments of one run, kept in memory while they are of use and read ahead of the hand on the epoch slider."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ae_studio.events import Codes
from ae_studio.runs.opening import Moment, moment_of
from ae_studio.runs.record import UNREADABLE
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.training.live import CHANGES
from ae_studio.training.run_folder import RunFolder

MOST = 64  # moments
MOST_BYTES = 256 << 20  # of all of them, their weights included
AHEAD, BEHIND, AROUND = 12, 3, 6  # epochs read in the direction of travel, against it, and to each side at rest

Stamp = tuple[tuple[int, int, int] | None, ...]
"""Of each of some files the time of its last change, its size and its inode; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A moment, or why there is none, as the epoch's files had it when they were like ``stamp``."""

    stamp: Stamp
    moment: Moment | None
    reason: str
    nbytes: int


class Moments:
    """What a run's folder holds of its epochs; may be asked in any thread.

    Never tells of an epoch what its files do not say any more: a run may still be trained, rewound, or trained anew.
    The moments that were used last are kept, as many as are within both bounds.
    """

    def __init__(self, path: Path, *, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        """Reads nothing yet."""
        self.path = path
        self._most, self._most_bytes = most, most_bytes
        self._folder = RunFolder(path)
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()  # the one used last at the end
        self._run: tuple[Stamp, RecordedRun] | None = None

    def epochs(self) -> tuple[int, ...]:
        """Those with a look and a snapshot, as the folder has them now."""
        looks, snapshots = (set(_numbers(self.path / name, suffix)) for name, suffix in KINDS)
        return tuple(sorted(looks & snapshots))

    def at(self, epoch: int) -> Moment:
        """From memory where it is there. Raises :class:`RunError` where it is missing or damaged."""
        kept = self._fresh(epoch) or self._read(epoch)
        if kept.moment is None:
            raise RunError(kept.reason)
        return kept.moment

    def look_into(self, epoch: int) -> None:
        """Reads it if that has not been done yet; what is wrong with it is told when it is asked for."""
        self._fresh(epoch) or self._read(epoch)

    def has(self, epoch: int) -> bool:
        """Whether :meth:`at` answers without reading."""
        return self._fresh(epoch) is not None

    def codes(self, epoch: int) -> Codes:
        """Of the epoch's look alone, which is much less to read. Raises :class:`RunError` likewise."""
        kept = self._fresh(epoch)
        if kept is not None and kept.moment is not None:
            return kept.moment.look.codes
        path = self._folder.look_path(epoch)
        try:
            with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
                codes: Codes = arrays["codes"].astype(np.float32, copy=False)
        except UNREADABLE as error:
            raise RunError(f"{path}: cannot be read as a look ({error})") from None
        if codes.ndim != 2 or codes.shape[1] != self._opened().space.size:
            raise RunError(f"{path}: codes {codes.shape} do not fit this run")
        return codes

    def next_ahead(self, epochs: Sequence[int], epoch: int, direction: int) -> int | None:
        """Which of the run's epochs is to be read next, while the hand travels (1 or -1) or rests (0) at this one.

        None where all that may be wanted soon is there.
        """
        for wanted in _wanted(epochs, epoch, direction, self._room()):
            if not self.has(wanted):
                return wanted
        return None

    @property
    def nbytes(self) -> int:
        with self._lock:
            return sum(kept.nbytes for kept in self._kept.values())

    def _room(self) -> int:
        """How many may be read ahead, without pushing one another out."""
        with self._lock:
            largest = max((kept.nbytes for kept in self._kept.values()), default=1)
        return max(1, min(self._most, self._most_bytes // max(1, largest)) - 2)

    def _fresh(self, epoch: int) -> _Kept | None:
        """What is kept of an epoch, if that is what its files are."""
        with self._lock:
            kept = self._kept.get(epoch)
        if kept is None or kept.stamp != self._stamp(epoch):
            return None
        with self._lock:
            if self._kept.get(epoch) is kept:
                self._kept.move_to_end(epoch)
        return kept

    def _read(self, epoch: int) -> _Kept:
        stamp = self._stamp(epoch)  # before the files are read: what is written meanwhile makes it old
        try:
            moment = moment_of(self._opened(), epoch)
            kept = _Kept(stamp, moment, "", self._size(moment, epoch))
        except RunError as error:
            kept = _Kept(stamp, None, str(error), 0)
        with self._lock:
            self._kept[epoch] = kept
            self._kept.move_to_end(epoch)
            while len(self._kept) > 1 and self._is_full():
                self._kept.popitem(last=False)
        return kept

    def _is_full(self) -> bool:
        return len(self._kept) > self._most or sum(kept.nbytes for kept in self._kept.values()) > self._most_bytes

    def _size(self, moment: Moment, epoch: int) -> int:
        """Bytes of the moment's arrays, and of its weights, which are those of the snapshot's file."""
        look = moment.look
        arrays = (look.codes, look.reconstructions, look.spread, look.kl, moment.labels, moment.probes)
        held = sum(array.nbytes for array in arrays if array is not None)
        found = _stamp(self._folder.snapshot_path(epoch))
        return held + (found[1] if found else 0)

    def _stamp(self, epoch: int) -> Stamp:
        return _stamp(self._folder.look_path(epoch)), _stamp(self._folder.snapshot_path(epoch))

    def _opened(self) -> RecordedRun:
        """Opened once, and again when its settings have been changed."""
        stamp = tuple(_stamp(self.path / name) for name in ("config.json", CHANGES))
        with self._lock:
            if self._run is not None and self._run[0] == stamp:
                return self._run[1]
        run = RecordedRun(self.path)
        with self._lock:
            self._run = stamp, run
        return run


KINDS = (("looks", ".npz"), ("snapshots", ".safetensors"))


def _wanted(epochs: Sequence[int], epoch: int, direction: int, room: int) -> Iterator[int]:
    """The nearest first; the one that is looked at before all others."""
    later = [each for each in epochs if each > epoch]
    earlier = [each for each in reversed(epochs) if each < epoch]
    if direction:
        onwards, back = (later, earlier) if direction > 0 else (earlier, later)
        order = [*onwards[:AHEAD], *back[:BEHIND]]
    else:
        pairs = [later[place : place + 1] + earlier[place : place + 1] for place in range(AROUND)]
        order = [each for pair in pairs for each in pair]
    yield from order[:room]


def _numbers(folder: Path, suffix: str) -> Iterator[int]:
    if folder.is_dir():
        names = (os.path.splitext(entry.name) for entry in os.scandir(folder))
        yield from (int(stem) for stem, ending in names if ending == suffix and stem.isdecimal())


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """A file is written under another name and renamed: that changes its inode even within one tick of the clock."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
