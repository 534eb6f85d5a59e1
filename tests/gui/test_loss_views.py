import numpy as np
import pytest

from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_views import LossView, MseView, WeightedView, why_not

LOSS = [("loss", "batch"), ("loss", "train"), ("loss", "validation")]


def view(**epochs):
    data = LossData()
    for split, rows in epochs.items():
        for epoch, value in enumerate(rows):
            data.add_epoch(epoch, split, {"loss": value})
    return LossView(data)


def test_epochs_come_in_order_and_those_without_the_term_are_left_out():
    data = LossData()
    for epoch, terms in ((2, {"loss": 2.0}), (0, {"loss": 5.0}), (1, {"kl": 1.0})):
        data.add_epoch(epoch, "validation", terms)
    x, y = LossView(data).epoch_curve("loss", "validation")
    np.testing.assert_array_equal(x, [0, 2])
    np.testing.assert_array_equal(y, [5, 2])


def test_the_range_leaves_out_the_first_plunge():
    assert view(validation=[500.0, 200.0, 190.0, 180.0]).range_of(LOSS) == (180, 200)


def test_the_range_of_the_first_steps_is_there_before_an_epoch_is_done():
    data = LossData(steps_per_epoch=100)
    data.add_steps(np.arange(1, 51), {"loss": np.linspace(500, 200, 50)})
    low, high = LossView(data).range_of(LOSS)
    assert 200 <= low < high <= 500


@pytest.mark.parametrize("curves", [[], [("kl", "batch"), ("kl", "validation")]])
def test_nothing_has_no_range(curves):
    assert view().range_of(curves) is None


def test_the_range_is_that_of_the_curves_that_are_shown():
    data = LossData()
    data.add_epoch(1, "train", {"loss": 9.0})
    data.add_epoch(1, "validation", {"loss": 2.0})
    assert LossView(data).range_of([("loss", "validation")]) == (2, 2)


def test_infinite_values_do_not_widen_the_range():
    assert view(validation=[9.0, 2.0, float("inf"), float("nan")]).range_of(LOSS) == (2, 2)


def test_the_weighted_parts_of_an_epoch_add_up_to_its_loss():
    """A warm-up: each step's loss is its parts' sum, and the KL stays the same, so that the means add up too."""
    data = LossData(steps_per_epoch=10)
    for epoch in (1, 2):
        steps = np.arange(10 * epoch - 9, 10 * epoch + 1)
        weight = (steps - 1) / 10
        loss = 60.0 + 5 * weight
        terms = {"loss": loss, "reconstruction": np.full(10, 60.0), "kl": np.full(10, 5.0)}
        data.add_steps(steps, terms, {"reconstruction": (1.0, 1.0), "kl": (weight[0], weight[-1])})
        data.add_epoch(epoch, "train", {name: float(np.mean(values)) for name, values in terms.items()})
    weighted = WeightedView(data)
    assert weighted.names == ["loss", "reconstruction", "kl"]
    parts = [weighted.epoch_curve(name, "train")[1] for name in ("reconstruction", "kl")]
    np.testing.assert_allclose(sum(parts), weighted.epoch_curve("loss", "train")[1])
    by_step = [weighted.series(name).values(slice(None)) for name in ("reconstruction", "kl", "loss")]
    np.testing.assert_allclose(by_step[0] + by_step[1], by_step[2], rtol=1e-6)


@pytest.mark.parametrize(("unit", "trained"), [("squared error per pixel", True), ("squared error per image", False)])
def test_the_error_per_pixel_is_trained_where_the_loss_is_that(unit, trained):
    data = LossData()
    data.add_epoch(1, "train", {"loss": 0.2})
    data.add_epoch(1, "validation", {"loss": 0.3, "mse_per_pixel": 0.3})
    mse = MseView(data, unit)
    assert len(mse.epoch_curve("mse_per_pixel", "train")[0]) == trained
    assert mse.epoch_curve("mse_per_pixel", "validation")[1].tolist() == [0.3]


def test_what_cannot_be_drawn_says_why():
    data = LossData()
    assert why_not("weighted", data) == ""  # nothing is known yet
    data.add_epoch(1, "train", {"loss": 0.2, "kl": 1.0})
    assert "weighted sum" in why_not("weighted", data)
    assert "validated" in why_not("mse", data)
    data.add_steps([1], {"loss": [1.0]}, {"other": (1.0, 1.0)})  # of a damaged file: a term that is not there
    assert why_not("weighted", data) != ""
