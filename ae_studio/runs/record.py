"""What a run folder says of itself in its small files. Knows no torch, reads nothing large, waits for no pipe."""

from __future__ import annotations

import json
import os
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ae_studio.training.run_format import FORMAT

MAX_BYTES = 4 << 20  # of such a file; a record is some kilobytes
NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe would be waited for

# Of numpy, for a file of arrays that is damaged or holds anything else.
UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    EOFError,
    TypeError,
    AttributeError,
    NotImplementedError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Parent:
    """The run that another is a branch of: the name of its folder, and the epoch behind which the branch begins.

    ``exact``: with all of Adam's moments; else those were not kept, and began anew.
    """

    run: str
    epoch: int
    exact: bool


class RunError(ValueError):
    """A run, or a part of it, that cannot be opened. The message says which file, and what is wrong with it."""


def read_small(path: str | Path) -> bytes:
    """An ordinary file of at most ``MAX_BYTES``. Raises OSError, or ValueError with what is wrong with it."""
    file = os.open(path, os.O_RDONLY | NO_WAIT)
    try:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            raise ValueError("is no ordinary file")
        if about.st_size > MAX_BYTES:
            raise ValueError(f"is larger than {MAX_BYTES >> 20} MiB")
        return os.read(file, MAX_BYTES)
    finally:
        os.close(file)


def read_json(path: str | Path) -> Any:
    """What the file holds. Raises OSError, or ValueError with what is wrong with it."""
    content = read_small(path)
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("is damaged: lists within lists without an end") from None
    except ValueError as error:
        raise ValueError(f"is damaged, not JSON: {error}") from None


def read_record(run: str | Path) -> dict[str, Any]:
    """A run's ``config.json``: its settings under ``config``, and what they do not say. Raises :class:`RunError`."""
    path = os.path.join(run, "config.json")
    try:
        record = read_json(path)
    except FileNotFoundError:
        raise RunError(f"{path}: is missing; without it nobody knows what was trained") from None
    except OSError as error:
        raise RunError(f"{path}: cannot be read ({error.strerror or error})") from None
    except ValueError as error:
        raise RunError(f"{path}: {error}") from None
    if not isinstance(record, dict) or record.get("app") != "ae-studio":
        raise RunError(f"{path}: is no record of an AE Studio run")
    if record.get("format") != FORMAT:
        raise RunError(f"{path}: has format {record.get('format')!r}; this version reads format {FORMAT}")
    if not isinstance(record.get("config"), dict):
        raise RunError(f"{path}: has no settings under 'config'")
    return record


def parent_of(record: Mapping[str, Any]) -> Parent | None:
    """None for a run that is no branch, and where the record says what cannot be."""
    said = record.get("parent")
    if not isinstance(said, dict):
        return None
    run, epoch, exact = said.get("run"), said.get("epoch"), said.get("exact")
    if not isinstance(run, str) or run in ("", ".", "..") or any(mark in run for mark in "/\\\0"):
        return None
    if not isinstance(epoch, int) or isinstance(epoch, bool) or epoch < 0 or not isinstance(exact, bool):
        return None
    return Parent(run, epoch, exact)


def read_ended(run: str | Path) -> tuple[str, str] | None:
    """Outcome and reason; None while the run goes on, and after a crash. Raises :class:`RunError` where damaged."""
    try:
        ended = read_json(os.path.join(run, "ended.json"))
        return str(ended["outcome"]), str(ended["reason"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise RunError("ended.json: is damaged, so how the run ended is not known") from None
