import numpy as np
import pytest

from ae_studio.gui.loss_data import GrowingArray, LossData, envelope

LOSS = [("loss", "batch"), ("loss", "train"), ("loss", "validation")]


def test_a_growing_array_keeps_every_value_in_order():
    array = GrowingArray()
    for start in range(0, 10_000, 7):
        array.extend(np.arange(start, min(start + 7, 10_000)))
    np.testing.assert_array_equal(array.values, np.arange(10_000))


def test_steps_are_drawn_over_epochs():
    data = LossData(steps_per_epoch=4)
    data.add_steps([1, 2, 3, 4], {"loss": [4.0, 3.0, 2.0, 1.0]})
    x, y = data.step_curve("loss", 100)
    np.testing.assert_array_equal(x, [0.25, 0.5, 0.75, 1.0])
    np.testing.assert_array_equal(y, [4, 3, 2, 1])
    assert [len(part) for part in data.step_curve("kl", 100)] == [0, 0]


def test_the_loss_comes_first_among_the_terms():
    data = LossData()
    data.add_epoch(0, "validation", {"kl": 1.0, "loss": 2.0, "mse": 3.0})
    assert data.names == ["loss", "kl", "mse"]


def test_epochs_come_in_order_and_those_without_the_term_are_left_out():
    data = LossData()
    for epoch, terms in ((2, {"loss": 2.0}), (0, {"loss": 5.0}), (1, {"kl": 1.0})):
        data.add_epoch(epoch, "validation", terms)
    x, y = data.epoch_curve("loss", "validation")
    np.testing.assert_array_equal(x, [0, 2])
    np.testing.assert_array_equal(y, [5, 2])


def test_many_steps_become_as_many_points_as_a_screen_can_show_and_no_spike_is_lost():
    x = np.arange(100_000) / 100
    y = np.zeros(100_000)
    y[54_321], y[77_777] = 9.0, -9.0
    shown_x, shown_y = envelope(x, y, 300)
    assert len(shown_x) == len(shown_y) == 600
    assert shown_y.max() == 9
    assert shown_y.min() == -9
    assert (np.diff(shown_x) >= 0).all()


def test_the_range_leaves_out_the_first_plunge():
    data = LossData(steps_per_epoch=1)
    for epoch, value in enumerate([500.0, 200.0, 190.0, 180.0]):
        data.add_epoch(epoch, "validation", {"loss": value})
    assert data.range_of(LOSS) == (180, 200)


def test_the_range_of_the_first_steps_is_there_before_an_epoch_is_done():
    data = LossData(steps_per_epoch=100)
    data.add_steps(np.arange(1, 51), {"loss": np.linspace(500, 200, 50)})
    low, high = data.range_of(LOSS)
    assert 200 <= low < high <= 500


@pytest.mark.parametrize("curves", [[], [("kl", "batch"), ("kl", "validation")]])
def test_nothing_has_no_range(curves):
    assert LossData().range_of(curves) is None


def test_the_range_is_that_of_the_curves_that_are_shown():
    data = LossData()
    data.add_epoch(1, "train", {"loss": 9.0})
    data.add_epoch(1, "validation", {"loss": 2.0})
    assert data.range_of([("loss", "validation")]) == (2, 2)


def test_infinite_values_do_not_widen_the_range():
    data = LossData()
    data.add_epoch(1, "validation", {"loss": 2.0})
    data.add_epoch(2, "validation", {"loss": float("inf")})
    data.add_epoch(3, "validation", {"loss": float("nan")})
    assert data.range_of(LOSS) == (2, 2)
