import numpy as np
import pytest

from ae_studio.latent.measured import About, Measured
from ae_studio.runs.comparing import (
    best_of,
    curve,
    metric_rows,
    same_scale,
    setting_rows,
    term_names,
    time_of_epochs,
    warnings,
)
from ae_studio.training.live import Change
from tests.gui.compared_runs import compared

MSE = About("mse", "MSE", "", "How far off", "lower", "")
KL = About("kl", "KL", "nats", "The rate", "neither", "")


def differing(*runs):
    return {row.name: row.cells for row in setting_rows(runs) if row.differs}


def test_of_equal_runs_no_setting_differs():
    assert differing(compared("a"), compared("b")) == {}


def test_general_settings_and_the_familys_own_are_told_apart():
    one = compared("a", model="beta-vae", own={"beta": 1.0})
    other = compared("b", model="beta-vae", own={"beta": 16.0}, config={"batch_size": 64})
    assert differing(one, other) == {"batch_size": ("32 images", "64 images"), "beta": ("1", "16")}


def test_a_setting_that_another_family_does_not_have_is_a_dash():
    cells = differing(compared("a", model="beta-vae"), compared("b", model="linear"))
    assert cells["model"] == ("beta-vae", "linear")
    assert cells["beta"][1] == "–"


def test_what_was_changed_while_it_trained_stands_behind_the_first_value():
    changes = (Change(1200, {"beta": 8.0}), Change(2000, {"lr": 0.01}))
    cells = differing(compared("a", model="beta-vae", changes=changes), compared("b", model="beta-vae"))
    assert cells["beta"] == ("4 → 8 (step 1,200)", "4")
    assert cells["lr"][0].endswith("→ 0.01 (step 2,000)")


def test_the_run_that_it_goes_on_from_is_told_where_there_is_one():
    assert differing(compared("a", parent="old, epoch 3"), compared("b"))["parent"] == ("old, epoch 3", "–")


def test_the_loss_is_the_first_of_the_terms():
    assert term_names([compared(), compared()]) == ("loss", "kl")


def test_curves_over_epochs_are_the_numbers_of_the_history():
    run = compared(losses=(30.0, 20.0, 10.0))
    validation, train = curve(run, "loss", "validation"), curve(run, "loss", "train")
    assert (validation.x.tolist(), validation.y.tolist()) == ([0, 1, 2], [30, 20, 10])
    assert (train.x.tolist(), train.y.tolist()) == ([1, 2], [19, 9])
    steps = curve(run, "loss", "batch")
    np.testing.assert_allclose(steps.x, np.arange(1, 9) / 4)
    assert steps.y.tolist() == [18] * 4 + [8] * 4


def test_over_seconds_an_epoch_ends_when_all_until_it_have_passed():
    run = compared(losses=(4.0, 3.0, 2.0, 1.0), seconds={1: 2.0, 2: 4.0, 3: 1.0})
    assert curve(run, "loss", "validation", seconds=True).x.tolist() == [0, 2, 6, 7]
    assert curve(run, "loss", "batch", seconds=True).x[[1, 3, 5]].tolist() == [1, 2, 4]  # within an epoch, evenly


@pytest.mark.parametrize(
    ("seconds", "reason"), [({}, "before the time of its epochs was kept"), ({1: 1.0, 3: 1.0}, "time of epoch 2")]
)
def test_a_run_without_its_times_says_so(seconds, reason):
    run = compared(losses=(4.0, 3.0, 2.0, 1.0), seconds=seconds)
    assert reason in time_of_epochs(run)[1]
    assert reason in curve(run, "loss", "validation", seconds=True).reason


def test_a_term_that_is_not_there_is_said():
    assert curve(compared(), "tc", "train").reason == "has no tc in train"


def test_losses_of_different_units_are_not_on_one_scale_but_kl_is():
    runs = [compared("a"), compared("b", unit="squared error per image")]
    assert not same_scale(runs, "loss")
    assert same_scale(runs, "kl")
    assert "different units (A in nats per image, B in squared error per image)" in warnings(runs)[0]


def test_different_data_and_different_weights_are_warned_of():
    assert "different data sets (A from digits, B from mnist)" in warnings([compared(), compared(data="mnist")])[0]
    weighed = [compared(model="beta-vae", own={"beta": beta}) for beta in (1.0, 4.0)]
    assert warnings(weighed) == ("Their losses are made in different ways: compare the terms, not the losses.",)
    assert warnings([compared(), compared(config={"lr": 0.5})]) == ()


def test_the_best_of_a_row_follows_the_metrics_direction():
    assert best_of(MSE, [0.3, 0.1, None]) == {1}
    assert best_of(MSE, [0.1, 0.1, 0.2]) == {0, 1}
    assert best_of(KL, [1.0, 2.0]) == set()
    assert best_of(MSE, [0.3, None]) == set()
    assert best_of(MSE, [0.3, 0.3]) == set()


def test_metrics_that_only_some_runs_have_get_a_row():
    rows = metric_rows([[Measured(MSE, 0.2)], [], [Measured(MSE, 0.1), Measured(KL, 3.0)]])
    assert [row.about.name for row in rows] == ["mse", "kl"]
    assert rows[0].best == {2}
    assert [each is None for each in rows[1].found] == [True, True, False]
