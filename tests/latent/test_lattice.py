"""The places of the lattice: anchored in the world, refined by zoom, spaced evenly or by the prior's quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from ae_studio.latent.lattice import MOST_CELLS, Bounds, Normal, linear_ticks, make_grid, quantile_ticks

CELL = 40  # pixels


def bounds(x: float = 0, y: float = 0, width: float = 8, height: float = 6, pixels: float = 100) -> Bounds:
    return Bounds(x - width / 2, x + width / 2, y - height / 2, y + height / 2, pixels)


def test_linear_cells_cover_the_window_without_gap_or_overlap():
    grid = make_grid(bounds(0.3, -0.2), CELL)
    for ticks, low, high in ((grid.x, -3.7, 4.3), (grid.y, -3.2, 2.8)):
        assert ticks.edges[0, 0] <= low < ticks.edges[0, 1]
        assert ticks.edges[-1, 0] < high <= ticks.edges[-1, 1]
        assert ticks.edges[1:, 0] == pytest.approx(ticks.edges[:-1, 1])
        assert ticks.centres == pytest.approx(ticks.edges.mean(axis=1))


def test_cells_stay_where_they_are_while_the_window_moves():
    before, after = (set(make_grid(bounds(x), CELL).x.centres) for x in (0, 1.234))
    shared = [centre for centre in before | after if -2.7 < centre < 3.9]
    assert len(shared) > 10
    assert all(centre in before and centre in after for centre in shared)


@pytest.mark.parametrize("prior", [None, Normal()])
def test_zooming_in_makes_smaller_cells_that_are_about_as_large_on_the_screen(prior):
    for zoom in (1, 2, 4, 8, 1024):
        grid = make_grid(bounds(width=8 / zoom, height=6 / zoom, pixels=100 * zoom), CELL, prior)
        middle = np.median(grid.sizes()) * 100 * zoom
        slack = 1.5 if prior is None else 2.1  # sqrt(2) where cells are even
        assert CELL / slack < middle < CELL * slack


def test_old_linear_places_remain_when_there_are_twice_as_many():
    coarse, fine = linear_ticks(-3, 3, 0.5), linear_ticks(-3, 3, 0.25)
    assert set(coarse.centres) <= set(fine.centres)


def test_every_quantile_cell_holds_the_same_share_of_the_prior():
    ticks = quantile_ticks(-9, 13, 0.5, centre=2.0, sd=1.5)
    inner = ticks.edges[1:-1]  # the outer ones end six standard deviations out
    shares = np.diff(norm(2.0, 1.5).cdf(inner), axis=1).ravel()
    assert shares == pytest.approx(1 / len(ticks))
    assert norm(2.0, 1.5).cdf(ticks.centres) == pytest.approx((np.arange(len(ticks)) + 0.5) / len(ticks))


def test_a_quarter_and_three_quarters_are_those_of_the_tables():
    ticks = quantile_ticks(-5, 5, 2.5)  # two cells: their middles are the quartiles
    assert ticks.centres == pytest.approx([-0.67449, 0.67449], abs=1e-5)


@pytest.mark.parametrize("x", [-40.0, -3.0, 0.0, 3.0, 40.0])
def test_quantile_cells_can_be_looked_at_from_anywhere(x):
    for zoom in (1, 1e3, 1e6):
        grid = make_grid(bounds(x, width=8 / zoom, height=6 / zoom, pixels=100 * zoom), CELL, Normal())
        assert 1 <= len(grid.x) * len(grid.y) <= MOST_CELLS
        assert np.isfinite(grid.points()).all()
        assert (grid.squares()[:, 2] >= 0).all()


def test_a_large_window_gets_larger_cells_and_not_more_than_can_be_decoded():
    grid = make_grid(bounds(width=38, height=21), CELL)
    assert len(grid.x) * len(grid.y) <= MOST_CELLS
    assert grid.sizes().min() * 100 > 2 * CELL / 1.5


def test_a_line_has_one_row():
    grid = make_grid(bounds(), CELL, line=True)
    assert len(grid.y) == 1
    assert len(grid.points()) == len(grid.x)
    assert (grid.points()[:, 1] == 0).all()


@pytest.mark.parametrize("prior", [None, Normal((0.5, 0.0), 2.0)])
def test_squares_lie_within_their_cells_around_the_place_that_is_decoded(prior):
    grid = make_grid(bounds(), CELL, prior)
    left, bottom, size = grid.squares().T
    x, y = grid.points().T
    assert left + size / 2 == pytest.approx(x, abs=1e-6)
    assert bottom + size / 2 == pytest.approx(y, abs=1e-6)
    columns = np.tile(np.arange(len(grid.x)), len(grid.y))
    assert (left >= grid.x.edges[columns, 0] - 1e-6).all()
    assert (left + size <= grid.x.edges[columns, 1] + 1e-6).all()


def test_a_cell_whose_code_is_put_back_elsewhere_is_not_shown():
    grid = make_grid(bounds(), CELL)
    points = grid.points()
    on_disc = points * np.minimum(1, 2 / np.maximum(np.linalg.norm(points, axis=1), 1e-9))[:, None]
    holds = grid.holds(on_disc.astype(np.float32))
    radius = np.linalg.norm(points, axis=1)
    assert holds[radius < 2].all()
    assert not holds[radius > 2 + grid.sizes().max()].any()
    assert grid.holds(points).all()
