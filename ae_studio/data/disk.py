"""Files that are whole or not there, and what the disk refuses, in the user's words."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ae_studio.data.dataset import DataError

CHUNK = 1 << 20  # bytes copied at a time


class DownloadError(DataError):
    """Nothing usable came, or it could not be kept. The message says from where, why, and what to do."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses into :class:`DownloadError`. Never around the network, whose errors are OSErrors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DownloadError(f"the disk is full: free some space for {folder} and try again, it goes on") from None
        raise DownloadError(
            f"cannot write in {folder}: {error.strerror or error}. Let AE_STUDIO_DATA name a folder that can be written"
        ) from None


def check_room(folder: Path, needed: int) -> None:
    """Raises :class:`DownloadError` where fewer than ``needed`` bytes are free: now, not after an hour."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise DownloadError(
            f"the disk is too full: {needed / 1e6:,.0f} MB are to come, {folder} has room for {free / 1e6:,.0f} MB"
        )


def md5_of(path: Path) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_whole(path: Path, source: IO[bytes]) -> None:
    """Copies ``source`` under a temporary name, onto the disk, then renames: never half a file under ``path``.

    Raises :class:`DownloadError`, and lets errors of ``source`` through; neither leaves anything behind.
    """
    temporary = path.with_name(f"{path.name}.unpacking")
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open(temporary, "wb", buffering=0)  # noqa: SIM115  (closed below; only opening may blame the disk)
    try:
        with file:
            while chunk := source.read(CHUNK):
                append(file, chunk, path.parent)
            settle(file, path.parent)
        with writing(path.parent):
            os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def append(file: IO[bytes], chunk: bytes, folder: Path) -> None:
    """Writes all of ``chunk`` to an unbuffered file, so that a full disk shows here and not when the file is closed."""
    rest = memoryview(chunk)
    with writing(folder):
        while rest:
            rest = rest[file.write(rest) :]


def settle(file: IO[bytes], folder: Path) -> None:
    with writing(folder):
        os.fsync(file.fileno())
