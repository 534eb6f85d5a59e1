import numpy as np
import pytest

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import LatentPlane, dimension_plane
from ae_studio.latent.view import View

POINTS = np.array([[0, 0], [1, -2], [0.5, 3]], dtype=np.float32)


def view(space=None, plane=None, handle=(5, 6, 7)):
    space = space or LatentSpace(3)
    plane = plane or dimension_plane(3, 0, 1)
    return View(space, plane, -2.0, 2.0, -1.0, 1.0, 400, 200, np.array(handle, dtype=np.float32))


def skew():
    axes, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 2)))
    return LatentPlane(np.array([1, 2, 3], dtype=np.float32), axes.T.astype(np.float32), ("", ""))


def test_points_are_lifted_with_the_handles_numbers_off_the_plane():
    np.testing.assert_allclose(view().lift(POINTS), [[0, 0, 7], [1, -2, 7], [0.5, 3, 7]])


def test_lifting_many_points_is_lifting_each_of_them():
    seen = view(plane=skew())
    each = [seen.plane.lift(float(x), float(y), seen.handle) for x, y in POINTS]
    np.testing.assert_allclose(seen.lift(POINTS), each, atol=1e-6)
    np.testing.assert_allclose(seen.project(seen.lift(POINTS)), POINTS, atol=1e-5)


def test_the_base_stays_where_the_hand_moves_in_the_plane():
    seen = view(plane=skew())
    moved = view(plane=skew(), handle=seen.lift(POINTS)[1])
    np.testing.assert_allclose(moved.base, seen.base, atol=1e-5)


def test_a_codebook_has_no_base_whose_code_is_longer_than_its_plane():
    seen = view(LatentSpace(2, "codebook", slots=3), dimension_plane(2, 0, 1), (1, 2, 3, 4, 5, 6))
    assert seen.base.tolist() == [0] * 6


def test_on_a_globe_points_are_lifted_onto_the_sphere():
    seen = view(LatentSpace(3, "sphere"), Globe(), (0, 0, 1))
    np.testing.assert_allclose(np.linalg.norm(seen.lift(POINTS), axis=1), 1, atol=1e-6)


def test_switches_stay_what_they_are():
    space = LatentSpace(2, switches=(Switch("class", ("a", "b")),))
    seen = view(space, dimension_plane(4, 0, 1), (0, 0, 0, 1))
    np.testing.assert_allclose(seen.lift(POINTS)[:, 2:], [[0, 1]] * 3)


def test_a_grid_has_a_point_in_the_middle_of_every_cell():
    grid = view().grid(4, 2)
    np.testing.assert_allclose(grid[0], [-1.5, 0.5])
    np.testing.assert_allclose(grid[-1], [1.5, -0.5])
    assert grid.shape == (8, 2)


def test_the_scale_is_pixels_a_unit():
    assert view().scale == pytest.approx(100)


def test_of_a_codebook_the_plane_is_that_of_its_entries_and_has_no_base():
    space = LatentSpace(2, kind="codebook", slots=4)
    seen = View(space, dimension_plane(2, 0, 1), -1, 1, -1, 1, 100, 100, np.ones(8, dtype=np.float32))
    np.testing.assert_array_equal(seen.base, np.zeros(8))
