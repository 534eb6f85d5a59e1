"""The von Mises-Fisher distribution against scipy's Bessel functions, Monte Carlo, and its own closed forms."""

import math

import numpy as np
import pytest
import torch
from scipy.special import gammaln, ive

from ae_studio.models.bessel import normaliser
from ae_studio.models.noise import rows_of_a_batch
from ae_studio.models.von_mises_fisher import (
    PROPOSALS,
    UniformOnSphere,
    VonMisesFisher,
    followed_gap,
    gap_slope,
    inverse_gap,
    rejection_gap,
)

DIMENSIONS = [2, 3, 4, 5, 10, 33, 64, 256]
CONCENTRATIONS = [0.1, 1.0, 5.0, 20.0, 100.0, 1e3, 1e4, 1e6]
WITHIN_SCIPY = [(m, kappa) for m in DIMENSIONS for kappa in CONCENTRATIONS if ive(m / 2 - 1, kappa) > 1e-290]


def bessel_answers(kappa: float, m: int) -> tuple[float, float]:
    """A and KL to uniform by scipy's exponentially scaled I_v."""
    v = m / 2 - 1
    mean_length = ive(v + 1, kappa) / ive(v, kappa)
    log_c = v * math.log(kappa) - m / 2 * math.log(2 * math.pi) - (math.log(ive(v, kappa)) + kappa)
    log_surface = math.log(2) + m / 2 * math.log(math.pi) - gammaln(m / 2)
    return mean_length, kappa * mean_length + log_c + log_surface


def around(kappa: float, m: int, count: int = 1) -> VonMisesFisher:
    mu = torch.nn.functional.normalize(torch.arange(1.0, m + 1), dim=0)
    return VonMisesFisher(mu.expand(count, m), torch.full((count,), kappa))


