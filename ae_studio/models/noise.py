"""Noise that does not depend on how many processes share a batch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import torch
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
    rows = _rows.get()
    if rows is None:
        return torch.randn_like(x)
    start, stop, size = rows
    return torch.randn((size, *x.shape[1:]), device=x.device, dtype=x.dtype)[start:stop]


def drawn_from(distribution: Distribution, x: Tensor) -> Tensor:
    """Draws (B, ...) of a distribution, one for each row of x (B, ...); likewise those of the whole batch."""
    rows = _rows.get()
    if rows is None:
        return distribution.sample(torch.Size([len(x)]))
    start, stop, size = rows
    return distribution.sample(torch.Size([size]))[start:stop]
