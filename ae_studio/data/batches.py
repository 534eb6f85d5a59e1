"""Batches of images that stay bytes, in memory or in a mapped file: one index operation a batch, no processes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ae_studio.data.mapped import MappedImages
from ae_studio.data.pinned import PinnedBatches
from ae_studio.data.share import ALL, Share
from ae_studio.events import Images, Labels

Indices = npt.NDArray[np.int64]
Chunk = tuple[Tensor, Tensor, int]
"""Images uint8 (n, C, H, W), their classes int64 (n,), and how many images all processes together have in it."""

MAX_DEVICE_SHARE = 4  # images live on the training device where they fill at most this part of its free memory

Source = Tensor | PinnedBatches | MappedImages


class Armful:
    """Chunks one behind the other, each read when its turn comes: a processor still holds what it has just read."""

    def __init__(self, chunks: Iterator[Chunk]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[Chunk]:
        return self._chunks


class TrainBatches:
    """The training images in a new order every epoch, several batches at a time.

    Yields armfuls of ``armful`` chunks, of up to chunk * batch_size images each; the training cuts them into batches.
    ``images`` and ``labels`` are those of the whole data set and ``indices`` (n,) those to train on: nothing is copied
    but the chunk.
    ``batch_size`` counts the images of all processes. The order follows from the seed and ``epoch`` alone, so that a
    resumed run sees what an uninterrupted one would have seen.
    """

    def __init__(
        self,
        images: Source,
        labels: Labels,
        indices: Indices,
        batch_size: int,
        seed: int,
        chunk: int,
        share: Share = ALL,
        armful: int = 1,
    ) -> None:
        self._images = images
        self._labels = torch.tensor(labels, device=images.device)
        self._indices = torch.tensor(indices, device=images.device)
        self._batch_size = batch_size
        self._chunk_size = batch_size * chunk
        self._armful_size = self._chunk_size * armful
        self._seed = seed
        self._share = share
        self.epoch = 0

    def __len__(self) -> int:
        return -(-len(self._indices) // self._armful_size)

    def __iter__(self) -> Iterator[Armful]:
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + self.epoch)
        order = torch.randperm(len(self._indices), generator=generator).to(self._indices.device)
        for chosen in torch.split(self._indices[order], self._armful_size):
            yield Armful(self._chunks(chosen))

    def _chunks(self, indices: Tensor) -> Iterator[Chunk]:
        for chosen in torch.split(indices, self._chunk_size):
            mine = self._share.of(chosen, self._batch_size)
            images = self._images.index_select(0, mine)  # ten times as fast as images[mine]
            yield images, self._labels.index_select(0, mine), len(chosen)


class EvaluationBatches:
    """The chosen images in their order, uint8 (up to batch_size, C, H, W) at a time, with their classes (B,)."""

    def __init__(self, images: Source, labels: Labels, indices: Indices, batch_size: int = 500) -> None:
        self._images = images
        self._labels = torch.tensor(labels, device=images.device)
        self._indices = torch.tensor(indices, device=images.device)
        self._batch_size = batch_size

    def __len__(self) -> int:
        return -(-len(self._indices) // self._batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in torch.split(self._indices, self._batch_size):
            yield self._images.index_select(0, chosen), self._labels.index_select(0, chosen)


class SharedEvaluationBatches:
    """The same for several processes: each its part, and how many images all of them together have in the batch."""

    def __init__(
        self, images: Source, labels: Labels, indices: Indices, batch_size: int = 500, share: Share = ALL
    ) -> None:
        self._images = images
        self._labels = torch.tensor(labels, device=images.device)
        self._batches = torch.split(torch.tensor(indices, device=images.device), batch_size)
        self._share = share

    def __len__(self) -> int:
        return len(self._batches)

    def __iter__(self) -> Iterator[Chunk]:
        for batch in self._batches:
            mine = self._share.of(batch, len(batch))
            yield self._images.index_select(0, mine), self._labels.index_select(0, mine), len(batch)


def as_tensor(images: Images) -> Tensor:
    """Read-only uint8 images as a tensor over the same memory. Nobody writes into it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
        return torch.from_numpy(images)


def source(images: Images, device: torch.device) -> Source:
    """Where batches for this device are taken from: a map stays on disk, images in memory are placed."""
    if isinstance(images, np.memmap):
        return MappedImages(images, pinned=device.type == "cuda")
    return place(as_tensor(images), device)


def place(images: Tensor, device: torch.device) -> Tensor | PinnedBatches:
    """On the device where a quarter of a GPU's free memory holds them, else where they are, and its batches pinned."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return images.to(device) if images.nbytes * MAX_DEVICE_SHARE <= free else PinnedBatches(images)
    return images.to(device)
