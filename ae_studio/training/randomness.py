"""The random stream of a run: on the CPU, and on the GPU where there is one."""

from __future__ import annotations

import torch
from torch import Tensor

OF_A_BRANCH = 2**40  # so that its noise is not drawn from the stream that orders the images


def random_state(device: torch.device) -> dict[str, Tensor]:
    """The streams that a run on this device draws from."""
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    if device.type == "mps":
        states["mps"] = torch.mps.get_rng_state()
    return states


def set_random_state(states: dict[str, Tensor], device: torch.device) -> None:
    """Goes on where :func:`random_state` was taken; a stream of a device that is not used now is left out."""
    torch.set_rng_state(states["cpu"].cpu())
    if device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"].cpu(), device)
    if device.type == "mps" and "mps" in states:
        torch.mps.set_rng_state(states["mps"].cpu())


def begin_stream(seed: int, epoch: int) -> None:
    """A stream for a run that goes on behind this epoch without having kept its own: the same every time."""
    torch.manual_seed(seed * 1_000_003 + epoch + OF_A_BRANCH)
