import numpy as np
import pytest

from ae_studio.gui.smoothing import smoothed


def directly(mean, count, sigma):
    """The same sums, one column after the other."""
    reach, result = int(np.ceil(3 * sigma)), np.full(len(mean), np.nan)
    for place in range(len(mean)):
        near = [k for k in range(max(0, place - reach), min(len(mean), place + reach + 1)) if count[k]]
        weights = [count[k] * np.exp(-0.5 * ((k - place) / sigma) ** 2) for k in near]
        if near:
            result[place] = np.dot(weights, mean[near]) / sum(weights)
    return result


@pytest.mark.parametrize("sigma", [0.4, 2.0, 11.5])
def test_it_is_the_convolution_with_a_gaussian(sigma):
    rng = np.random.default_rng(0)
    mean, count = rng.normal(size=200), rng.integers(0, 5, 200).astype(float)
    mean[count == 0] = np.nan
    np.testing.assert_allclose(smoothed(mean, count, sigma), directly(mean, count, sigma), rtol=1e-9)


def test_nothing_moves_in_time():
    mean = np.zeros(201)
    mean[100] = 1
    line = smoothed(mean, np.ones(201), 7.0)
    np.testing.assert_allclose(line, line[::-1])
    assert line.argmax() == 100


def test_a_constant_stays_one_up_to_both_ends():
    np.testing.assert_allclose(smoothed(np.full(50, 3.0), np.ones(50), 9.0), 3.0)


def test_a_slope_stays_where_it_was():
    line = smoothed(np.arange(200.0), np.ones(200), 5.0)
    np.testing.assert_allclose(line[20:-20], np.arange(200.0)[20:-20], atol=1e-9)


def test_far_from_everything_there_is_nothing():
    count = np.zeros(100)
    count[0] = 1
    line = smoothed(np.where(count > 0, 1.0, np.nan), count, 2.0)
    assert line[0] == 1
    assert np.isnan(line[50])


def test_no_columns_give_no_line():
    assert len(smoothed(np.zeros(0), np.zeros(0), 2.0)) == 0
