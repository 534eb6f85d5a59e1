"""Archives to the files inside them. Only names that the catalog lists are taken out, to places that it lists.

So no name in an archive is ever used as a path: ``../../somewhere`` and links have nothing to act on.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, cast

from ae_studio.data.dataset import Archive, DamagedFileError
from ae_studio.data.disk import write_whole

Members = Iterator[tuple[str, IO[bytes]]]


def unpack(archive: Archive, file: Path, root: Path) -> None:
    """Takes the archive's members out of ``file``, each to its path below ``root``, each whole or not at all.

    A file that is there already is left as it is. Raises :class:`~ae_studio.data.dataset.DamagedFileError` where the
    archive is broken or lacks a member, and :class:`~ae_studio.data.disk.DownloadError` where the disk refuses.
    """
    places = {name: root / path for name, path in archive.members.items()}
    wanted = {name for name, place in places.items() if not place.exists()}
    with _readable(file):
        for name, content in _members(file, wanted):
            with _plain(name, places[name], content) as plain:
                write_whole(places[name], plain)
            wanted.discard(name)
    if wanted:
        raise DamagedFileError(f"{file} is not the right archive: it lacks {', '.join(sorted(wanted))}")


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise DamagedFileError(f"{file} cannot be unpacked: {error}") from None


def _members(file: Path, wanted: set[str]) -> Members:
    if not wanted:
        return iter(())
    if zipfile.is_zipfile(file):
        return _zip_members(file, wanted)
    if file.name.endswith(".tar.gz"):
        return _tar_members(file, wanted)
    return _single(file)


def _zip_members(file: Path, wanted: set[str]) -> Members:
    with zipfile.ZipFile(file) as archive:
        for name in sorted(wanted.intersection(archive.namelist())):
            with archive.open(name) as content:
                yield name, content


def _tar_members(file: Path, wanted: set[str]) -> Members:
    with tarfile.open(file, "r:gz") as archive:
        for entry in archive:
            # A link's content is some other file, perhaps one outside the archive.
            if entry.name in wanted and entry.isreg():
                with closing(cast("IO[bytes]", archive.extractfile(entry))) as content:
                    yield entry.name, content


def _single(file: Path) -> Members:
    with open(file, "rb") as content:
        yield file.name, content


@contextmanager
def _plain(name: str, place: Path, content: IO[bytes]) -> Iterator[IO[bytes]]:
    """The member's bytes, decompressed where it is a ``.gz`` and its place is not."""
    if name.endswith(".gz") and place.suffix != ".gz":
        with gzip.open(content, "rb") as plain:
            yield cast("IO[bytes]", plain)
    else:
        yield content
