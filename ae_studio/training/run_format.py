"""Which way of keeping a run this is, what its folder is called, and who writes one now. Knows no torch."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Container
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from ae_studio.config import RunConfig

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be moved or deleted anyway
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
PAUSES_S = (0.0005, 0.002, 0.005)  # between tries to lock a file
TIMES = "times.csv"


def new_run_path(root: Path, config: RunConfig, taken: Container[Path] = ()) -> Path:
    """``<root>/2026-11-23_14-05-09_beta-vae_mnist``, with ``-2`` and so on behind it where that is taken."""
    stem = f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{_plain(_stem(config.model))}_{_plain(_stem(config.data))}"
    candidates = (root / (stem if number == 1 else f"{stem}-{number}") for number in range(1, 10_000))
    return next(path for path in candidates if path not in taken and not path.exists())


def _stem(name: str) -> str:
    """Of a file of one's own its name alone."""
    return Path(name).stem if name.lower().endswith((".py", ".npy")) else name


def _plain(name: str) -> str:
    """A name without anything that means something in a path."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "run"


_asking = threading.Lock()


def hold(file: IO[Any]) -> None:
    """Marks an open file as being written, until it is closed or its process ends, however that comes about."""
    if fcntl is not None:
        with suppress(OSError):  # a disk without locks
            _lock(file.fileno(), fcntl.LOCK_SH)


def is_held(path: str | Path) -> bool:
    """Whether somebody writes this file, on this machine or, where the disk passes locks on, on another."""
    if fcntl is None:
        return False
    with _asking, suppress(OSError):  # two who ask would each take the other for somebody who writes
        file = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            return not _lock(file, fcntl.LOCK_EX)
        finally:
            os.close(file)
    return False


def _lock(file: int, kind: int) -> bool:
    """Whether it could be had. Who asks, as :func:`is_held` does, has a lock too, for microseconds: a refusal counts
    only if it lasts. Raises OSError where the disk has no locks.
    """
    for pause in (0.0, *PAUSES_S):
        time.sleep(pause)
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False
