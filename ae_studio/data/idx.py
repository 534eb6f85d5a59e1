"""IDX, the format of MNIST and its relatives, plain or gzipped. Nothing that a header promises is believed unchecked.

Four bytes of magic (0, 0, element type, number of dimensions), each dimension as a big-endian 32-bit number, then the
elements, row by row. See http://yann.lecun.com/exdb/mnist/ ("FILE FORMATS").
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt

from ae_studio.data.dataset import DamagedFileError, DataError

UBYTE = 0x08  # element type: unsigned byte, the only one in these data sets
CHUNK = 1 << 20  # bytes decompressed at a time


def read_idx(path: Path, dims: int) -> npt.NDArray[np.uint8]:
    """The array in an IDX file of bytes with ``dims`` dimensions: 3 for images (n, H, W), 1 for labels (n,).

    Raises :class:`~ae_studio.data.dataset.DamagedFileError` where the content is wrong in any way, and
    :class:`~ae_studio.data.dataset.DataError` where the file cannot be read at all.
    """
    values = np.empty(idx_shape(path, dims), np.uint8)
    read_idx_into(path, values)
    return values


def idx_shape(path: Path, dims: int) -> tuple[int, ...]:
    """The shape that the header gives, once the length of the file has proved it. Raises as :func:`read_idx`."""
    with _opened(path) as file:
        shape = _header(path, file, dims)
        promised = math.prod(shape)
        held = _bytes_left(file, at_most=promised + 1)
    if held < promised:
        raise DamagedFileError(
            f"{path} is cut short: its header promises {promised:,} bytes of {_in_words(shape)}, it holds {held:,}"
        )
    if held > promised:
        raise DamagedFileError(
            f"{path} has bytes left over: its header says {promised:,} bytes of {_in_words(shape)}, it holds more"
        )
    return shape


def read_idx_into(path: Path, values: npt.NDArray[np.uint8]) -> None:
    """Fills a C-contiguous array that has the file's shape: large data sets are never in memory twice."""
    view = values.reshape(-1).data
    with _opened(path) as file:
        _header(path, file, values.ndim)
        done = 0
        while done < len(view):
            count = file.readinto(view[done : done + CHUNK])  # type: ignore[attr-defined]
            if not count:
                raise DamagedFileError(f"{path} is cut short: it changed while it was read")
            done += count


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, decompressed; whatever goes wrong while they are read becomes our error."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb") as file:
            yield cast(BinaryIO, file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedFileError(f"{path} is not a whole gzip file: {error}") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from None


def _header(path: Path, file: BinaryIO, dims: int) -> tuple[int, ...]:
    right = bytes([0, 0, UBYTE, dims])
    found = file.read(4)
    if len(found) == 4 and found != right:
        raise DamagedFileError(
            f"{path} is not an IDX file of bytes with {dims} dimension{'s' * (dims > 1)}: "
            f"it begins with {_magic(found)}, right would be {_magic(right)}"
        )
    sizes = file.read(4 * dims)
    if len(found) < 4 or len(sizes) < 4 * dims:
        length = len(found) + len(sizes)
        raise DamagedFileError(f"{path} is cut short: {length} bytes, and the header alone has {4 + 4 * dims}")
    return struct.unpack(f">{dims}I", sizes)


def _magic(found: bytes) -> str:
    """``2051 (00 00 08 03)``"""
    return f"{int.from_bytes(found, 'big')} ({found.hex(' ')})"


def _in_words(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{size:,}" for size in shape)


def _bytes_left(file: BinaryIO, at_most: int) -> int:
    """How many bytes follow, counted up to ``at_most``: a few kilobytes of gzip can hold gigabytes of zeros."""
    if not isinstance(file, gzip.GzipFile):
        here = file.tell()
        return min(file.seek(0, 2) - here, at_most)
    count = 0
    while count < at_most and (chunk := file.read(min(CHUNK, at_most - count))):
        count += len(chunk)
    return count
