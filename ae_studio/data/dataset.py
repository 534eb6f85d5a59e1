"""What a data set is: its images, its files on disk, and where they can be had. Knows neither torch nor a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal


class DataError(ValueError):
    """Data that cannot be used. The message says which file, what is wrong with it, and what to do."""


class DamagedFileError(DataError):
    """A file whose content is not what it should be: fetching it again helps."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One file to fetch.

    It is downloaded to ``path`` below the root, from the first of ``urls`` that gives bytes with this ``md5``.
    ``size`` in bytes serves the display only; 0 where it is not known. ``members`` says what is taken out of it: name
    inside the archive to path below the root. A single compressed file has one member, itself.
    """

    path: str
    urls: tuple[str, ...]
    md5: str
    size: int
    members: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set as the form, the command line and the readers see it.

    ``image_shape`` is (C, H, W). ``train`` and ``test`` are paths below the root: images and labels for ``idx``, one
    file or several for the others; none for ``embedded``. ``train_images`` counts those for validation too.
    What a ``.npy`` file of one's own holds is known only when it is read: zeros and empty here.
    ``first_label`` is the number that the files give to the first class; ``transposed`` images have their rows and
    columns swapped on disk. ``md5`` are checksums of files that are checked again before they are read. ``defaults``
    replace those of :class:`~ae_studio.config.RunConfig`.
    """

    name: str
    title: str
    summary: str
    image_shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    train_images: int
    test_images: int
    source: str
    licence: str
    reader: Literal["embedded", "idx", "usps", "cifar", "npy"] = "idx"
    train: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    archives: tuple[Archive, ...] = ()
    md5: Mapping[str, str] = field(default_factory=dict)
    first_label: int = 0
    transposed: bool = False
    defaults: Mapping[str, Any] = field(default_factory=lambda: {"epochs": 20, "batch_size": 128})

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read, as a path below the root."""
        return self.train + self.test

    @property
    def download_size(self) -> int:
        """Bytes to fetch for the whole data set; 0 where nothing has to be fetched."""
        return sum(archive.size for archive in self.archives)


def find_file(data: DataSet, path: str, root: Path) -> Path | None:
    """The file at this path below the root, an IDX file plain or still ``.gz``; None where it is not there."""
    suffixes = ("", ".gz") if data.reader == "idx" else ("",)
    for suffix in suffixes:
        candidate = root / f"{path}{suffix}"
        if candidate.is_file():
            return candidate
    return None


def missing_files(data: DataSet, root: Path) -> list[str]:
    """The files, as paths below the root, that are not there; none where the data set can be read."""
    return [path for path in data.files if find_file(data, path, root) is None]


def refuse_missing(data: DataSet, root: Path) -> None:
    """Raises :class:`DataError` that says how to get what is not on this machine."""
    missing = missing_files(data, root)
    if missing and data.reader == "npy":
        raise DataError(f"{missing[0]} is not there: it should be a .npy file of images")
    if missing:
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise DataError(
            f"{data.title} is not on this machine: {root / missing[0]} is missing{more}. "
            f"Press Download beside the data set, or run: ae-studio data {data.name}"
        )
