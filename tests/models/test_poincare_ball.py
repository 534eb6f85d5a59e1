"""The Poincare ball against its closed forms, and the wrapped normal against numeric integration."""

import math

import numpy as np
import pytest
import torch
from torch.distributions import Normal

from ae_studio.models.build import build_model
from ae_studio.models.poincare_ball import PoincareBall, WrappedNormal, length, wrapped_log_density
from ae_studio.training.defaults import complete

CURVATURES = [0.05, 0.7, 4.0]


def points(ball: PoincareBall, *shape: int, share: float = 0.9) -> torch.Tensor:
    """Random points up to this share of the radius."""
    v = torch.randn(*shape, dtype=torch.float64)
    return share / math.sqrt(ball.c) * torch.rand(*shape[:-1], 1, dtype=torch.float64) * v / length(v)


@pytest.mark.parametrize("c", CURVATURES)
@pytest.mark.parametrize("d", [1, 2, 5])
def test_exponential_and_logarithmic_map_undo_each_other(c, d):
    torch.manual_seed(0)
    ball = PoincareBall(c)
    x, z = points(ball, 50, d), points(ball, 50, d)
    torch.testing.assert_close(ball.exp(x, ball.log(x, z)), z)
    v = ball.log(x, z)
    torch.testing.assert_close(ball.log(x, ball.exp(x, v)), v)
    torch.testing.assert_close(ball.to_normal(ball.from_normal(torch.zeros_like(v), v)), v)


@pytest.mark.parametrize("c", CURVATURES)
def test_the_distance_is_that_of_the_inverse_hyperbolic_cosine(c):
    torch.manual_seed(0)
    ball = PoincareBall(c)
    x, z = points(ball, 50, 3), points(ball, 50, 3)
    xx, zz = x.square().sum(1), z.square().sum(1)
    expected = torch.acosh(1 + 2 * c * (x - z).square().sum(1) / ((1 - c * xx) * (1 - c * zz))) / math.sqrt(c)
    torch.testing.assert_close(ball.distance(x, z), expected, rtol=1e-6, atol=1e-9)
    torch.testing.assert_close(ball.distance(z, x), expected, rtol=1e-6, atol=1e-9)


def test_a_step_in_units_of_distance_goes_as_far_as_it_is_long():
    torch.manual_seed(0)
    ball = PoincareBall(0.7)
    mu, v = points(ball, 50, 3), torch.randn(50, 3, dtype=torch.float64)
    torch.testing.assert_close(ball.distance(mu, ball.from_normal(mu, v)), v.norm(dim=1))


def test_a_nearly_flat_ball_is_a_plane_seen_at_half_its_size():
    torch.manual_seed(0)
    ball = PoincareBall(1e-8)
    mu, v = torch.randn(20, 2, dtype=torch.float64), torch.randn(20, 2, dtype=torch.float64)
    torch.testing.assert_close(ball.from_normal(mu, v), mu + v / 2, rtol=1e-6, atol=1e-6)
    logvar = torch.zeros_like(v)
    expected = Normal(0.0, 1.0).log_prob(v).sum(1)
    torch.testing.assert_close(wrapped_log_density(ball, v, logvar), expected, rtol=1e-6, atol=1e-6)


def disc(c: float, count: int = 1200):
    """Points (n, 2) of a grid over the disc in polar coordinates, and the hyperbolic area (n,) that each stands for."""
    root = math.sqrt(c)
    distance = (np.arange(count) + 0.5) / count * 14  # from the origin, hyperbolic
    angle = (np.arange(240) + 0.5) / 240 * 2 * np.pi
    radius = np.tanh(root * distance / 2) / root
    z = np.stack([radius[:, None] * np.cos(angle), radius[:, None] * np.sin(angle)], axis=-1).reshape(-1, 2)
    seen = radius * (1 - c * radius**2) / 2 * (14 / count) * (2 * np.pi / 240)  # r dr dangle
    area = seen * (2 / (1 - c * radius**2)) ** 2  # lambda^2
    return torch.tensor(z), torch.tensor(np.repeat(area, 240))


def density_at(ball: PoincareBall, mu: torch.Tensor, logvar: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """By the paper's formula, at points that were not drawn: v = lambda_mu log_mu(z)."""
    mu = mu.expand_as(z)
    return wrapped_log_density(ball, ball.conformal(mu) * ball.log(mu, z), logvar.expand_as(z))


@pytest.mark.parametrize("c", [0.3, 0.7, 2.0])
def test_densities_integrate_to_one_over_the_disc(c):
    ball = PoincareBall(c)
    z, area = disc(c)
    prior = WrappedNormal(ball, 2, z.device).log_prob(z).double()
    assert (prior.exp() * area).sum().item() == pytest.approx(1, abs=1e-3)
    mu, logvar = torch.tensor([0.4, -0.3], dtype=torch.float64), torch.tensor([-1.0, 0.2], dtype=torch.float64)
    posterior = density_at(ball, mu, logvar, z)
    assert (posterior.exp() * area).sum().item() == pytest.approx(1, abs=1e-3)


def test_samples_of_the_prior_are_distributed_as_its_density_says():
    torch.manual_seed(0)
    ball = PoincareBall(0.7)
    drawn = WrappedNormal(ball, 2, torch.device("cpu")).sample(torch.Size([50_000]))
    distance = ball.distance(torch.zeros(2).double(), drawn.double())
    z, area = disc(0.7)
    weights = WrappedNormal(ball, 2, z.device).log_prob(z).double().exp() * area
    expected = (weights * ball.distance(torch.zeros(2).double(), z)).sum().item()
    assert expected == pytest.approx(math.sqrt(math.pi / 2), rel=1e-3)  # Rayleigh's: the length of N(0, I) in the plane
    error = distance.std().item() / math.sqrt(50_000)
    assert distance.mean().item() == pytest.approx(expected, abs=4 * error)


def test_far_out_everything_stays_finite_and_inside():
    ball = PoincareBall(0.7)
    v = torch.tensor([[1e3, 0.0], [1e-30, 0.0], [0.0, 0.0]], dtype=torch.float64, requires_grad=True)
    z = ball.from_normal(torch.zeros_like(v), v)
    assert (math.sqrt(0.7) * z.norm(dim=1) < 1).all()
    total = ball.to_normal(z).sum() + wrapped_log_density(ball, v, torch.zeros_like(v)).sum()
    total = total + WrappedNormal(ball, 2, v.device).log_prob(z).sum()
    (found,) = torch.autograd.grad(total, v)
    assert torch.isfinite(total)
    assert torch.isfinite(found).all()
    outside = torch.tensor([[5.0, 5.0]])
    assert torch.isfinite(WrappedNormal(ball, 2, v.device).log_prob(outside)).all()


@pytest.mark.parametrize("c", [0.3, 2.0])
def test_the_models_kl_is_that_of_numeric_integration(c):
    values = {"model": "poincare", "settings": {"hidden": "32", "curvature": c}}
    model = build_model(complete(values), (1, 8, 8))
    mu, logvar = torch.tensor([[0.4, -0.3]]).double(), torch.tensor([[-1.0, 0.2]]).double()
    z, area = disc(c)
    log_q, log_p = density_at(model.ball, mu, logvar, z), model.prior().log_prob(z).double()
    expected = (log_q.exp() * (log_q - log_p) * area).sum().item()
    torch.manual_seed(0)
    _, density = model.drawn(mu.expand(50_000, 2), logvar.expand(50_000, 2))
    error = density.std().item() / math.sqrt(50_000)
    assert -density.mean().item() == pytest.approx(expected, abs=4 * error)
    assert expected > 0.1
