"""CIFAR-10 as its authors keep it: pickles. A pickle is a program, so it is read by a reader that runs nothing.

Two locks: the file's checksum must be the catalog's, and the unpickler knows only the names that arrays need.
See https://docs.python.org/3/library/pickle.html#restricting-globals.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.data.dataset import DamagedFileError, DataError

SHAPE = (3, 32, 32)  # (C, H, W)
PIXELS = 3 * 32 * 32


def read_batch(path: Path, md5: str | None) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Images (n, 3, 32, 32) and labels (n,) of one batch; ``md5`` None skips the checksum, never the safe reader.

    Raises :class:`~ae_studio.data.dataset.DamagedFileError` where the content is not a batch, and
    :class:`~ae_studio.data.dataset.DataError` where the file cannot be read at all.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if md5 is not None and found != md5:
        raise DamagedFileError(f"{path} is damaged or not the original: its MD5 is {found}, right would be {md5}")
    return _checked(path, _unpickled(path, content))


def _unpickled(path: Path, content: bytes) -> Any:
    try:
        # Python 2 wrote the files: its strings are bytes, which latin1 keeps one to one.
        return _ArrayUnpickler(io.BytesIO(content), encoding="latin1").load()
    except Exception as error:
        # A damaged pickle can fail in every way there is; none of them is more than "not a batch" to the user.
        raise DamagedFileError(f"{path} is not a CIFAR-10 batch: {error}") from None


def _checked(path: Path, batch: Any) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    images, labels = (batch.get("data"), batch.get("labels")) if isinstance(batch, dict) else (None, None)
    if not isinstance(images, np.ndarray) or images.dtype != np.uint8 or images.shape[1:] != (PIXELS,):
        raise DamagedFileError(f"{path} is not a CIFAR-10 batch: no 'data' of bytes, shape (n, {PIXELS})")
    if not isinstance(labels, list) or not all(type(label) is int and 0 <= label < 256 for label in labels):
        raise DamagedFileError(f"{path} is not a CIFAR-10 batch: no 'labels' that are a list of small numbers")
    if len(labels) != len(images):
        raise DamagedFileError(f"{path} holds {len(images):,} images but {len(labels):,} labels")
    return images.reshape(-1, *SHAPE), np.array(labels, np.int64)


def _encode(text: str, encoding: str) -> bytes:
    """What ``_codecs.encode`` does for bytes in old protocols, and nothing else of it."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"it asks for the codec {encoding!r}")
    return text.encode("latin1")


def _dtype(kind: str, align: object, copy: object) -> np.dtype[Any]:
    """The one element type of an image. The old files say 0 and 1 where today's numpy wants a bool."""
    if kind != "u1":
        raise pickle.UnpicklingError(f"it holds an array of {kind!r}, images are bytes")
    return np.dtype(np.uint8)


# numpy moved its private module in 2.0; asking an array for its own function works in both.
_RECONSTRUCT = np.empty(0).__reduce__()[0]
_ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): _dtype,
    ("_codecs", "encode"): _encode,
}


class _ArrayUnpickler(pickle.Unpickler):
    """Imports nothing: names are looked up in a table of five."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no image needs; nothing was run")
        return _ALLOWED[module, name]
