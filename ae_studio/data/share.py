"""Which part of every batch each of several processes takes."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


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
