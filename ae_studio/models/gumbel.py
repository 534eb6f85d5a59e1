"""Categorical variables as a posterior: relaxed samples with a gradient, exact ones, KL, and the uniform prior.

``log_p`` is log q(c|x) of n variables of K options each, (..., n, K), normalised.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.distributions import Distribution
from torch.types import _size

from ae_studio.models.noise import uniform_like

LEAST = 1e-20  # below which a uniform number is raised, so that its logarithm is finite


def gumbel_like(x: Tensor) -> Tensor:
    """-log(-log u): the noise whose largest sum with log p falls on each option with its probability."""
    u = uniform_like(x).clamp_min(LEAST)
    return -torch.log((-torch.log(u)).clamp_min(LEAST))


def gumbel_softmax(log_p: Tensor, temperature: float) -> Tensor:
    """Relaxed samples, softmax((log p + g) / tau) (Jang et al. 2016, eq. 2); one-hot in the limit of 0."""
    return torch.softmax((log_p + gumbel_like(log_p)) / temperature, dim=-1)


def one_hot_sample(log_p: Tensor) -> Tensor:
    """Exact samples, one-hot (eq. 1). No gradient goes through them."""
    return F.one_hot((log_p + gumbel_like(log_p)).argmax(dim=-1), log_p.shape[-1]).to(log_p.dtype)


def kl_to_uniform(log_p: Tensor) -> Tensor:
    """KL(q(c|x) || uniform) = log K - H of each variable, nats, (..., n)."""
    return math.log(log_p.shape[-1]) + (log_p.exp() * log_p).sum(dim=-1)


class UniformOneHots(Distribution):
    """The prior: n variables of K options each, all alike, one-hot and one behind the other, (n * K,)."""

    arg_constraints = {}  # noqa: RUF012  (torch's own way to say that there is nothing to check)

    def __init__(self, variables: int, categories: int, device: torch.device) -> None:
        super().__init__(event_shape=torch.Size([variables * categories]), validate_args=False)
        self.variables, self.categories, self.device = variables, categories, device

    def sample(self, sample_shape: _size = torch.Size()) -> Tensor:  # noqa: B008
        options = torch.randint(self.categories, (*sample_shape, self.variables), device=self.device)
        return F.one_hot(options, self.categories).flatten(-2).float()

    def log_prob(self, value: Tensor) -> Tensor:
        """-n log K, nats."""
        return torch.full(value.shape[:-1], -self.variables * math.log(self.categories), device=value.device)


class Standardised(nn.Module):
    """One-hot numbers, shifted and scaled to mean 0 and variance 1 under the prior, as the code of a VAE has them.

    Without it a decoder's first layer hardly hears the few ones among many zeros, and the codes collapse for long.
    """

    def __init__(self, categories: int) -> None:
        super().__init__()
        self.mean = 1 / categories
        self.deviation = math.sqrt(self.mean * (1 - self.mean))

    def forward(self, c: Tensor) -> Tensor:
        return (c - self.mean) / self.deviation
