"""The von Mises-Fisher distribution on the unit sphere of R^m: its normaliser, its KL, and samples with a gradient.

With F and A of :mod:`ae_studio.models.bessel`, q(z) = exp(kappa mu·z - F(kappa)) as a density relative to the uniform
distribution, the mean of mu·z is A(kappa), and KL(q || uniform) = kappa A - F. In float64, where the device has it: at
large kappa the two nearly cancel. In what follows mu is (..., m) of length 1, and kappa (...) from 0 on.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.distributions import Distribution
from torch.types import _size

from ae_studio.models.bessel import normaliser
from ae_studio.models.noise import standard_normal_like, uniform_like
from ae_studio.models.precision import in_float64

PROPOSALS = 16  # of a rejection sampler that accepts two of three: one image in 40 million is left without
NODES = 32  # of the Gauss-Legendre rule along a meridian


class VonMisesFisher:
    """q(z) with mean direction ``mu`` (..., m) and concentration ``kappa`` (...): 0 is the uniform distribution."""

    def __init__(self, mu: Tensor, kappa: Tensor) -> None:
        self.mu, self.kappa = in_float64(mu), in_float64(kappa)
        self.log_f, self.mean_length = normaliser(self.kappa, mu.shape[-1])  # (...), (...)

    def kl_to_uniform(self) -> Tensor:
        """KL(q || uniform), nats, (...)."""
        return (self.kappa * self.mean_length - self.log_f).float()

    def log_ratio(self, z: Tensor) -> Tensor:
        """log q(z) - log of the uniform density, nats, of z (..., m)."""
        return (self.kappa * (self.mu * in_float64(z)).sum(-1) - self.log_f).float()

    def sample(self) -> Tensor:
        """z ~ q(z) (..., m), of length 1, with the gradients of mu and kappa.

        z is drawn around the first axis, from w = mu·z and a uniform direction, and reflected: the axis becomes mu.
        """
        m = self.mu.shape[-1]
        gap = inverse_gap(self.kappa) if m == 3 else followed_gap(rejection_gap(self.kappa, m), self.kappa, m)
        gap = gap.clamp(torch.finfo(gap.dtype).eps, 2 - torch.finfo(gap.dtype).eps).unsqueeze(-1)  # 1 - w, (..., 1)
        around = F.normalize(in_float64(standard_normal_like(self.mu[..., 1:])), dim=-1)
        drawn = torch.cat([1 - gap, torch.sqrt(gap * (2 - gap)) * around], dim=-1)
        axis = torch.zeros_like(self.mu)
        axis[..., 0] = 1
        mirror = F.normalize(axis - self.mu, dim=-1)
        return (drawn - 2 * (drawn * mirror).sum(-1, keepdim=True) * mirror).float()


class UniformOnSphere(Distribution):
    """The prior: every direction of R^m alike."""

    arg_constraints = {}  # noqa: RUF012  (torch's own way to say that there is nothing to check)

    def __init__(self, m: int, device: torch.device) -> None:
        super().__init__(event_shape=torch.Size([m]), validate_args=False)
        self.m, self.device = m, device

    def sample(self, sample_shape: _size = torch.Size()) -> Tensor:  # noqa: B008
        return F.normalize(torch.randn(*sample_shape, self.m, device=self.device), dim=-1)

    def log_prob(self, value: Tensor) -> Tensor:
        """-log(2 pi^(m/2) / Gamma(m/2)), minus the log of the sphere's surface, nats."""
        surface = math.log(2) + 0.5 * self.m * math.log(math.pi) - math.lgamma(0.5 * self.m)
        return torch.full(value.shape[:-1], -surface, device=value.device)


def inverse_gap(kappa: Tensor) -> Tensor:
    """1 - w (...) of m = 3, by the inverse distribution function, w = 1 + log(u + (1 - u) exp(-2 kappa)) / kappa."""
    u = in_float64(uniform_like(kappa.float()))
    kappa = kappa.clamp_min(1e-6)  # uniform to six digits, and no quotient of zeros
    return -torch.log1p(u * torch.expm1(-2 * kappa)) / kappa  # u is as uniform as 1 - u


@torch.no_grad()
def rejection_gap(kappa: Tensor, m: int) -> Tensor:
    """1 - w (...) by rejection (Wood 1994, algorithm VM*): the first of so many proposals that is accepted.

    All are made at once and for every image, so that nothing waits for the device and all processes draw alike.
    """
    kappa = kappa.unsqueeze(-1)  # (..., 1), beside the proposals
    b = (m - 1) / (2 * kappa + torch.sqrt(4 * kappa.square() + (m - 1) ** 2))
    beta = _symmetric_beta(kappa.expand(*kappa.shape[:-1], PROPOSALS), m)
    gap = 2 * b * beta / (1 - (1 - b) * beta)
    least = 2 * b / (1 + b)  # 1 - x_0
    slack = kappa * (least - gap) + (m - 1) * torch.log((least + (1 - least) * gap) / (least * (2 - least)))
    accepted = slack >= torch.log(in_float64(uniform_like(beta.float())))
    first = accepted.int().argmax(-1, keepdim=True)
    return gap.gather(-1, first).squeeze(-1)


def _symmetric_beta(like: Tensor, m: int) -> Tensor:
    """Beta((m - 1) / 2, (m - 1) / 2) of this shape: (1 + t) / 2 with t the first number of a uniform point in R^m."""
    normal = standard_normal_like(like.float().unsqueeze(-1).expand(*like.shape, m))
    return 0.5 + 0.5 * in_float64(normal[..., 0] / normal.norm(dim=-1))


def followed_gap(gap: Tensor, kappa: Tensor, m: int) -> Tensor:
    """The same numbers with the gradient d gap / d kappa of a sample that keeps its place in the distribution.

    With the angle theta = arccos w, density g and distribution function G, implicit reparameterisation (Figurnov et al.
    2018, arXiv:1805.08498) says

        d theta / d kappa = -(dG / d kappa) / g(theta) = -int_0^theta (cos tau - A) g(tau) dtau / g(theta).

    The path through the rejection would need a noisy correction (Naesseth et al. 2017, arXiv:1610.05683).
    """
    slope = gap_slope(gap, kappa.detach(), m)
    return gap + slope * (kappa - kappa.detach())


@torch.no_grad()
def gap_slope(gap: Tensor, kappa: Tensor, m: int) -> Tensor:
    """d gap / d kappa (...), by Gauss-Legendre's rule."""
    nodes, weights = _gauss_legendre(gap)
    gap = gap.clamp(torch.finfo(gap.dtype).eps, 2 - torch.finfo(gap.dtype).eps)
    theta = 2 * torch.asin(torch.sqrt(gap / 2)).unsqueeze(-1)  # (..., 1)
    tau = theta * nodes  # (..., NODES)
    mean_length = normaliser(kappa, m)[1].unsqueeze(-1)
    log_density = kappa.unsqueeze(-1) * (tau.cos() - theta.cos()) + (m - 2) * (tau.sin() / theta.sin()).log()
    integral = (weights * (tau.cos() - mean_length) * log_density.exp()).sum(-1)
    return -(theta * theta.sin()).squeeze(-1) * integral


def _gauss_legendre(like: Tensor) -> tuple[Tensor, Tensor]:
    """Nodes and weights (NODES,) on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return like.new_tensor(0.5 + 0.5 * nodes), like.new_tensor(0.5 * weights)
