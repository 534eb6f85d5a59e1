import numpy as np
import pytest

from ae_studio.gui.loss_data import LossData
from ae_studio.runs.history import History


def weighted(data, name):
    return data.weighted(name).values(slice(None))


def test_the_loss_comes_first_among_the_terms():
    data = LossData()
    data.add_epoch(0, "validation", {"kl": 1.0, "loss": 2.0, "mse": 3.0})
    assert data.names == ["loss", "kl", "mse"]


def test_a_term_that_comes_later_stands_on_its_own_steps():
    data = LossData()
    data.add_steps([1, 2], {"loss": [4.0, 3.0]})
    data.add_steps([3], {"loss": [2.0], "kl": [1.0]})
    np.testing.assert_array_equal(data.series("kl").values(slice(None)), [np.nan, np.nan, 1])
    assert data.series("mmd") is None


def test_a_run_that_was_taken_back_forgets_what_came_after():
    data = LossData(steps_per_epoch=10)
    data.add_steps(np.arange(1, 101), {"loss": np.arange(1.0, 101.0)}, {"loss": (1.0, 1.0)})
    data.add_steps(np.arange(41, 51), {"loss": np.zeros(10)}, {"loss": (2.0, 2.0)})
    np.testing.assert_array_equal(data.steps, np.arange(1, 51))
    np.testing.assert_array_equal(data.series("loss").values(slice(38, None)), [39, 40, *[0] * 10])
    assert data.weights["loss"].at([40, 41]).tolist() == [1.0, 2.0]


def test_weighted_terms_are_each_step_times_its_weight_on_a_line_between_those_told():
    data = LossData(steps_per_epoch=10)
    rng = np.random.default_rng(0)
    kl = rng.random(30).astype(np.float32)
    data.add_steps(np.arange(1, 11), {"kl": kl[:10]}, {"kl": (0.0, 0.9)})
    np.testing.assert_allclose(weighted(data, "kl"), kl[:10] * np.arange(10) / 10, rtol=1e-6)
    data.add_steps(np.arange(11, 21), {"kl": kl[10:20]}, {"kl": (0.9, 0.9)})
    data.add_steps(np.arange(21, 31), {"kl": kl[20:]}, {"kl": (4.0, 4.0)})  # changed by hand
    expected = [*np.arange(10) / 10, *[0.9] * 10, *[4.0] * 10]
    np.testing.assert_allclose(weighted(data, "kl"), kl * expected, rtol=1e-6)
    np.testing.assert_allclose(
        data.weighted("kl").over(np.array([8]), np.array([25])).high, (kl * expected)[8:25].max()
    )


def test_a_weight_that_never_changes_costs_no_memory_of_its_own():
    data = LossData()
    data.add_steps([1, 2, 3], {"mmd": [1.0, 5.0, 3.0]}, {"mmd": (-2.0, -2.0)})
    assert data.weighted("mmd").pyramid is data.terms["mmd"]
    found = data.weighted("mmd").over(np.array([0]), np.array([3]))
    assert (found.low[0], found.high[0], found.mean[0]) == (-10, -2, -6)


@pytest.mark.parametrize("seen_first", [True, False])
def test_it_makes_no_difference_when_the_weighted_terms_are_looked_at(seen_first):
    data = LossData(steps_per_epoch=5)
    for first in range(1, 101, 5):
        weight = (first / 100, (first + 4) / 100)
        data.add_steps(np.arange(first, first + 5), {"kl": np.full(5, 2.0)}, {"kl": weight})
        if seen_first:
            data.weighted("kl")
    np.testing.assert_allclose(weighted(data, "kl"), 2 * np.arange(1, 101) / 100, rtol=1e-6)


def test_an_epochs_weight_is_the_mean_over_its_steps_and_in_validation_that_of_the_last():
    data = LossData(steps_per_epoch=4)
    data.add_steps(np.arange(1, 9), {"kl": np.ones(8)}, {"kl": (0.0, 0.7)})
    assert data.mean_weight("kl", 2, "train") == pytest.approx(np.mean([0.4, 0.5, 0.6, 0.7]))
    assert data.mean_weight("kl", 2, "validation") == pytest.approx(0.7)
    assert data.mean_weight("kl", 0, "validation") == 0.0  # before training: the first value


def test_a_history_is_taken_over_with_its_weights():
    history = History(
        np.arange(1, 5),
        {"loss": np.array([8.0, 7.0, 6.0, 5.0])},
        {1: {"loss": 6.0, "lr": 1e-3}},
        {0: {"loss": 9.0}},
        2,
        weights={"loss": (np.array([1, 4]), np.array([0.0, 3.0]))},
    )
    data = LossData.of(history)
    assert data.names == ["loss"]
    assert data.epochs["train"] == {1: {"loss": 6.0}}
    np.testing.assert_allclose(weighted(data, "loss"), [0, 7, 12, 15])


def test_steps_that_a_damaged_history_tells_twice_are_taken_once():
    history = History(np.array([1, 2, 2, 1, 3]), {"loss": np.arange(5.0)}, steps_per_epoch=2)
    data = LossData.of(history)
    np.testing.assert_array_equal(data.steps, [1, 2, 3])
    np.testing.assert_array_equal(data.series("loss").values(slice(None)), [0, 1, 4])


def test_an_epoch_that_did_not_come_to_its_end_counts():
    data = LossData(10)
    assert data.last_epoch == 1
    data.add_epoch(2, "validation", {"loss": 1.0})
    assert data.last_epoch == 2
    data.add_steps(range(1, 21), {"loss": [1.0] * 20})
    assert data.last_epoch == 2
    data.add_steps([21], {"loss": [1.0]})
    assert data.last_epoch == 3
