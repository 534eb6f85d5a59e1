"""Host memory that a GPU reads by itself: a batch in it is copied to the device while that computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import torch
from torch import Tensor


def pinned(shape: Sequence[int]) -> Tensor:
    """uint8 of this shape, with any content; to be copied with ``non_blocking=True``.

    A new one for every batch, never one that is used again: torch hands the same memory out anew, but not before the
    copies that were started from it are done (https://github.com/pytorch/pytorch/issues/130785).
    """
    return torch.empty(tuple(shape), dtype=torch.uint8, pin_memory=True)


class PinnedBatches:
    """Images (n, C, H, W) in memory, gathered by :meth:`index_select` as from a tensor, into pinned memory.

    What a tensor's own index_select returns is not pinned, even where the tensor is; so the images themselves stay as
    they are, and no second, pinned copy of them all is made.
    """

    device = torch.device("cpu")

    def __init__(self, images: Tensor) -> None:
        self._images = images

    def index_select(self, dim: Literal[0], indices: Tensor) -> Tensor:
        """The images with these numbers, uint8 (len(indices), C, H, W), copied."""
        chosen = pinned((len(indices), *self._images.shape[1:]))
        return torch.index_select(self._images, dim, indices, out=chosen)
