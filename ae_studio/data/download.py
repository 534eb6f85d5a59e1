"""A data set onto the disk: fetch what is missing, check it, unpack it. What is there already is never touched."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ae_studio.data.catalog import dataset
from ae_studio.data.dataset import Archive, DataSet, missing_files
from ae_studio.data.disk import DownloadError, md5_of
from ae_studio.data.fetch import fetch
from ae_studio.data.mirror import Cancelled, DownloadCancelled, OnBytes
from ae_studio.data.unpack import unpack
from ae_studio.paths import data_root

__all__ = ["DownloadCancelled", "DownloadError", "DownloadProgress", "download"]

REPORT_S = 0.05  # 20 reports a second: smooth to the eye


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How far one file has come. ``file_index`` counts from 0; ``bytes_total`` is 0 where nobody knows it."""

    file: str
    bytes_done: int
    bytes_total: int
    file_index: int
    files: int


OnProgress = Callable[[DownloadProgress], None]


def download(
    name: str | DataSet,
    root: Path | None = None,
    on_progress: OnProgress = lambda progress: None,
    cancelled: Cancelled = lambda: False,
) -> None:
    """Makes the data set readable below ``root``, or where data sets live; at once where it is there already.

    ``on_progress`` is called in this thread, at most 20 times a second and at the end of every file. ``cancelled`` is
    asked at every chunk.

    Raises :class:`~ae_studio.config.ConfigError` for an unknown name, :class:`DownloadError` (and any other
    :class:`~ae_studio.data.dataset.DataError`) where a file cannot be had, :class:`DownloadCancelled`. After each of
    them a new call goes on where this one ended.
    """
    data = dataset(name) if isinstance(name, str) else name
    place = data_root() if root is None else root
    archives = _needed(data, place)
    for index, archive in enumerate(archives):
        _bring(archive, place, _reporter(archive, index, len(archives), on_progress), cancelled)


def _needed(data: DataSet, root: Path) -> list[Archive]:
    """The archives that hold a missing file."""
    missing = set(missing_files(data, root))
    return [archive for archive in data.archives if missing.intersection(archive.members.values())]


def _bring(archive: Archive, root: Path, on_bytes: OnBytes, cancelled: Cancelled) -> None:
    file = root / archive.path
    by_hand = file.is_file() and md5_of(file) == archive.md5
    if not by_hand:
        fetch(archive, file, on_bytes, cancelled)
    unpack(archive, file, root)
    if not by_hand and archive.path not in archive.members.values():
        file.unlink()


def _reporter(archive: Archive, index: int, files: int, on_progress: OnProgress) -> OnBytes:
    last = float("-inf")

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REPORT_S or done == total:
            last = now
            on_progress(DownloadProgress(archive.name, done, total or archive.size, index, files))

    return report
