"""Jacobians of a network, image by image, that a loss can go through; in validation too, where nothing else keeps
gradients. Computed in 32 bits."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.func import jvp, vjp, vmap

Network = Callable[[Tensor], Tensor]


def value_and_rows(f: Network, x: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """f(x) (B, d), and v^T J_f(x) of each of the directions v (n, B, d): (n, B, *x's shape). Backward mode."""
    with torch.autocast(x.device.type, enabled=False):
        z, pull = vjp(f, x.float())
        (rows,) = vmap(pull)(v)
    return z, rows


def value_and_columns(g: Network, z: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """g(z) (B, ...), and J_g(z) v of each of the directions v (n, B, d): (n, B, ...). Forward mode."""
    with torch.autocast(z.device.type, enabled=False):
        z = z.float()
        values, columns = vmap(lambda each: jvp(g, (z,), (each,)))(v)
    return values[0], columns


def unit_directions(z: Tensor) -> Tensor:
    """All d axes, for each code z (B, d): (d, B, d). With them the rows or columns are the whole Jacobian."""
    axes = torch.eye(z.shape[1], device=z.device)
    return axes[:, None, :].expand(-1, len(z), -1)
