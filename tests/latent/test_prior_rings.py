"""Rings that hold known shares of a prior."""

from __future__ import annotations

import math

import numpy as np
import pytest
from matplotlib.path import Path

from ae_studio.latent.prior_rings import drawn_marks, drawn_rings, normal_marks, normal_rings


def test_rings_of_a_normal_prior_are_circles_of_as_many_standard_deviations():
    rings = normal_rings((1.0, -2.0), 1.5)
    assert [ring.label for ring in rings] == ["1σ", "2σ", "3σ"]
    for sigmas, ring in enumerate(rings, start=1):
        (line,) = ring.lines
        assert np.hypot(*(line - [1, -2]).T) == pytest.approx(1.5 * sigmas, rel=1e-5)


def test_a_plane_of_many_dimensions_sees_the_prior_as_wide_as_each_of_them_is():
    from scipy.stats import ortho_group

    axes = ortho_group.rvs(7, random_state=0)[:2]
    draws = np.random.default_rng(0).normal(size=(200_000, 7)) @ axes.T
    (line,) = normal_rings((0.0, 0.0), 1.0)[1].lines
    assert Path(line).contains_points(draws).mean() == pytest.approx(1 - math.exp(-2), abs=0.004)


def test_a_line_has_marks_on_both_sides():
    assert [(mark.label, mark.sides) for mark in normal_marks(0.5, 2.0)[:2]] == [
        ("1σ", (-1.5, 2.5)),
        ("2σ", (-3.5, 4.5)),
    ]


def test_marks_of_draws_hold_the_middle_of_them():
    half, most = drawn_marks(np.random.default_rng(0).uniform(-1, 1, 100_000).astype(np.float32))
    assert half.sides == pytest.approx((-0.5, 0.5), abs=0.02)
    assert most.sides == pytest.approx((-0.95, 0.95), abs=0.02)
    assert most.label == "95 %"


def test_rings_of_draws_from_a_gaussian_have_its_radii():
    half, most = drawn_rings(np.random.default_rng(0).normal(size=(40_000, 2)).astype(np.float32))
    assert (half.label, most.label) == ("50 %", "95 %")
    for ring, share in ((half, 0.5), (most, 0.95)):
        line = max(ring.lines, key=len)
        assert np.hypot(*line.T).mean() == pytest.approx(math.sqrt(-2 * math.log(1 - share)), rel=0.05)


def test_rings_of_new_draws_hold_what_they_say():
    """Of a prior with a hole, uniform between the circles of radius 1/2 and 1."""

    def draws(seed: int) -> np.ndarray:
        random = np.random.default_rng(seed)
        radius, angle = np.sqrt(random.uniform(0.25, 1, 40_000)), random.uniform(0, 2 * np.pi, 40_000)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).astype(np.float32)

    _, most = drawn_rings(draws(0))
    rims = sorted(most.lines, key=len)[-2:]
    inside = np.sum([Path(rim).contains_points(draws(1)) for rim in rims], axis=0) % 2
    assert inside.mean() == pytest.approx(0.95, abs=0.02)


def test_draws_that_all_agree_have_rings_too():
    for ring in drawn_rings(np.zeros((50, 2), dtype=np.float32)):
        assert all(np.isfinite(line).all() for line in ring.lines)
