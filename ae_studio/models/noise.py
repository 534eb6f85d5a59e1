"""Noise that does not depend on how many processes share a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import torch
from torch import Tensor

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
    return _drawn_like(x, torch.randn)


def uniform_like(x: Tensor) -> Tensor:
    """u ~ U[0, 1) of x's shape (B, ...), drawn likewise."""
    return _drawn_like(x, torch.rand)


def _drawn_like(x: Tensor, draw: Callable[..., Tensor]) -> Tensor:
    start, stop, size = _rows.get() or (0, len(x), len(x))
    return draw((size, *x.shape[1:]), device=x.device, dtype=x.dtype)[start:stop]
