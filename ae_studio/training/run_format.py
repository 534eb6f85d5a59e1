"""Which way of keeping a run this is, and who writes one now. Knows no torch."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be moved or deleted anyway
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
TIMES = "times.csv"


def hold(file: IO[Any]) -> None:
    """Marks an open file as being written, until it is closed or its process ends, however that comes about."""
    if fcntl is not None:
        with suppress(OSError):  # a disk without locks
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)


def is_held(path: str | Path) -> bool:
    """Whether somebody writes this file, on this machine or, where the disk passes locks on, on another."""
    if fcntl is None:
        return False
    try:
        file = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    else:
        return False
    finally:
        os.close(file)
