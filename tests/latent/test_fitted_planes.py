import numpy as np
import pytest

from ae_studio.latent.fitted_planes import (
    FITTED,
    Known,
    NoPlane,
    fit_plane,
    kl_plane,
    lda_plane,
    points_plane,
    why_no_plane,
)
from ae_studio.latent.plane import LatentPlane, dimension_plane, pca_plane

D = 6


@pytest.fixture
def classes():
    """Four classes in six dimensions, with a covariance within them that is far from round."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 600)
    centroids = rng.standard_normal((4, D)) * [3, 2, 1, 1, 0.5, 0.1]
    mixing = rng.standard_normal((D, D))
    codes = centroids[labels] + rng.standard_normal((600, D)) @ mixing
    return codes.astype(np.float32), labels


def same_span(axes, other) -> bool:
    """Whether both span one plane: all principal angles are 0."""
    a, b = np.linalg.qr(np.asarray(axes, float).T)[0], np.linalg.qr(np.asarray(other, float).T)[0]
    return bool(np.linalg.svd(a.T @ b)[1].min() > 1 - 1e-6)


def is_orthonormal(plane: LatentPlane) -> bool:
    return bool(np.abs(plane.axes @ plane.axes.T - np.eye(2)).max() < 1e-5)


def test_the_class_plane_is_the_one_of_linear_discriminant_analysis(classes):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    codes, labels = classes
    plane = lda_plane(codes, labels)
    theirs = LinearDiscriminantAnalysis(solver="svd", n_components=2).fit(codes.astype(float), labels)
    assert same_span(plane.axes, theirs.scalings_[:, :2].T)
    assert is_orthonormal(plane)
    first = theirs.scalings_[:, 0] / np.linalg.norm(theirs.scalings_[:, 0])
    assert abs(plane.axes[0] @ first) == pytest.approx(1, abs=1e-5)  # the strongest discriminant points to the right


def test_no_other_plane_separates_the_classes_better(classes):
    codes, labels = classes

    def separation(axes) -> float:
        points = codes @ np.asarray(axes, np.float32).T
        mean = points.mean(axis=0)
        within, between = np.zeros((2, 2)), np.zeros((2, 2))
        for number in range(4):
            of_class = points[labels == number]
            within += len(of_class) * np.cov(of_class.T, bias=True)
            between += len(of_class) * np.outer(of_class.mean(axis=0) - mean, of_class.mean(axis=0) - mean)
        return float(np.trace(np.linalg.solve(within, between)))

    best = separation(lda_plane(codes, labels).axes)
    rng = np.random.default_rng(1)
    others = [separation(np.linalg.qr(rng.standard_normal((D, 2)))[0].T) for _ in range(300)]
    assert best > max([*others, separation(pca_plane(codes).axes)])


def test_two_classes_have_one_discriminant_and_beside_it_the_widest_direction(classes):
    codes, labels = classes
    kept = labels < 2
    plane = lda_plane(codes[kept], labels[kept])
    of_one, of_other = codes[kept & (labels == 0)], codes[kept & (labels == 1)]
    within = np.cov(of_one.T, bias=True) * len(of_one) + np.cov(of_other.T, bias=True) * len(of_other)
    fisher = np.linalg.solve(within, of_other.mean(axis=0) - of_one.mean(axis=0))  # Fisher 1936: W^-1 (m2 - m1)
    assert abs(plane.axes[0] @ fisher) / np.linalg.norm(fisher) == pytest.approx(1, abs=1e-4)
    beside = codes[kept] - np.outer(codes[kept] @ plane.axes[0], plane.axes[0])
    assert (codes[kept] @ plane.axes[1]).var() == pytest.approx(
        np.linalg.eigvalsh(np.cov(beside.T, bias=True))[-1], rel=1e-4
    )
    assert is_orthonormal(plane)


def test_a_class_without_images_changes_nothing(classes):
    codes, labels = classes
    gap = np.where(labels >= 2, labels + 3, labels)  # classes 2, 3 and 4 are empty
    np.testing.assert_array_equal(lda_plane(codes, labels).axes, lda_plane(codes, gap).axes)


def test_a_singular_covariance_within_the_classes_still_has_its_plane(classes):
    codes, labels = classes
    codes = codes.copy()
    codes[:, 4] = codes[:, 3]  # two dimensions that say the same
    codes[:, 5] = 0  # and one that says nothing
    plane = lda_plane(codes, labels)
    assert np.isfinite(plane.axes).all()
    assert is_orthonormal(plane)
    assert np.abs(plane.axes[:, 5]).max() < 1e-4
    codes[:, 5] = labels == 1  # constant within classes: it separates one of them from the rest without any error
    assert np.linalg.norm(lda_plane(codes, labels).axes[:, 5]) > 0.99


def test_classes_of_one_point_each_have_a_plane():
    corners = np.eye(3, 5, dtype=np.float32)
    plane = lda_plane(np.repeat(corners, 4, axis=0), np.repeat([0, 1, 2], 4))
    assert same_span(plane.axes, corners[1:] - corners[0])


@pytest.mark.parametrize(
    ("codes", "labels", "why"),
    [
        (np.random.default_rng(0).standard_normal((20, D)), np.zeros(20, int), "one class"),
        (np.zeros((20, D)), np.arange(20) % 3, "coincide"),
        (np.tile(np.random.default_rng(0).standard_normal((10, D)), (2, 1)), np.repeat([0, 1], 10), "coincide"),
    ],
)
def test_where_no_class_differs_it_says_so(codes, labels, why):
    with pytest.raises(NoPlane, match=why):
        lda_plane(codes.astype(np.float32), labels)


def test_three_points_lie_in_their_plane_at_their_true_distances():
    corners = np.random.default_rng(3).standard_normal((3, D)).astype(np.float32)
    plane = points_plane(corners)
    points = plane.project(corners)
    off = corners - plane.origin - points @ plane.axes
    np.testing.assert_allclose(off, 0, atol=1e-5)
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert np.linalg.norm(points[a] - points[b]) == pytest.approx(np.linalg.norm(corners[a] - corners[b]), rel=1e-5)
    np.testing.assert_allclose(points.mean(axis=0), 0, atol=1e-5)


def test_from_the_first_of_three_points_to_the_second_is_to_the_right_and_the_third_is_above():
    for seed in range(8):
        corners = np.random.default_rng(seed).standard_normal((3, D)).astype(np.float32)
        first, second, third = points_plane(corners).project(corners)
        assert second[0] > first[0]
        assert second[1] == pytest.approx(first[1], abs=1e-5)
        assert third[1] > first[1]


def test_three_points_on_a_line_are_refused_with_the_reason():
    a, b = np.random.default_rng(3).standard_normal((2, D)).astype(np.float32)
    with pytest.raises(NoPlane, match="on one line"):
        points_plane(np.stack([a, b, a + 3 * (b - a)]))
    with pytest.raises(NoPlane, match="same code"):
        points_plane(np.stack([a, b, b]))
    with pytest.raises(NoPlane, match="same code"):
        points_plane(np.stack([a, a, a]))


def test_the_numbers_of_switches_have_no_part_in_a_plane():
    rng = np.random.default_rng(0)
    codes = rng.standard_normal((60, 7)).astype(np.float32)
    labels = np.arange(60) % 3
    codes[:, 4:] = 10 * np.eye(3)[labels]  # the class itself: what would separate best
    for plane in (lda_plane(codes, labels, dim=4), points_plane(codes[:3], dim=4)):
        assert not plane.axes[:, 4:].any()
        assert not plane.origin[4:].any()


def test_the_kl_plane_shows_the_two_largest():
    plane = kl_plane(np.array([0.1, 3.0, 0.0, 0.5, 2.0], np.float32), 5)
    assert plane.dimensions == (1, 4)
    assert plane.labels == ("z₂", "z₅")


def test_a_dimension_that_stays_in_the_kl_plane_stays_on_its_axis():
    before = dimension_plane(5, 1, 4)
    assert kl_plane(np.array([0, 2.0, 0, 0, 3.0], np.float32), 5, before).dimensions == (1, 4)  # they change places
    assert kl_plane(np.array([0, 2.0, 3.0, 0, 1.0], np.float32), 5, before).dimensions == (1, 2)  # z5 leaves for z3
    assert kl_plane(np.array([0, 1.0, 3.0, 0, 2.0], np.float32), 5, before).dimensions == (2, 4)
    assert kl_plane(np.array([0, 1.0, 2.0, 0, 3.0], np.float32), 5, before).dimensions == (2, 4)


@pytest.mark.parametrize("kind", ["pca", "lda", "points"])
def test_from_look_to_look_a_fitted_plane_glides(kind, classes):
    """A rotation of the codes' space and a change of every sign that a decomposition is free to choose."""
    codes, labels = classes
    first = fit_plane(kind, Known(codes, labels, D, images=(0, 1, 2)))
    turned = fit_plane(kind, Known(codes, labels, D, images=(2, 0, 1)), first)
    np.testing.assert_allclose(turned.axes, first.axes, atol=1e-4)
    quarter = LatentPlane(first.origin, np.stack([-first.axes[1], first.axes[0]]), ("", ""))
    np.testing.assert_allclose(
        fit_plane(kind, Known(codes, labels, D, None, (0, 1, 2)), quarter).axes, quarter.axes, atol=1e-4
    )
    moved = codes + 0.01 * np.random.default_rng(5).standard_normal(codes.shape).astype(np.float32)
    next_one = fit_plane(kind, Known(moved, labels, D, images=(2, 1, 0)), first)
    assert np.abs(next_one.axes - first.axes).max() < 0.05
    assert is_orthonormal(next_one)


@pytest.mark.parametrize("kind", FITTED)
def test_what_cannot_be_fitted_says_why(kind, classes):
    codes, labels = classes
    with pytest.raises(NoPlane, match="no codes"):
        fit_plane(kind, Known(codes[:0], labels, D))
    with pytest.raises(NoPlane, match="bounds"):
        fit_plane(kind, Known(np.full_like(codes, np.nan), labels, D))
    poor = Known(codes, np.zeros_like(labels), D)
    if kind != "pca":
        assert why_no_plane(kind, poor)
        with pytest.raises(NoPlane):
            fit_plane(kind, poor)
    rich = Known(codes, labels, D, np.ones(D, np.float32), (3, 4, 5))
    assert why_no_plane(kind, rich) == ""


@pytest.mark.parametrize("kind", FITTED)
def test_a_code_of_one_number_has_a_line_whatever_is_chosen(kind):
    codes = np.arange(9, dtype=np.float32)[:, None]
    plane = fit_plane(kind, Known(codes, np.arange(9) % 3, 1, np.ones(1, np.float32), (0, 1, 2)))
    np.testing.assert_array_equal(plane.axes, [[1], [0]])
