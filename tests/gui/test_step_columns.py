import numpy as np
import pytest

from ae_studio.gui.loss_data import LossData
from ae_studio.gui.step_columns import Columns, column_curve, envelope


def run(count, steps_per_epoch=100, seed=0):
    data = LossData(steps_per_epoch)
    values = np.random.default_rng(seed).normal(size=count).astype(np.float32)
    data.add_steps(np.arange(1, count + 1), {"loss": values})
    return data, values


def curve(data, columns, sigma=0.0):
    return column_curve(data.series("loss"), data.steps, data.steps_per_epoch, columns, sigma)


@pytest.mark.parametrize("seed", range(12))
def test_every_column_of_any_window_shows_the_least_and_the_largest_step_in_it(seed):
    data, values = run(50_000)
    rng = np.random.default_rng(seed)
    left, right = np.sort(rng.uniform(-50, 550, 2))
    columns = Columns(left, (right - left) / 400, 400)
    found = curve(data, columns)
    if found.single:
        return
    at = np.arange(1, len(values) + 1) / 100
    for place in range(400):
        low, high = left + place * columns.width, left + (place + 1) * columns.width
        inside = values[(at >= low) & (at < high)]
        assert (len(inside) == 0) == np.isnan(found.low[place])
        if len(inside):
            assert found.low[place] == inside.min()
            assert found.high[place] == inside.max()


def test_few_steps_are_drawn_one_by_one_and_on_to_those_outside():
    data, values = run(1000)
    found = curve(data, Columns(2.0, 0.01, 100))
    assert found.single
    np.testing.assert_allclose(found.x, np.arange(199, 301) / 100)
    np.testing.assert_array_equal(found.low, values[198:300])


@pytest.mark.parametrize("columns", [Columns(0.0, 0.02, 10), Columns(0.0, 0.001, 100)], ids=["columns", "single"])
def test_of_a_series_that_has_grown_since_only_the_given_steps_are_drawn(columns):
    data, values = run(4)
    steps = data.steps
    data.add_steps(np.arange(5, 9), {"loss": np.full(4, 9.0)})
    found = column_curve(data.series("loss"), steps, data.steps_per_epoch, columns)
    assert len(found.x) == len(found.low) == len(found.high)
    assert np.nanmax(found.high) == values.max()


def test_beside_all_steps_there_is_nothing_and_before_the_first_no_smooth_line():
    data, _ = run(1000)
    assert len(curve(data, Columns(50.0, 0.1, 100)).x) <= 1
    found = curve(data, Columns(-5.0, 0.1, 200), sigma=3.0)
    assert np.isnan(found.smooth[:49]).all()
    assert np.isfinite(found.smooth[51:149]).all()
    assert np.isnan(found.smooth[151:]).all()


def test_the_smooth_line_is_the_mean_of_the_steps_around_weighed_by_a_gaussian():
    data, values = run(40_000)
    columns = Columns(100.0, 0.25, 400)
    found = curve(data, columns, sigma=8.0)
    at = np.arange(1, len(values) + 1) / 100
    for place in (0, 17, 200, 399):
        distance = (at - columns.centres()[place]) / (8 * columns.width)
        weights = np.where(np.abs(distance) <= 3, np.exp(-0.5 * distance**2), 0)
        assert found.smooth[place] == pytest.approx(np.dot(weights, values) / weights.sum(), abs=1e-2)


def test_the_smooth_line_of_a_window_does_not_know_where_the_window_ends():
    data, _ = run(40_000)
    wide = curve(data, Columns(100.0, 0.25, 400), sigma=8.0).smooth
    narrow = curve(data, Columns(125.0, 0.25, 100), sigma=8.0).smooth
    np.testing.assert_allclose(wide[100:200], narrow)


def test_a_whole_curve_becomes_as_many_points_as_a_screen_can_show_and_no_spike_is_lost():
    x = np.arange(100_000) / 100
    y = np.zeros(100_000)
    y[54_321], y[77_777] = 9.0, -9.0
    shown_x, shown_y = envelope(x, y, 300)
    assert len(shown_x) == len(shown_y) == 600
    assert shown_y.max() == 9
    assert shown_y.min() == -9
    assert (np.diff(shown_x) >= 0).all()
