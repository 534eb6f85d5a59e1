"""The divergences against closed forms, sums by hand, and many draws with their standard error."""

import math

import numpy as np
import pytest
import torch
from scipy.stats import wasserstein_distance

from ae_studio.models.divergences import (
    SEVERAL_SCALES,
    mmd,
    random_directions,
    sliced_wasserstein,
    squared_distances,
)


def mean_and_error(draws: list[float]) -> tuple[float, float]:
    return float(np.mean(draws)), float(np.std(draws, ddof=1) / math.sqrt(len(draws)))


def test_mmd_of_two_pairs_of_points_is_that_of_a_sum_by_hand():
    z, prior = torch.tensor([[0.0], [1.0]]), torch.tensor([[0.0], [3.0]])
    k = lambda squared: 4 / (4 + squared)  # noqa: E731
    expected = k(1) + k(9) - 2 * (k(0) + k(9) + k(1) + k(4)) / 4
    assert mmd(z, prior, scale=4.0).item() == pytest.approx(expected, rel=1e-6)


def test_mmd_of_unequal_numbers_is_that_of_loops():
    torch.manual_seed(0)
    z, prior, c = torch.randn(5, 3), 2 * torch.randn(7, 3) + 1, 1.7
    k = lambda a, b: c / (c + float((a - b).square().sum()))  # noqa: E731
    within = [
        np.mean([k(a, b) for i, a in enumerate(sample) for j, b in enumerate(sample) if i != j])
        for sample in (z, prior)
    ]
    expected = sum(within) - 2 * np.mean([k(a, b) for a in z for b in prior])
    assert mmd(z, prior, scale=c).item() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("factors", [(1.0,), SEVERAL_SCALES])
def test_mmd_of_equal_distributions_is_zero_in_expectation(factors):
    torch.manual_seed(0)
    mean, error = mean_and_error([mmd(torch.randn(8, 2), torch.randn(8, 2), 4.0, factors).item() for _ in range(2000)])
    assert abs(mean) < 4 * error
    biased = len(factors) * (1 - 0.5) / 8  # about what the pairs of a point with itself would add
    assert error < biased / 5, "this many draws tell the estimate from the biased one"


def test_mmd_far_apart_comes_near_two():
    assert mmd(torch.zeros(10, 2), torch.full((10, 2), 1e4), scale=4.0).item() == pytest.approx(2.0, abs=1e-6)


def test_several_scales_add_up():
    torch.manual_seed(0)
    z, prior = torch.randn(20, 2) + 1, torch.randn(20, 2)
    expected = sum(mmd(z, prior, 4.0 * factor) for factor in SEVERAL_SCALES)
    torch.testing.assert_close(mmd(z, prior, 4.0, SEVERAL_SCALES), expected)


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 8), (8, 1)])
def test_mmd_of_a_single_sample_is_zero(n, m):
    assert mmd(torch.randn(n, 2), torch.randn(m, 2), scale=4.0) == 0


@pytest.mark.parametrize("dim", [1, 3])
def test_sliced_wasserstein_of_a_shift_is_the_squared_length_over_the_dimensions(dim):
    torch.manual_seed(0)
    z, shift = torch.randn(50, dim), torch.linspace(1, 2, dim)
    directions = random_directions(20_000, z)
    distance = sliced_wasserstein(z, z[torch.randperm(50)] + shift, directions)
    # exactly the mean over the directions of (direction . shift)^2
    torch.testing.assert_close(distance, (directions @ shift).square().mean())
    assert distance.item() == pytest.approx(float(shift.square().sum()) / dim, rel=0.03)


def test_sliced_wasserstein_on_a_line_is_the_best_of_all_plans():
    from scipy.optimize import linear_sum_assignment

    torch.manual_seed(0)
    z, prior = torch.randn(12, 1), 3 * torch.rand(12, 1)
    cost = (z - prior.T).square().numpy()
    best = cost[linear_sum_assignment(cost)].mean()
    one = torch.ones(1, 1)
    assert sliced_wasserstein(z, prior, one).item() == pytest.approx(best, rel=1e-5)
    assert sliced_wasserstein(z, prior, -one).item() == pytest.approx(best, rel=1e-5)
    # scipy's W_1 bounds W_2 from below
    assert wasserstein_distance(z[:, 0].numpy(), prior[:, 0].numpy()) ** 2 <= best


def test_sliced_wasserstein_of_two_normals_is_the_known_one():
    """W_2^2(N(0, 1), N(0, s^2)) = (1 - s)^2 on every line, so also sliced."""
    torch.manual_seed(0)
    z, prior = torch.randn(200_000, 2), 3 * torch.randn(200_000, 2)
    assert sliced_wasserstein(z, prior, random_directions(10, z)).item() == pytest.approx(4.0, rel=0.02)


def test_directions_are_unit_vectors_and_cover_the_sphere():
    torch.manual_seed(0)
    directions = random_directions(50_000, torch.zeros(1, 3))
    torch.testing.assert_close(directions.norm(dim=1), torch.ones(50_000))
    torch.testing.assert_close(directions.T @ directions / 50_000, torch.eye(3) / 3, atol=0.01, rtol=0)


def test_distances_keep_their_digits_far_from_the_origin():
    torch.manual_seed(0)
    a, b = torch.rand(20, 2), torch.rand(30, 2)
    expected = (a[:, None] - b).square().sum(dim=-1)
    torch.testing.assert_close(squared_distances(a, b), expected, atol=1e-6, rtol=1e-5)
    torch.testing.assert_close(squared_distances(a + 512, b + 512), expected, atol=1e-3, rtol=0)


@pytest.mark.parametrize("divergence", ["mmd", "sliced_wasserstein"])
def test_sixteen_bits_around_it_change_nothing_and_equal_codes_have_a_gradient(divergence):
    def computed(z: torch.Tensor) -> torch.Tensor:
        torch.manual_seed(0)
        prior = torch.randn(16, 2)
        return mmd(z, prior, 4.0) if divergence == "mmd" else sliced_wasserstein(z, prior, random_directions(50, z))

    z = torch.ones(16, 2, requires_grad=True)
    computed(z).backward()
    assert torch.isfinite(z.grad).all()
    assert z.grad.sum() > 0, "downhill is towards the prior's mean"
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rounded = computed(z)
    assert rounded.dtype == torch.float32
    torch.testing.assert_close(rounded, computed(z), rtol=0, atol=0)
