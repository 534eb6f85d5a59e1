import numpy as np
import pytest

from ae_studio.gui.nearest_point import PLAIN_UP_TO, NearestPoint

MANY = PLAIN_UP_TO + 10_000


def clouds():
    rng = np.random.default_rng(0)
    yield "few", rng.normal(size=(500, 2))
    yield "many", rng.normal(size=(MANY, 2))
    heavy = rng.standard_cauchy(size=(MANY, 2))
    yield "with some very far away", heavy
    clusters = rng.normal(size=(20, 2))[rng.integers(0, 20, MANY)] + 1e-3 * rng.normal(size=(MANY, 2))
    yield "in tight heaps", clusters
    yield "on a line", np.stack([rng.normal(size=MANY), np.zeros(MANY)], axis=1)
    yield "at one place", np.ones((MANY, 2))


CLOUDS = {name: points.astype(np.float32) for name, points in clouds()}


@pytest.mark.parametrize("name", CLOUDS)
@pytest.mark.parametrize("reach", [0.02, 0.3, 20.0])
def test_the_nearest_is_found_as_by_comparing_all(name, reach):
    points = CLOUDS[name]
    rng = np.random.default_rng(1)
    shown = rng.random(len(points)) < 0.3
    index = NearestPoint(points)
    places = np.concatenate([rng.normal(size=(20, 2)), points[rng.integers(0, len(points), 20)] + 0.01, [[9, -9]]])
    for x, y in places.astype(np.float32):
        for mask in (None, shown):
            distances = np.hypot(*(points.astype(np.float64) - (x, y)).T)
            if mask is not None:
                distances[~mask] = np.inf
            found = index.nearest(float(x), float(y), reach, mask)
            if found is None:
                assert distances.min() > reach * 0.9999
            else:
                assert distances[found] == pytest.approx(distances.min(), rel=1e-4, abs=1e-6)
                assert distances[found] <= reach * 1.0001


@pytest.mark.parametrize("count", [5, MANY])
def test_what_is_hidden_is_never_found(count):
    points = np.random.default_rng(0).normal(size=(count, 2)).astype(np.float32)
    index = NearestPoint(points)
    assert index.nearest(*map(float, points[3]), 10.0) == 3
    shown = np.ones(count, dtype=bool)
    shown[3] = False
    assert index.nearest(*map(float, points[3]), 10.0, shown) != 3
    assert index.nearest(*map(float, points[3]), 10.0, np.zeros(count, dtype=bool)) is None


def test_of_no_points_none_is_near():
    assert NearestPoint(np.zeros((0, 2), dtype=np.float32)).nearest(0, 0, 10) is None
