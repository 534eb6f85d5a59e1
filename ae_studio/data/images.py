"""A data set as bytes, once, with its fixed split; in memory, or a large one mapped from its file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ae_studio.config import ConfigError
from ae_studio.data.catalog import dataset
from ae_studio.data.dataset import DamagedFileError, DataError, DataSet, refuse_missing
from ae_studio.data.readers import Labels, Pixels, Raw, read
from ae_studio.data.split import Indices, stratified
from ae_studio.paths import data_root

TEST_FRACTION = 0.2  # of data sets that come without a test part of their own: the digits, and .npy files


@dataclass(frozen=True, slots=True, eq=False)
class ImageData:
    """All images of a data set, uint8 (n, C, H, W) from 0 to 255, and their labels (n,), numbers of ``class_names``.

    ``train``, ``validation`` and ``test`` are sorted numbers of images; together they are all of them, each once.
    Every array is read-only, so that it may cross threads; the images are C-contiguous, one copy in memory, or
    an ``np.memmap`` where they are too many for that.
    """

    name: str
    images: Pixels
    labels: Labels
    class_names: tuple[str, ...]
    train: Indices
    validation: Indices
    test: Indices

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(C, H, W)"""
        channels, height, width = self.images.shape[1:]
        return channels, height, width


def load(name: str | DataSet, root: Path | None = None, validation_fraction: float = 0.1) -> ImageData:
    """The data set from disk, below ``root`` or where data sets live; digits need no file.
    A name that ends in ``.npy`` is the path of images of one's own.

    The test part is the source's own; digits and one's own images give a fixed fifth. ``validation_fraction`` of the
    other images are held back. Both are drawn by class with a seed of their own
    (:data:`~ae_studio.data.split.SPLIT_SEED`), so the split is the same whatever the run's seed.

    Raises :class:`~ae_studio.config.ConfigError` for an unknown name or a fraction outside 0 to 1, and
    :class:`~ae_studio.data.dataset.DataError` where the data set is not on disk, damaged, or too small to part.
    """
    data = dataset(name) if isinstance(name, str) else name
    if not 0 < validation_fraction < 1:
        raise ConfigError(f"validation_fraction must be above 0 and below 1, got {validation_fraction!r}")
    place = data_root() if root is None else root
    refuse_missing(data, place)
    try:
        raw = read(data, place)
        if raw.class_names is not None:
            data = replace(data, class_names=raw.class_names)
        _check_labels(data, raw.labels)
    except DamagedFileError as error:
        raise DamagedFileError(f"{error}. Delete it and download again: ae-studio data {data.name}") from None
    return _parted(data, raw, validation_fraction)


def _check_labels(data: DataSet, labels: Labels) -> None:
    outside = labels[(labels < 0) | (labels >= len(data.class_names))]
    if len(outside):
        last = data.first_label + len(data.class_names) - 1
        raise DamagedFileError(
            f"{data.title}: a label is {outside[0] + data.first_label}, right are {data.first_label} to {last}"
        )


def _parted(data: DataSet, raw: Raw, validation_fraction: float) -> ImageData:
    everything = np.arange(len(raw.labels), dtype=np.int64)
    if raw.train is None:
        learned, test = stratified(raw.labels, everything, TEST_FRACTION)
    else:
        learned, test = everything[: raw.train], everything[raw.train :].copy()
    train, validation = stratified(raw.labels, learned, validation_fraction)
    if not len(train) or not len(validation) or not len(test):
        raise DataError(
            f"{data.title} has too few images to part: {len(train)} to train, {len(validation)} to validate and "
            f"{len(test)} to test; each part needs one at least"
        )
    for array in (raw.images, raw.labels, train, validation, test):
        array.flags.writeable = False
    return ImageData(data.name, raw.images, raw.labels, data.class_names, train, validation, test)
