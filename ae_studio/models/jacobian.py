"""Jacobians of a network, image by image, that a loss can go through; in validation too, where nothing else keeps
gradients. Computed in 32 bits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.func import vjp, vmap

Network = Callable[[Tensor], Tensor]


def value_and_rows(f: Network, x: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """f(x) (B, d), and v^T J_f(x) of each of the directions v (n, B, d): (n, B, *x's shape). Backward mode."""
    with torch.autocast(x.device.type, enabled=False):
        z, pull = _vjp(f, x.float())
        return z, vmap(pull)(v)


def value_and_columns(g: Network, z: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """g(z) (B, ...), and J_g(z) v of each of the directions v (n, B, d): (n, B, ...).

    By going back twice: u^T J is linear in u, and what goes back through it is J v. A tenth faster here than forward
    mode, which compiles scripts of its own at the first call.
    """
    with torch.autocast(z.device.type, enabled=False):
        x, pull = _vjp(g, z.float())
        _, push = _vjp(pull, torch.zeros_like(x))
        return x, vmap(push)(v)


def _vjp(f: Network, x: Tensor) -> tuple[Tensor, Network]:
    """f(x), and u to u^T J_f(x)."""
    found: Any = vjp(f, x)
    return found[0], lambda u: found[1](u)[0]


def unit_directions(z: Tensor) -> Tensor:
    """All d axes, for each code z (B, d): (d, B, d). With them the rows or columns are the whole Jacobian."""
    axes = torch.eye(z.shape[1], device=z.device)
    return axes[:, None, :].expand(-1, len(z), -1)
