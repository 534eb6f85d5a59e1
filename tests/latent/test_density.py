"""The density of codes over a plane: against all distances, and against a Gaussian's own rings."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ortho_group

from ae_studio.latent.contours import grid_over, points_of
from ae_studio.latent.density import SHARES, density_field, density_levels, kth_over_plane
from ae_studio.latent.support import fit_support


def codes_of(count: int, dim: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)


@pytest.mark.parametrize("dim", [2, 3, 10, 64])
def test_distances_over_a_plane_are_those_of_the_lifted_codes(dim):
    codes, base = codes_of(500, dim), codes_of(1, dim, seed=1)[0]
    axes = ortho_group.rvs(dim, random_state=2)[:2].astype(np.float32)
    points = codes_of(60, 2, seed=3) * 2
    lifted = base + points @ axes
    support = fit_support(codes)
    found = kth_over_plane(support, axes, base, points)
    assert found == pytest.approx(support.at(lifted.astype(np.float32)).kth, rel=1e-3)


def test_a_line_is_as_dense_wherever_it_is_looked_at_from():
    support = fit_support(codes_of(300, 1))
    axes = np.array([[1.0], [0.0]], dtype=np.float32)
    points = np.array([[0.3, 0], [0.3, 5]], dtype=np.float32)
    found = kth_over_plane(support, axes, np.zeros(1, dtype=np.float32), points)
    assert found == pytest.approx(support.at(np.full((2, 1), 0.3, dtype=np.float32)).kth, rel=1e-5)


def test_lines_of_density_hold_the_share_of_a_gaussian_that_they_say():
    """In a plane the densest places with a share p of N(0, I) are a disc of radius sqrt(-2 log(1 - p))."""
    codes = codes_of(20_000, 2)
    support = fit_support(codes)
    x, y = grid_over(-4, 4, -4, 4, 0.1)
    axes, base = np.eye(2, dtype=np.float32), np.zeros(2, dtype=np.float32)
    field = density_field(support, kth_over_plane(support, axes, base, points_of(x, y)), x, y)
    for share, level in zip(SHARES[:2], density_levels(support)[:2], strict=True):
        line = max(field.lines(level), key=len)
        assert np.hypot(*line.T).mean() == pytest.approx(math.sqrt(-2 * math.log(1 - share)), rel=0.06)


def test_codes_that_all_agree_have_a_finite_field():
    support = fit_support(np.ones((30, 2), dtype=np.float32))
    x, y = grid_over(0, 2, 0, 2, 0.25)
    field = density_field(
        support,
        kth_over_plane(support, np.eye(2, dtype=np.float32), np.zeros(2, dtype=np.float32), points_of(x, y)),
        x,
        y,
    )
    assert np.isfinite(field.values).all()
    assert np.isfinite(density_levels(support)).all()
