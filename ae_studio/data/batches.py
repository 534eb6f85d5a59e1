"""Batches of images that stay bytes, in memory or in a mapped file: one index operation a batch, no processes."""

from __future__ import annotations

import os
import warnings
import weakref
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ae_studio.data.dataset import DataError
from ae_studio.data.share import ALL, Share
from ae_studio.events import Images

Indices = npt.NDArray[np.int64]
Chunk = tuple[Tensor, int]

MAX_DEVICE_SHARE = 4  # images live on the training device where they fill at most this part of its free memory


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
            chosen = chosen.permute(0, 3, 1, 2).contiguous()
        return chosen.pin_memory() if self._pinned else chosen

    def _read(self, file: int, indices: Tensor) -> Tensor:
        read, size, start = os.pread, self._bytes, self._stored.offset
        content = bytearray().join([read(file, size, start + size * number) for number in indices.tolist()])
        if len(content) != size * len(indices):
            raise DataError(f"{self._path} has become shorter while it was read")
        return torch.frombuffer(content, dtype=torch.uint8).view(len(indices), *self._stored.shape[1:])

    def _mapped(self, indices: Tensor) -> Tensor:
        return torch.from_numpy(np.array(self._stored[indices.numpy()], subok=False))


Source = Tensor | MappedImages


class TrainBatches:
    """The training images in a new order every epoch, several batches at a time.

    Yields uint8 chunks (up to chunk * batch_size, C, H, W) and how many images all processes together have in them; the
    training cuts them into batches. ``images`` are all images and ``indices`` (n,) those to train on: nothing is copied
    but the batch. ``batch_size`` counts the images of all processes. The order follows from the seed and ``epoch``
    alone, so that a resumed run sees what an uninterrupted one would have seen.
    """

    def __init__(
        self, images: Source, indices: Indices, batch_size: int, seed: int, chunk: int, share: Share = ALL
    ) -> None:
        self._images = images
        self._indices = torch.tensor(indices, device=images.device)
        self._batch_size = batch_size
        self._chunk_size = batch_size * chunk
        self._seed = seed
        self._share = share
        self.epoch = 0

    def __len__(self) -> int:
        return -(-len(self._indices) // self._chunk_size)

    def __iter__(self) -> Iterator[Chunk]:
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + self.epoch)
        order = torch.randperm(len(self._indices), generator=generator).to(self._indices.device)
        for chosen in torch.split(self._indices[order], self._chunk_size):
            mine = self._share.of(chosen, self._batch_size)
            yield self._images.index_select(0, mine), len(chosen)  # ten times as fast as images[mine]


class EvaluationBatches:
    """The chosen images in their order, uint8 (up to batch_size, C, H, W) at a time."""

    def __init__(self, images: Source, indices: Indices, batch_size: int = 500) -> None:
        self._images = images
        self._indices = torch.tensor(indices, device=images.device)
        self._batch_size = batch_size

    def __len__(self) -> int:
        return -(-len(self._indices) // self._batch_size)

    def __iter__(self) -> Iterator[Tensor]:
        for chosen in torch.split(self._indices, self._batch_size):
            yield self._images.index_select(0, chosen)


class SharedEvaluationBatches(EvaluationBatches):
    """The same, each process its part, with how many images all processes together have in the batch."""

    def __init__(self, images: Source, indices: Indices, batch_size: int = 500, share: Share = ALL) -> None:
        super().__init__(images, indices, batch_size)
        self._share = share

    def __iter__(self) -> Iterator[Chunk]:  # type: ignore[override]
        for chosen in torch.split(self._indices, self._batch_size):
            yield self._images.index_select(0, self._share.of(chosen, self._batch_size)), len(chosen)


def as_tensor(images: Images) -> Tensor:
    """Read-only uint8 images as a tensor over the same memory. Nobody writes into it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
        return torch.from_numpy(images)


def source(images: Images, device: torch.device) -> Tensor | MappedImages:
    """Where batches for this device are taken from: a map stays on disk, images in memory are placed."""
    if isinstance(images, np.memmap):
        return MappedImages(images, pinned=device.type == "cuda")
    return place(as_tensor(images), device)


def place(images: Tensor, device: torch.device) -> Tensor:
    """On the device where a quarter of its free memory holds them, else where they are, pinned for a GPU."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return images.to(device) if images.nbytes * MAX_DEVICE_SHARE <= free else images.pin_memory()
    return images.to(device)
