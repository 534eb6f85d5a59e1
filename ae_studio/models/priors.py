"""Priors p(z) that a family can be told to match: the normal one, and shapes to see on the canvas.

Made of uniform and standard normal draws alone: torch's own distributions look at their parameters at each draw, and on
a GPU a training step would wait for that.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.distributions import Distribution

LOG_2PI = math.log(2 * math.pi)


class CodePrior(Distribution, ABC):
    """A distribution of codes (d,), d = ``latent_dim``, in 32 bits on ``device``."""

    arg_constraints = {}  # noqa: RUF012  there are no parameters to check

    def __init__(self, latent_dim: int, device: torch.device | str = "cpu") -> None:
        super().__init__(event_shape=torch.Size([latent_dim]), validate_args=False)
        self.dim = latent_dim
        self.device = device

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """Codes (*sample_shape, d)."""
        count = math.prod(sample_shape)
        return self.draw(count).view(*sample_shape, self.dim)

    @abstractmethod
    def draw(self, count: int) -> Tensor:
        """So many codes, (count, d)."""

    def normal(self, count: int, dim: int) -> Tensor:
        return torch.randn(count, dim, device=self.device)

    def uniform(self, count: int) -> Tensor:
        """From 0 to 1, (count,)."""
        return torch.rand(count, device=self.device)


class Gaussian(CodePrior):
    """N(0, sd^2 I)."""

    def __init__(self, latent_dim: int, device: torch.device | str = "cpu", sd: float = 1.0) -> None:
        super().__init__(latent_dim, device)
        self.sd = sd

    def draw(self, count: int) -> Tensor:
        return self.sd * self.normal(count, self.dim)

    def log_prob(self, value: Tensor) -> Tensor:
        return log_normal(value, self.sd).sum(dim=-1)


class Petals(CodePrior):
    """Ten Gaussians around the origin, each drawn out towards it (Makhzani et al. 2015, figure 2; our own sizes).

    In the plane of the first two numbers, where each has variance 1; all further numbers are N(0, 1).
    """

    COUNT = 10
    RADIUS = 1.35  # of the centres
    ALONG, ACROSS = 0.4, 0.1  # standard deviations; RADIUS^2 + ALONG^2 + ACROSS^2 = 2

    def draw(self, count: int) -> Tensor:
        z = self.normal(count, self.dim)
        angle = 2 * math.pi / self.COUNT * torch.randint(self.COUNT, (count,), device=self.device)
        along, across = self.RADIUS + self.ALONG * z[:, 0], self.ACROSS * z[:, 1]
        return torch.cat([turned(along, across, angle), z[:, 2:]], dim=1)

    def log_prob(self, value: Tensor) -> Tensor:
        angle = 2 * math.pi / self.COUNT * torch.arange(self.COUNT, device=value.device)
        x, y = turned(value[..., 0:1], value[..., 1:2], -angle).unbind(dim=-1)  # (..., 10): seen along each petal
        each = log_normal(x - self.RADIUS, self.ALONG) + log_normal(y, self.ACROSS)
        plane = torch.logsumexp(each, dim=-1) - math.log(self.COUNT)
        return plane + log_normal(value[..., 2:], 1.0).sum(dim=-1)


class SwissRoll(CodePrior):
    """A spiral of two turns from the origin to radius 2, evenly along its length but for the innermost part.

    In the plane of the first two numbers, rolled up out of a thin sheet; all further numbers are N(0, 1).
    """

    TURNS = 2
    RADIUS = 2.0
    THICKNESS = 0.06  # standard deviation: a curve without any would be told from codes at a glance

    def draw(self, count: int) -> Tensor:
        z = self.normal(count, self.dim)
        t = self.uniform(count).sqrt()  # the length of a spiral r = t grows as t^2
        plane = turned(self.RADIUS * t, torch.zeros_like(t), 2 * math.pi * self.TURNS * t)
        return torch.cat([plane + self.THICKNESS * z[:, :2], z[:, 2:]], dim=1)


class Square(CodePrior):
    """Uniform on [-1, 1]^d: a square, and with more numbers a cube."""

    def draw(self, count: int) -> Tensor:
        return 2 * torch.rand(count, self.dim, device=self.device) - 1

    def log_prob(self, value: Tensor) -> Tensor:
        inside = (value.abs() <= 1).all(dim=-1)
        return torch.where(inside, -self.dim * math.log(2), -math.inf)


class Ring(CodePrior):
    """Uniform between the spheres of radius 1/2 and 1: a broad ring in the plane."""

    INNER = 0.5

    def draw(self, count: int) -> Tensor:
        hollow = self.INNER**self.dim  # the share of the ball that is left out: volume goes with r^d
        radius = (hollow + (1 - hollow) * self.uniform(count)) ** (1 / self.dim)
        return radius[:, None] * on_the_sphere(self.normal(count, self.dim))

    def log_prob(self, value: Tensor) -> Tensor:
        ball = self.dim / 2 * math.log(math.pi) - math.lgamma(self.dim / 2 + 1)
        radius = value.norm(dim=-1)
        inside = (radius >= self.INNER) & (radius <= 1)
        return torch.where(inside, -(ball + math.log1p(-(self.INNER**self.dim))), -math.inf)


class Circle(CodePrior):
    """Uniform on the unit sphere: a circle in the plane. It has no density there."""

    def draw(self, count: int) -> Tensor:
        return on_the_sphere(self.normal(count, self.dim))


PRIORS: dict[str, type[CodePrior]] = {
    "normal": Gaussian,
    "mixture": Petals,
    "swiss-roll": SwissRoll,
    "square": Square,
    "ring": Ring,
    "circle": Circle,
}


def turned(x: Tensor, y: Tensor, angle: Tensor) -> Tensor:
    """Points (x, y) turned about the origin by an angle in radians, (..., 2)."""
    cos, sin = angle.cos(), angle.sin()
    return torch.stack([x * cos - y * sin, x * sin + y * cos], dim=-1)


def on_the_sphere(z: Tensor) -> Tensor:
    """z (n, d) over its length: of normal draws, uniform directions."""
    return torch.nn.functional.normalize(z, dim=1)


def log_normal(value: Tensor, sd: float) -> Tensor:
    """log N(value; 0, sd^2), nats, of each number by itself."""
    return -0.5 * (value / sd).square() - math.log(sd) - 0.5 * LOG_2PI
