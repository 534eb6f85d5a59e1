"""Images of one's own: a ``.npy`` file of bytes, labels beside it. A large one stays on disk, as a map.

Of a map only the images that are asked for are read, so that a data set may be larger than the memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.data.dataset import DataError

MAX_IN_MEMORY = 1 << 29  # bytes; a map costs little speed, so that only what any machine can spare is read whole
MAX_CLASSES = 1000  # as many as the largest usual sets have; numbers above are measurements, not classes
CHANNELS = (1, 3)
SHAPES = "(n, H, W), (n, H, W, C) or (n, C, H, W) with C = 1 or 3"


def read_npy(path: Path) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], tuple[str, ...]]:
    """Images (n, C, H, W), labels (n,) from 0, and the names of the classes.

    Labels are read from ``NAME.labels.npy`` or ``NAME_labels.npy`` beside ``NAME.npy``; without such a file all images
    are of one class. The images are a read-only ``np.memmap`` where they fill more than ``MAX_IN_MEMORY``.
    Raises :class:`~ae_studio.data.dataset.DataError`.
    """
    images = _channels_first(path, _opened(path))
    labels, names = _labels(path, len(images))
    if images.nbytes <= MAX_IN_MEMORY:
        images = np.array(images, order="C", subok=False)
    return images, labels, names


def label_files(path: Path) -> tuple[Path, Path]:
    """Where the labels of these images may lie."""
    return path.with_name(f"{path.stem}.labels.npy"), path.with_name(f"{path.stem}_labels.npy")


def _opened(path: Path) -> npt.NDArray[Any]:
    """The array in the file, mapped. Never a pickle: numpy maps no objects."""
    try:
        values: npt.NDArray[Any] = np.lib.format.open_memmap(path, mode="r")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from None
    except Exception as error:  # a header can be wrong in every way there is
        raise DataError(f"{path} is not a whole .npy file of numbers, as np.save writes them: {error}") from None
    if not values.flags.c_contiguous:
        raise DataError(f"{path} is in Fortran order; right would be np.save(file, np.ascontiguousarray(images))")
    return values


def _channels_first(path: Path, values: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if values.dtype != np.uint8:
        raise DataError(f"{path} holds {values.dtype}, right would be uint8: pixels from 0 to 255")
    if 0 in values.shape:
        raise DataError(f"{path} holds no images: its shape is {values.shape}, right would be {SHAPES}")
    if values.ndim == 3:
        return values[:, None]
    if values.ndim == 4 and values.shape[1] in CHANNELS:
        return values
    if values.ndim == 4 and values.shape[3] in CHANNELS:
        return values.transpose(0, 3, 1, 2)
    raise DataError(f"{path} has the shape {values.shape}, right would be {SHAPES}")


def _labels(images: Path, count: int) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    path = next((file for file in label_files(images) if file.is_file()), None)
    if path is None:
        return np.zeros(count, np.int64), ("images",)
    labels = _opened(path)
    if not np.issubdtype(labels.dtype, np.integer):
        raise DataError(f"{path} holds {labels.dtype}, right would be whole numbers, the classes, from 0")
    if labels.shape != (count,):
        raise DataError(f"{path} has the shape {labels.shape}, right would be ({count},): a label for each image")
    low, high = int(labels.min()), int(labels.max())
    if low < 0 or high >= MAX_CLASSES:
        raise DataError(f"{path} holds labels from {low} to {high}, right would be 0 to {MAX_CLASSES - 1}")
    return labels.astype(np.int64, subok=False), tuple(map(str, range(high + 1)))
