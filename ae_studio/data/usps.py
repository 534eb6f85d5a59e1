"""USPS as libsvm keeps it: bzip2 text, a line an image, ``label 1:value 2:value ... 256:value``."""

from __future__ import annotations

import bz2
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ae_studio.data.dataset import DamagedFileError, DataError

SIDE = 16  # pixels
PIXELS = SIDE * SIDE
MAX_LINE = 1 << 14  # bytes; a line of the real files has about 3,000
POSITIONS = np.arange(1, PIXELS + 1)


def read_usps(path: Path) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Images (n, 16, 16), 0 to 255, and labels (n,) as in the file, 1 to 10.

    Raises :class:`~ae_studio.data.dataset.DamagedFileError` that names the line, and
    :class:`~ae_studio.data.dataset.DataError` where the file cannot be read at all.
    """
    images: list[npt.NDArray[np.uint8]] = []
    labels: list[int] = []
    try:
        with bz2.open(path, "rb") as file:
            while line := file.readline(MAX_LINE):
                label, pixels = _parse(path, len(labels) + 1, line)
                labels.append(label)
                images.append(pixels)
    except (EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise DataError(f"{path} cannot be read: {error.strerror}") from None
        raise DamagedFileError(f"{path} is not a whole bzip2 file: {error}") from None
    if not labels:
        raise DamagedFileError(f"{path} is empty: it should hold a line for each image")
    return np.stack(images).reshape(-1, SIDE, SIDE), np.array(labels, np.int64)


def _parse(path: Path, number: int, line: bytes) -> tuple[int, npt.NDArray[np.uint8]]:
    """One line to its label and its 256 pixels."""
    try:
        label, *pairs = line.split()
        numbers = np.array(b" ".join(pairs).replace(b":", b" ").split(), np.float32).reshape(PIXELS, 2)
        if not np.array_equal(numbers[:, 0], POSITIONS) or not (np.abs(numbers[:, 1]) <= 1).all():
            raise ValueError
        # Cut down, not rounded, as torchvision does: the same pixels, so that losses compare.
        return int(label), ((numbers[:, 1] + 1) / 2 * 255).astype(np.uint8)
    except ValueError:
        raise DamagedFileError(
            f"{path}, line {number}: should be a label and {PIXELS} pairs from 1:value to {PIXELS}:value, "
            "each value from -1 to 1"
        ) from None
