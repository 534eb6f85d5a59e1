"""Densities of Gaussians with a diagonal covariance, as the objectives of the families need them."""

from __future__ import annotations

import math

import torch
from torch import Tensor

LOG_2PI = math.log(2 * math.pi)


def log_normal(z: Tensor, mu: Tensor, logvar: Tensor) -> Tensor:
    """log N(z; mu, sigma^2) of each number, nats; the shapes are broadcast."""
    return -0.5 * (LOG_2PI + logvar + (z - mu).square() * torch.exp(-logvar))


def log_standard_normal(z: Tensor) -> Tensor:
    """log N(z; 0, 1) of each number, nats."""
    return -0.5 * (LOG_2PI + z.square())
