import numpy as np
import pytest

from ae_studio.gui.pyramid import Pyramid


def grown(values, seed=0):
    """Made of parts of many sizes, as steps come."""
    rng, pyramid, start = np.random.default_rng(seed), Pyramid(), 0
    while start < len(values):
        size = int(rng.integers(1, 3000))
        pyramid.extend(values[start : start + size])
        start += size
    return pyramid


def check(pyramid, values, starts, stops):
    found = pyramid.over(starts, stops)
    for place, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        part = values[start:stop]
        assert found.count[place] == len(part)
        if len(part):
            assert found.low[place] == part.min()
            assert found.high[place] == part.max()
            assert found.mean[place] == pytest.approx(part.mean(dtype=np.float64), abs=1e-6)
        else:
            assert np.isnan([found.low[place], found.high[place], found.mean[place]]).all()


@pytest.mark.parametrize("count", [1, 15, 16, 17, 255, 4096, 100_003])
def test_any_stretch_has_the_very_least_largest_and_mean(count):
    rng = np.random.default_rng(count)
    values = rng.normal(size=count).astype(np.float32)
    pyramid = grown(values)
    starts = rng.integers(0, count, 400)
    stops = np.minimum(count, starts + rng.integers(0, 1 + count // rng.integers(1, 40, 400)))
    check(pyramid, values, starts, stops)


def test_the_columns_of_any_window_are_right():
    rng = np.random.default_rng(1)
    values = np.cumsum(rng.normal(size=300_000)).astype(np.float32)
    pyramid = grown(values)
    for _ in range(20):
        low, high = np.sort(rng.integers(0, len(values), 2))
        edges = np.linspace(low, high, int(rng.integers(2, 900))).astype(np.int64)
        found = pyramid.over(edges[:-1], edges[1:])
        full = edges[1:] > edges[:-1]
        np.testing.assert_array_equal(found.low[full], np.minimum.reduceat(values[:high], edges[:-1])[full])
        np.testing.assert_array_equal(found.high[full], np.maximum.reduceat(values[:high], edges[:-1])[full])
        assert np.isnan(found.low[~full]).all()


def test_a_spike_is_found_wherever_it_is():
    values = np.zeros(70_000, dtype=np.float32)
    for place in (0, 15, 16, 4095, 4096, 65_535, 65_536, 69_999):
        spiked = values.copy()
        spiked[place] = 9
        edges = np.linspace(0, len(values), 101).astype(np.int64)
        assert np.nanmax(grown(spiked).over(edges[:-1], edges[1:]).high) == 9


def test_what_was_cut_off_is_forgotten_at_every_level():
    values = np.arange(10_000, dtype=np.float32)
    pyramid = grown(values)
    pyramid.truncate(5000)
    pyramid.extend(-values[:3000])
    expected = np.concatenate([values[:5000], -values[:3000]])
    check(pyramid, expected, np.array([0, 4000, 4990]), np.array([8000, 6000, 5010]))


def test_what_is_not_finite_counts_as_missing():
    values = np.ones(1000, dtype=np.float32)
    values[[3, 40]] = np.nan, np.inf
    values[512:768] = np.nan
    found = grown(values).over(np.array([0, 512, 600]), np.array([64, 768, 900]))
    assert found.low[0] == found.high[0] == found.mean[0] == 1
    assert np.isnan(found.low[1])
    assert found.count[1] == 0
    assert found.mean[2] == 1


def test_a_negative_factor_turns_the_least_into_the_largest():
    found = grown(np.arange(10, dtype=np.float32)).over(np.array([2]), np.array([5])).scaled(-2)
    assert (found.low[0], found.high[0], found.mean[0]) == (-8, -4, -6)
