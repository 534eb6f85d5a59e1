import numpy as np
import pytest

from ae_studio.latent.plane import dimension_plane, pca_plane, subscripted


@pytest.fixture
def codes():
    rng = np.random.default_rng(0)
    return (rng.standard_normal((300, 6)) * [5, 3, 1, 0.5, 0.2, 0.1]).astype(np.float32)


def test_lifting_a_projection_gives_the_code_back(codes):
    for plane in (dimension_plane(6, 1, 4), pca_plane(codes)):
        x, y = plane.project(codes[:1])[0]
        np.testing.assert_allclose(plane.lift(x, y, codes[0]), codes[0], atol=1e-5)


def test_a_lifted_point_lies_where_it_was_put_and_keeps_what_is_off_the_plane(codes):
    plane = pca_plane(codes)
    lifted = plane.lift(1.5, -2.0, codes[7])
    np.testing.assert_allclose(plane.project(lifted[None])[0], [1.5, -2.0], atol=1e-5)
    off = np.eye(6) - plane.axes.T @ plane.axes
    np.testing.assert_allclose(off @ lifted, off @ codes[7], atol=1e-5)


def test_the_pca_plane_holds_the_two_largest_spreads(codes):
    spreads = np.linalg.eigvalsh(np.cov(codes.T))
    points = pca_plane(codes).project(codes)
    np.testing.assert_allclose(sorted(points.var(axis=0, ddof=1)), spreads[-2:], rtol=1e-4)


def test_the_next_pca_plane_does_not_flip(codes):
    first = pca_plane(codes)
    rotated = pca_plane(-codes, first)  # the same directions, which an SVD may give with any sign
    assert np.linalg.det(first.axes @ rotated.axes.T) == pytest.approx(1, abs=1e-3)
    np.testing.assert_allclose(first.axes, rotated.axes, atol=1e-3)


def test_a_code_of_one_number_has_a_line():
    plane = dimension_plane(1, 0, 0)
    assert plane.lift(2.5, 9.0, np.zeros(1, dtype=np.float32)) == pytest.approx([2.5])


def test_dimensions_are_counted_from_one_for_people():
    assert subscripted(0) == "z₁"
    assert subscripted(11) == "z₁₂"
