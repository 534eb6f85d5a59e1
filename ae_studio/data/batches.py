"""Batches of images that stay in memory as bytes: one index operation a batch, no worker processes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ae_studio.events import Images

Indices = npt.NDArray[np.int64]
Chunk = tuple[Tensor, int]

MAX_DEVICE_SHARE = 4  # images live on the training device where they fill at most this part of its free memory


@dataclass(frozen=True, slots=True)
class Part:
    """One process's rows of a batch of ``size`` images. ``images`` of them count: 0 where there are too few for all.

    A process without an image of its own computes one all the same and gives it no weight: every process has to take
    every step, or the others would wait for it.
    """

    start: int
    stop: int
    size: int
    images: int


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of every batch a process takes: an even one, so that all together they take each image once."""

    rank: int = 0
    ranks: int = 1

    def part(self, size: int) -> Part:
        start, stop = (size * rank // self.ranks for rank in (self.rank, self.rank + 1))
        if start < stop:
            return Part(start, stop, size, stop - start)
        return Part(min(start, size - 1), min(start, size - 1) + 1, size, 0)

    def of(self, indices: Tensor, batch_size: int) -> Tensor:
        """This process's part of each of the batches that follow one another in ``indices`` (n,)."""
        if self.ranks == 1:
            return indices
        parts = ((batch, self.part(len(batch))) for batch in torch.split(indices, batch_size))
        return torch.cat([batch[part.start : part.stop] for batch, part in parts])


ALL = Share()


class TrainBatches:
    """The training images in a new order every epoch, several batches at a time.

    Yields uint8 chunks (up to chunk * batch_size, C, H, W) and how many images all processes together have in them; the
    training cuts them into batches. ``images`` are all images and ``indices`` (n,) those to train on: nothing is copied
    but the batch. ``batch_size`` counts the images of all processes. The order follows from the seed and ``epoch``
    alone, so that a resumed run sees what an uninterrupted one would have seen.
    """

    def __init__(
        self, images: Tensor, indices: Indices, batch_size: int, seed: int, chunk: int, share: Share = ALL
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

    def __init__(self, images: Tensor, indices: Indices, batch_size: int = 500) -> None:
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

    def __init__(self, images: Tensor, indices: Indices, batch_size: int = 500, share: Share = ALL) -> None:
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


def place(images: Tensor, device: torch.device) -> Tensor:
    """On the device where a quarter of its free memory holds them, else where they are, pinned for a GPU."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return images.to(device) if images.nbytes * MAX_DEVICE_SHARE <= free else images.pin_memory()
    return images.to(device)
