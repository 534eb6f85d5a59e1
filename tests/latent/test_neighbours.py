import time

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from ae_studio.events import LatentSpace
from ae_studio.latent.geometry import distances_from
from ae_studio.latent.neighbours import as_points, nearest_codes, nearest_points, neighbours_of

FLAT = LatentSpace(3)


@pytest.fixture
def random():
    return np.random.default_rng(0)


def images_of(random, count, shape=(8, 8)):
    return random.integers(0, 256, (count, *shape)).astype(np.uint8)


@pytest.mark.parametrize("shape", [(8, 8), (28, 28), (8, 8, 3)])
@pytest.mark.parametrize("k", [1, 10])
def test_the_nearest_images_are_scikit_learns(random, shape, k):
    points = as_points(images_of(random, 300, shape))
    distances, indices = (
        NearestNeighbors(n_neighbors=k, algorithm="brute").fit(points.astype(float)).kneighbors(points[:20])
    )
    for row in range(20):
        found = nearest_points(points[row], points, k)
        assert found.indices.tolist() == indices[row].tolist()
        assert np.allclose(found.distances, distances[row], atol=1e-5)
        assert found.distances[0] == 0


def test_an_image_is_not_its_own_neighbour_but_its_twin_is(random):
    points = as_points(images_of(random, 50))
    points[31] = points[7]
    assert nearest_points(points[7], points, 3).indices[:2].tolist() == [7, 31]  # of equals the first
    found = nearest_points(points[7], points, 3, itself=7)
    assert found.indices[0] == 31
    assert found.distances[0] == 0
    assert 7 not in found.indices


def test_what_rounding_would_exchange_is_in_the_right_order():
    """Far from the origin the product of matrices knows of no difference below 100."""
    points = (3e5 + np.arange(40, dtype=np.float32)[::-1, None]) * np.ones((1, 2), dtype=np.float32)
    rough = (points**2).sum(1) - 2 * points @ points[20] + (points[20] ** 2).sum()
    assert np.argsort(rough, kind="stable")[:5].tolist() != [20, 19, 21, 18, 22]
    found = nearest_points(points[20], points, 5)
    assert found.indices.tolist() == [20, 19, 21, 18, 22]
    assert found.distances[1] == pytest.approx(np.sqrt(2))


@pytest.mark.parametrize(("count", "itself"), [(0, None), (1, None), (1, 0), (5, None), (5, 4)])
def test_there_are_never_more_neighbours_than_others(random, count, itself):
    images, codes = images_of(random, count), random.normal(size=(count, 3)).astype(np.float32)
    found = neighbours_of(images_of(random, 1)[0], np.zeros(3, np.float32), images, codes, FLAT, 20, itself)
    expected = count - (itself is not None)
    assert len(found.pixels.indices) == len(found.codes.indices) == expected


def test_codes_in_a_ball_are_ranked_by_its_own_distance():
    """At the same Euclidean distance the one nearer to the rim is farther."""
    space = LatentSpace(2, kind="ball")
    codes = np.array([[0.9, 0], [0.5, 0], [0.7, 0]], dtype=np.float32)
    found = nearest_codes(codes[2], codes, space, 2, itself=2)
    assert found.indices.tolist() == [1, 0]
    assert found.distances.tolist() == pytest.approx(distances_from(codes[2], codes, space)[[1, 0]].tolist())
    assert found.distances[0] == pytest.approx(2 * (np.arctanh(0.7) - np.arctanh(0.5)), abs=1e-5)


def test_how_many_both_lists_share_is_said():
    """Images in a line, codes in the same line but for one that is thrown far away."""
    images = np.repeat(np.arange(0, 240, 20, dtype=np.uint8), 4).reshape(-1, 2, 2)
    codes = np.arange(12, dtype=np.float32)[:, None]
    codes[6] = 100
    found = neighbours_of(images[5], codes[5], images, codes, LatentSpace(1), 4, 5)
    assert set(found.pixels.indices) == {3, 4, 6, 7}
    assert set(found.codes.indices) == {3, 4, 7, 2}
    assert found.shared == {3, 4, 7}
    assert found.in_words() == "3 of 4 the same"


def test_two_thousand_images_take_less_than_twenty_milliseconds(random):
    images, codes = images_of(random, 2000, (28, 28)), random.normal(size=(2000, 3)).astype(np.float32)
    taken = []
    for _ in range(9):
        began = time.perf_counter()
        neighbours_of(images[0], codes[0], images, codes, FLAT, 20, 0)
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.02
