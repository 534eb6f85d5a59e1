"""The Poincare ball of curvature -c: points z of R^d with sqrt(c) |z| < 1, and normal distributions wrapped onto it.

Notation of Ganea et al. 2018 (arXiv:1805.09112) and Mathieu et al. 2019 (arXiv:1901.06033, section 2 and
appendix B). Points are (..., d). In float64, where the device has it: near the edge 1 - c |z|^2 loses its digits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.distributions import Distribution
from torch.types import _size

from ae_studio.models.gaussian import log_normal, log_standard_normal
from ae_studio.models.precision import in_float64

LEAST_SQUARE = 1e-24  # added to a squared length, whose root then has a gradient at 0


@dataclass(frozen=True)
class PoincareBall:
    """The ball of curvature -``c``."""

    c: float

    def inside(self, z: Tensor) -> Tensor:
        """z itself or, beyond the edge or too near to it for its precision, the point below it."""
        root = 1e-12 if z.dtype == torch.float64 else 1e-6  # what is left of the radius
        most = (1 - root) / math.sqrt(self.c)
        return z * (most / length(z)).clamp_max(1)

    def conformal(self, z: Tensor) -> Tensor:
        """lambda_z = 2 / (1 - c |z|^2), (..., 1): how much longer than it looks everything is at z."""
        return 2 / (1 - self.c * z.square().sum(-1, keepdim=True))

    def add(self, x: Tensor, y: Tensor) -> Tensor:
        """x (+) y, the addition of Moebius: y as seen from the origin, moved to where it is seen so from x."""
        xy = (x * y).sum(-1, keepdim=True)
        xx, yy = x.square().sum(-1, keepdim=True), y.square().sum(-1, keepdim=True)
        above = (1 + 2 * self.c * xy + self.c * yy) * x + (1 - self.c * xx) * y
        return above / (1 + 2 * self.c * xy + self.c**2 * xx * yy)

    def exp(self, x: Tensor, v: Tensor) -> Tensor:
        """Where one arrives from x along the tangent v: x (+) tanh(sqrt(c) lambda_x |v| / 2) v / (sqrt(c) |v|)."""
        scaled = math.sqrt(self.c) * length(v)
        return self.inside(self.add(x, torch.tanh(self.conformal(x) * scaled / 2) * v / scaled))

    def log(self, x: Tensor, z: Tensor) -> Tensor:
        """The tangent at x that leads to z, the inverse of :meth:`exp`."""
        seen = self.add(-x, z)
        scaled = math.sqrt(self.c) * length(seen)
        return 2 / self.conformal(x) * torch.atanh(scaled) * seen / scaled

    def distance(self, x: Tensor, z: Tensor) -> Tensor:
        """2 / sqrt(c) artanh(sqrt(c) |(-x) (+) z|), (...)."""
        root = math.sqrt(self.c)
        return (2 / root * torch.atanh(root * length(self.add(-x, z)))).squeeze(-1)

    def from_normal(self, mu: Tensor, v: Tensor) -> Tensor:
        """exp_mu(v / lambda_mu): v in units of distance, so that z is |v| away from mu."""
        return self.exp(mu, v / self.conformal(mu))

    def to_normal(self, z: Tensor) -> Tensor:
        """v = lambda_0 log_0(z), the inverse of it at the origin."""
        scaled = math.sqrt(self.c) * length(z)
        return 2 * torch.atanh(scaled) * z / scaled

    def log_stretch(self, v: Tensor) -> Tensor:
        """(d - 1) log[sinh(sqrt(c) |v|) / (sqrt(c) |v|)], (...): how much more room is |v| away than on a plane."""
        x = math.sqrt(self.c) * length(v).squeeze(-1)
        return (v.shape[-1] - 1) * (x + torch.log(-torch.expm1(-2 * x) / (2 * x)))


def length(z: Tensor) -> Tensor:
    """|z|, (..., 1), with a gradient at 0."""
    return torch.sqrt(z.square().sum(-1, keepdim=True) + LEAST_SQUARE)


def wrapped_log_density(ball: PoincareBall, v: Tensor, logvar: Tensor) -> Tensor:
    """log of the wrapped normal's density at exp_mu(v / lambda_mu), nats, (...), per hyperbolic volume.

    That is lambda_z^d dz: beside the area that is seen, what is near the edge counts for more.
    """
    return log_normal(v, torch.zeros_like(v), logvar).sum(-1) - ball.log_stretch(v)


class WrappedNormal(Distribution):
    """The prior: N(0, I) around the middle of the ball; its density is per hyperbolic volume."""

    arg_constraints = {}  # noqa: RUF012  (torch's own way to say that there is nothing to check)

    def __init__(self, ball: PoincareBall, dim: int, device: torch.device) -> None:
        super().__init__(event_shape=torch.Size([dim]), validate_args=False)
        self.ball, self.dim, self.device = ball, dim, device

    def sample(self, sample_shape: _size = torch.Size()) -> Tensor:  # noqa: B008
        v = in_float64(torch.randn(*sample_shape, self.dim, device=self.device))
        return self.ball.inside(self.ball.from_normal(torch.zeros_like(v), v).float())

    def log_prob(self, value: Tensor) -> Tensor:
        v = self.ball.to_normal(self.ball.inside(in_float64(value)))
        return (log_standard_normal(v).sum(-1) - self.ball.log_stretch(v)).float()
