"""The priors: shapes and statistics by closed forms, densities by integration and by torch's own."""

import math

import pytest
import torch
from torch.distributions import Categorical, Independent, MixtureSameFamily, MultivariateNormal, Normal

from ae_studio.models.priors import PRIORS, Circle, Gaussian, Petals, Ring, Square, SwissRoll

N = 100_000
WITH_DENSITY = [Gaussian, Petals, Square, Ring]


def drawn(prior: type, dim: int = 2, count: int = N) -> torch.Tensor:
    torch.manual_seed(0)
    return prior(dim).sample((count,))


@pytest.mark.parametrize("dim", [2, 3, 8, 256])
@pytest.mark.parametrize("prior", PRIORS.values(), ids=PRIORS)
def test_samples_have_the_shape_asked_for_and_are_finite(prior, dim):
    for shape in ((), (5,), (2, 3)):
        z = prior(dim).sample(torch.Size(shape))
        assert z.shape == (*shape, dim)
        assert z.dtype == torch.float32
        assert torch.isfinite(z).all()
    assert prior(dim).event_shape == (dim,)


@pytest.mark.parametrize("prior", WITH_DENSITY)
def test_a_density_integrates_to_one_and_has_the_moments_of_the_samples(prior):
    edge, n = 6.0, 1200
    line = torch.linspace(-edge, edge, n, dtype=torch.float64)
    grid = torch.stack(torch.meshgrid(line, line, indexing="ij"), dim=-1)  # (n, n, 2)
    mass = prior(2).log_prob(grid).exp() * (2 * edge / (n - 1)) ** 2
    assert mass.sum().item() == pytest.approx(1, abs=5e-3)
    z = drawn(prior).double()
    for power in (1, 2, 4):
        by_integral = (mass[..., None] * (grid - 0.1) ** power).sum(dim=(0, 1))
        by_samples = ((z - 0.1) ** power).mean(dim=0)
        error = ((z - 0.1) ** power).std(dim=0) / math.sqrt(N)
        assert ((by_integral - by_samples).abs() < 4 * error + 5e-3 * by_integral.abs()).all()


@pytest.mark.parametrize("dim", [1, 2, 5])
def test_the_normal_prior_is_torchs(dim):
    z = torch.randn(7, 3, dim)
    expected = Independent(Normal(torch.zeros(dim), 1.7), 1).log_prob(z)
    torch.testing.assert_close(Gaussian(dim, sd=1.7).log_prob(z), expected)
    assert Gaussian(dim, sd=1.7).sample((N,)).std().item() == pytest.approx(1.7, rel=0.01)


@pytest.mark.parametrize("dim", [2, 4])
def test_the_petals_density_is_that_of_torchs_mixture(dim):
    angles = 2 * math.pi * torch.arange(10) / 10
    turn = torch.stack(
        [torch.stack([angles.cos(), -angles.sin()], 1), torch.stack([angles.sin(), angles.cos()], 1)], dim=1
    )
    covariance = torch.eye(dim).repeat(10, 1, 1)
    covariance[:, :2, :2] = turn @ torch.diag(torch.tensor([0.4, 0.1]) ** 2) @ turn.transpose(1, 2)
    means = torch.zeros(10, dim)
    means[:, :2] = 1.35 * torch.stack([angles.cos(), angles.sin()], 1)
    expected = MixtureSameFamily(Categorical(torch.ones(10)), MultivariateNormal(means, covariance))
    z = torch.cat([torch.randn(100, dim), expected.sample((100,))])
    torch.testing.assert_close(Petals(dim).log_prob(z), expected.log_prob(z), rtol=1e-3, atol=1e-3)


def test_the_petals_are_ten_equally_full_and_of_unit_variance():
    z = drawn(Petals, dim=3)
    nearest = (torch.atan2(z[:, 1], z[:, 0]) * 10 / (2 * math.pi)).round().long() % 10
    shares = torch.bincount(nearest, minlength=10) / N
    assert ((shares - 0.1).abs() < 0.01).all()
    torch.testing.assert_close(torch.cov(z.T), torch.eye(3), atol=0.02, rtol=0)


def test_the_swiss_roll_has_the_means_of_its_integral():
    """x = 2 t cos(4 pi t), y = 2 t sin(4 pi t), t^2 uniform: means 8 / (4 pi)^2 and -4 / (4 pi)."""
    z = drawn(SwissRoll, dim=3)
    error = z.std(dim=0) / math.sqrt(N)
    expected = torch.tensor([8 / (4 * math.pi) ** 2, -4 / (4 * math.pi), 0.0])
    assert ((z.mean(dim=0) - expected).abs() < 4 * error).all()
    assert z[:, :2].square().sum(dim=1).mean().item() == pytest.approx(2 + 2 * 0.06**2, rel=0.01)


def test_the_swiss_roll_is_rolled_up():
    """Every sample lies near the spiral r = angle / (2 pi), and the two windings lie apart."""
    z = drawn(SwissRoll)
    radius, angle = z.norm(dim=1), torch.atan2(z[:, 1], z[:, 0]) % (2 * math.pi)
    outside = radius > 0.3
    off = (radius - angle / (2 * math.pi) + 0.5) % 1 - 0.5  # to the nearest winding; they are 1 apart
    assert off[outside].abs().max() < 0.4
    assert off[outside].std() < 0.08


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_the_square_is_even_and_ends_at_one(dim):
    z = drawn(Square, dim)
    assert z.abs().max() <= 1
    torch.testing.assert_close(torch.cov(z.T).view(dim, dim), torch.eye(dim) / 3, atol=0.01, rtol=0)


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_the_ring_is_evenly_full_between_its_radii(dim):
    radius = drawn(Ring, dim).norm(dim=1)
    assert radius.min() >= 0.5 - 1e-6
    assert radius.max() <= 1 + 1e-6
    within = ((radius**dim - 0.5**dim) / (1 - 0.5**dim)).sort().values  # uniform, where volume is even
    assert (within - torch.linspace(0, 1, N)).abs().max() < 1.95 / math.sqrt(N)  # Kolmogorov-Smirnov, p = 0.001


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_the_circle_has_radius_one_and_no_side(dim):
    z = drawn(Circle, dim)
    torch.testing.assert_close(z.norm(dim=1), torch.ones(N))
    assert (z.mean(dim=0).abs() < 4 / math.sqrt(dim * N)).all()
    torch.testing.assert_close(torch.cov(z.T).view(dim, dim), torch.eye(dim) / dim, atol=0.01, rtol=0)


def test_the_ring_in_three_dimensions_has_the_density_of_a_hollow_ball():
    volume = 4 / 3 * math.pi * (1 - 0.5**3)
    assert Ring(3).log_prob(torch.tensor([0.7, 0.0, 0.1])).item() == pytest.approx(-math.log(volume), rel=1e-5)
    assert Ring(3).log_prob(torch.tensor([[0.1, 0.0, 0.1], [1.0, 1.0, 0.0]])).tolist() == [-math.inf, -math.inf]


def test_a_prior_without_a_density_says_so():
    with pytest.raises(NotImplementedError):
        Circle(2).log_prob(torch.zeros(2))
