"""Images that stay on disk: only those of a batch are read."""

from __future__ import annotations

import os
import weakref
from itertools import repeat
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from ae_studio.data.dataset import DataError
from ae_studio.data.pinned import pinned


class MappedImages:
    """Images (n, C, H, W) in a mapped file, gathered by :meth:`index_select` as from a tensor on the CPU.

    Each image is read by a call of its own where the system has ``pread``: measured, that is faster than to touch the
    map, and it leaves no pages that count as this process's memory (Linux maps up to 2 MB around each touched byte).
    ``pinned`` batches are copied to a GPU while it computes.
    """

    device = torch.device("cpu")

    def __init__(self, images: np.memmap[Any, Any], pinned: bool = False) -> None:
        self._channels_last = not images.flags.c_contiguous
        self._stored = images.transpose(0, 2, 3, 1) if self._channels_last else images
        self._bytes = images[0].nbytes
        self._pinned = pinned
        self._path = images.filename
        self._file: int | None = None
        if hasattr(os, "pread"):
            self._file = os.open(str(self._path), os.O_RDONLY)
            weakref.finalize(self, os.close, self._file)
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(self._file, 0, 0, os.POSIX_FADV_RANDOM)  # reads nothing ahead

    def index_select(self, dim: Literal[0], indices: Tensor) -> Tensor:
        """The images with these numbers, uint8 (len(indices), C, H, W), copied. Raises DataError."""
        chosen = self._mapped(indices) if self._file is None else self._read(self._file, indices)
        if self._channels_last:
            chosen = chosen.permute(0, 3, 1, 2)
        return pinned(chosen.shape).copy_(chosen) if self._pinned else chosen.contiguous()

    def _read(self, file: int, indices: Tensor) -> Tensor:
        size = self._bytes
        places = (indices * size + self._stored.offset).tolist()
        content = bytearray().join(map(os.pread, repeat(file), repeat(size), places))
        if len(content) != size * len(indices):
            raise DataError(f"{self._path} has become shorter while it was read")
        return torch.frombuffer(content, dtype=torch.uint8).view(len(indices), *self._stored.shape[1:])

    def _mapped(self, indices: Tensor) -> Tensor:
        return torch.from_numpy(np.array(self._stored[indices.numpy()], subok=False))
