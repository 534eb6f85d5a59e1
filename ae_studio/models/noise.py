"""Noise that does not depend on how many processes share a batch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import torch
import torch.distributed as dist
from torch import Tensor
from torch.distributions import Distribution

_rows: ContextVar[tuple[int, int, int] | None] = ContextVar("rows", default=None)


@contextmanager
def rows_of_a_batch(start: int, stop: int, size: int) -> Iterator[None]:
    """What is computed inside are rows ``start`` to ``stop`` of a batch of ``size`` images."""
    token = _rows.set((start, stop, size) if stop - start < size else None)
    try:
        yield
    finally:
        _rows.reset(token)


def standard_normal_like(x: Tensor) -> Tensor:
    """eps ~ N(0, I) of x's shape (B, ...).

    Every process draws the noise of the whole batch and takes its own rows: all random streams stay alike, and the
    processes together do what a single one would have done.
    """
    start, stop, size = rows_of(x)
    return torch.randn((size, *x.shape[1:]), device=x.device, dtype=x.dtype)[start:stop]


def uniform_like(x: Tensor) -> Tensor:
    """u ~ U[0, 1) of x's shape (B, ...), drawn in the same way."""
    start, stop, size = rows_of(x)
    return torch.rand((size, *x.shape[1:]), device=x.device, dtype=x.dtype)[start:stop]


def drawn_from(distribution: Distribution, x: Tensor) -> Tensor:
    """Draws (B, ...) of a distribution, one for each row of x (B, ...), in the same way."""
    start, stop, size = rows_of(x)
    return distribution.sample(torch.Size([size]))[start:stop]


def rows_of(x: Tensor) -> tuple[int, int, int]:
    """Which rows of the whole batch x's are: from the first to below the second, of so many."""
    return _rows.get() or (0, len(x), len(x))


def summed_over_processes(values: Tensor) -> Tensor:
    """What all processes of a run have, added up, so that all keep the same running statistics. Every one must call."""
    if dist.is_available() and dist.is_initialized():
        dist.all_reduce(values)
    return values