@pytest.mark.parametrize(("m", "kappa"), WITHIN_SCIPY)
def test_mean_length_and_kl_are_those_of_the_bessel_functions(m, kappa):
    q = around(kappa, m)
    mean_length, kl = bessel_answers(kappa, m)
    assert q.mean_length.item() == pytest.approx(mean_length, rel=1e-6)
    assert q.kl_to_uniform().item() == pytest.approx(kl, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("m", [2, 3, 10, 256])
def test_without_concentration_it_is_uniform_and_says_nothing(m):
    torch.manual_seed(0)
    q = around(0.0, m, count=20_000)
    assert q.kl_to_uniform().abs().max() == 0
    z = q.sample()
    assert z.mean(dim=0).abs().max() < 5 / math.sqrt(20_000 * m)
    assert (z.var(dim=0) * m - 1).abs().max() < 0.1


@pytest.mark.parametrize("m", DIMENSIONS)
@pytest.mark.parametrize("kappa", [0.1, 3.0, 100.0, 1e4])
def test_the_gradient_of_kl_is_kappa_times_the_slope_of_the_mean_length(m, kappa):
    concentration = torch.tensor([kappa], dtype=torch.float64, requires_grad=True)
    q = VonMisesFisher(torch.eye(m)[:1], concentration)
    (found,) = torch.autograd.grad(q.kl_to_uniform().sum(), concentration)
    a = q.mean_length.item()
    slope = 1 - a * a - (m - 1) / kappa * a
    assert found.item() == pytest.approx(kappa * slope, rel=1e-4)


@pytest.mark.parametrize("m", [2, 3, 4, 10, 64])
@pytest.mark.parametrize("kappa", [0.5, 10.0, 300.0])
def test_samples_are_unit_vectors_whose_mean_has_the_known_length_and_direction(m, kappa):
    torch.manual_seed(0)
    q = around(kappa, m, count=20_000)
    z = q.sample()
    torch.testing.assert_close(z.norm(dim=1), torch.ones(20_000))
    along = (z * q.mu.float()).sum(dim=1)
    error = along.std().item() / math.sqrt(20_000)
    assert along.mean().item() == pytest.approx(q.mean_length[0].item(), abs=4 * error)
    across = z - along.unsqueeze(1) * q.mu.float()
    assert across.mean(dim=0).norm() < 4 * math.sqrt((1 - along.square()).mean().item() / 20_000)


@pytest.mark.parametrize(("m", "kappa"), [(2, 3.0), (3, 20.0), (4, 2.0), (10, 50.0), (64, 100.0)])
def test_the_kl_equals_a_monte_carlo_estimate(m, kappa):
    torch.manual_seed(0)
    q = around(kappa, m, count=50_000)
    ratio = q.log_ratio(q.sample())
    error = ratio.std().item() / math.sqrt(50_000)
    assert ratio.mean().item() == pytest.approx(q.kl_to_uniform()[0].item(), abs=4 * error)


def test_the_density_on_a_circle_is_von_mises():
    from torch.distributions import VonMises

    angles = torch.linspace(-3, 3, 50)
    z = torch.stack([angles.cos(), angles.sin()], dim=1)
    q = VonMisesFisher(torch.tensor([[1.0, 0.0]]).expand(50, 2), torch.full((50,), 2.5))
    expected = VonMises(torch.tensor(0.0), torch.tensor(2.5)).log_prob(angles)
    found = q.log_ratio(z) + UniformOnSphere(2, z.device).log_prob(z)
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("kappa", [0.01, 1.0, 30.0, 1e3])
def test_rejection_and_the_inverse_draw_from_the_same_distribution(kappa):
    torch.manual_seed(0)
    concentration = torch.full((20_000,), kappa).double()
    exact, rejected = inverse_gap(concentration).numpy(), rejection_gap(concentration, 3).numpy()
    together = np.sort(np.concatenate([exact, rejected]))
    shares = [np.searchsorted(np.sort(each), together, side="right") / len(each) for each in (exact, rejected)]
    assert np.abs(shares[0] - shares[1]).max() < 1.63 * math.sqrt(2 / 20_000)  # Kolmogorov and Smirnov, 1 %


@pytest.mark.parametrize("kappa", [0.01, 1.0, 30.0, 1e3])
def test_the_followed_gradient_is_that_of_the_inverse(kappa):
    torch.manual_seed(0)
    concentration = torch.full((2_000,), kappa).double().requires_grad_()
    gap = inverse_gap(concentration)
    (expected,) = torch.autograd.grad(gap.sum(), concentration)
    found = gap_slope(gap.detach(), concentration.detach(), 3)
    torch.testing.assert_close(found, expected, rtol=1e-3, atol=1e-3 * expected.abs().mean().item())


@pytest.mark.parametrize("m", [2, 4, 10, 64, 256])
@pytest.mark.parametrize("kappa", [0.1, 10.0, 300.0])
def test_the_followed_gradient_moves_the_mean_as_the_mean_length_does(m, kappa):
    torch.manual_seed(0)
    concentration = torch.full((1_000,), kappa).double().requires_grad_()
    gap = followed_gap(rejection_gap(concentration, m), concentration, m)
    (slopes,) = torch.autograd.grad((1 - gap).sum(), concentration)
    a = normaliser(torch.tensor(kappa).double(), m)[1].item()
    expected = 1 - a * a - (m - 1) / kappa * a
    error = slopes.std().item() / math.sqrt(1_000)
    assert slopes.mean().item() == pytest.approx(expected, abs=4 * error + 1e-6 * expected)


@pytest.mark.parametrize("m", [2, 4, 20, 256])
def test_hardly_any_image_is_left_without_an_accepted_proposal(m, monkeypatch):
    """Less than two proposals in five are refused, and so all sixteen of them less than once in a million."""
    kept = []

    def keep_first(accepted, *_, **__):
        kept.append(accepted.float().mean().item())
        return torch.zeros(*accepted.shape[:-1], 1, dtype=torch.int64)

    monkeypatch.setattr(torch.Tensor, "argmax", keep_first)
    torch.manual_seed(0)
    for kappa in (0.01, 1.0, 10.0, 100.0, 1e4):
        rejection_gap(torch.full((200,), kappa).double(), m)
    assert min(kept) > 0.6
    assert (1 - min(kept)) ** PROPOSALS < 1e-6


def test_the_gradient_of_the_direction_is_that_of_a_rotation():
    """Seen from mu, the cloud stays as it is: a function of mu·z alone has no gradient along the sphere."""
    torch.manual_seed(0)
    direction = torch.randn(6, 5, requires_grad=True)
    mu = torch.nn.functional.normalize(direction, dim=1)
    z = VonMisesFisher(mu, torch.full((6,), 4.0)).sample()
    (found,) = torch.autograd.grad((mu * z).sum().square(), direction)
    assert found.abs().max() < 1e-4


@pytest.mark.parametrize("m", [3, 5])
def test_the_parts_of_several_processes_are_the_samples_of_one(m):
    mu, kappa = torch.nn.functional.normalize(torch.randn(5, m), dim=1), torch.rand(5) * 10
    torch.manual_seed(0)
    whole = VonMisesFisher(mu, kappa).sample()
    for start, stop in ((0, 2), (2, 5)):
        torch.manual_seed(0)
        with rows_of_a_batch(start, stop, 5):
            torch.testing.assert_close(VonMisesFisher(mu[start:stop], kappa[start:stop]).sample(), whole[start:stop])


@pytest.mark.parametrize("m", [2, 3, 256])
def test_the_priors_density_is_one_over_the_surface(m):
    surfaces = {2: 2 * math.pi, 3: 4 * math.pi, 256: 2 * math.pi**128 / math.exp(math.lgamma(128))}
    prior = UniformOnSphere(m, torch.device("cpu"))
    torch.manual_seed(0)
    z = prior.sample(torch.Size([4_000]))
    assert z.shape == (4_000, m)
    torch.testing.assert_close(z.norm(dim=1), torch.ones(4_000))
    assert z.mean(dim=0).abs().max() < 5 / math.sqrt(4_000 * m)
    assert prior.log_prob(z)[0].item() == pytest.approx(-math.log(surfaces[m]), rel=1e-5)
