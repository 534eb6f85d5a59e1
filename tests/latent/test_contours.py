"""Lines and regions of known fields."""

from __future__ import annotations

import numpy as np
import pytest

from ae_studio.latent.contours import Field, grid_over, mass_levels, points_of


def radius_field(step: float = 0.05) -> Field:
    x, y = grid_over(-3, 3, -3, 3, step)
    points = points_of(x, y)
    return Field(x, y, np.hypot(points[:, 0], points[:, 1]).reshape(len(y), len(x)).astype(np.float64))


def area(ring: np.ndarray) -> float:
    """Of a polygon, the shoelace formula."""
    x, y = ring.astype(np.float64).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def test_a_line_of_equal_radius_is_a_circle():
    (line,) = radius_field().lines(2.0)
    assert np.hypot(*line.T) == pytest.approx(2.0, abs=2e-3)
    assert area(line) == pytest.approx(4 * np.pi, rel=2e-3)


def test_a_region_between_two_levels_has_a_rim_and_a_hole():
    ((rim, hole),) = radius_field().regions(1.0, 2.0)
    assert {round(area(rim), 1), round(area(hole), 1)} == {round(4 * np.pi, 1), round(np.pi, 1)}


def test_a_grid_stays_in_the_world_while_the_window_moves():
    before, after = (set(grid_over(left, left + 2, 0, 1, 0.25)[0]) for left in (0.0, 0.6))
    assert {0.75, 1.0, 1.25} <= before & after
    x, y = grid_over(-1.1, 1.3, 0.2, 0.9, 0.25)
    assert x[0] <= -1.1 < 1.3 <= x[-1]
    assert y[0] <= 0.2 < 0.9 <= y[-1]


def test_points_go_row_after_row():
    assert points_of(np.array([0.0, 1.0, 2.0]), np.array([5.0, 6.0])).tolist()[:4] == [[0, 5], [1, 5], [2, 5], [0, 6]]


def test_mass_levels_of_a_gaussian_are_those_of_its_radii():
    """Half of a Gaussian in the plane is above density exp(-log 2) of its peak: r^2 = 2 log 2."""
    x = np.linspace(-6, 6, 601)
    density = np.exp(-0.5 * (x[None, :] ** 2 + x[:, None] ** 2))
    assert mass_levels(density, density, (0.5, 0.95)) == pytest.approx([0.5, 0.05], rel=0.02)
    assert mass_levels(np.ones((4, 4)), np.zeros((4, 4)), (0.5,)) == [0.0]
