"""Numbers for formulas in which large parts nearly cancel."""

from __future__ import annotations

from torch import Tensor


def in_float64(x: Tensor) -> Tensor:
    """Or in float32, where the device has nothing better."""
    return x.float() if x.device.type == "mps" else x.double()
