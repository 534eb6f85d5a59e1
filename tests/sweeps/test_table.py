"""The table of a sweep of two settings, against means that are computed from the losses alone."""

import statistics

import numpy as np
import pytest

from ae_studio.sweeps.summary import points, read_summary
from ae_studio.sweeps.table import table_of
from tests.sweeps.kept_runs import keep_run

TAG = "sweep latent_dim+lr 2026-11-29 10-00"
DIMS, RATES = (2, 8, 32), (0.001, 0.01)
MISSING = {(32, 0.01)}


def keep_all(root, tag=TAG, name="latent_dim", values=DIMS):
    """Two or three seeds at each place but one; returns the losses by place."""
    random = np.random.default_rng(0)
    losses = {}
    for value in reversed(values):
        for rate in RATES:
            if (value, rate) in MISSING:
                continue
            losses[value, rate] = [round(float(loss), 3) for loss in random.uniform(20, 40, 2 + (rate == 0.001))]
            for seed, loss in enumerate(losses[value, rate]):
                own = {name: value} if name == "latent_dim" else {"settings": {name: value}}
                keep_run(root, f"{value}-{rate}-{seed}", tag, [90, loss], lr=rate, seed=seed, **own)
    return losses


def test_the_means_stand_at_their_values_and_where_no_run_is_there_is_no_number(tmp_path):
    losses = keep_all(tmp_path)
    table = table_of(read_summary(TAG, tmp_path), "loss")
    assert (table.columns.values, table.row_values, table.shape) == (DIMS, RATES, (2, 3))
    for row, rate in enumerate(RATES):
        for column, dim in enumerate(DIMS):
            here = losses.get((dim, rate), [])
            assert table.count[row, column] == len(here)
            if not here:
                assert np.isnan([table.mean[row, column], table.sd[row, column]]).all()
                assert table.points[row][column] is None
                continue
            assert table.mean[row, column] == pytest.approx(sum(here) / len(here))
            assert table.sd[row, column] == pytest.approx(statistics.stdev(here))
            assert sorted(table.points[row][column].values) == sorted(here)


def test_the_best_is_the_smallest_mean_and_the_range_that_of_the_means(tmp_path):
    losses = keep_all(tmp_path)
    means = {place: sum(each) / len(each) for place, each in losses.items()}
    table = table_of(read_summary(TAG, tmp_path), "loss")
    dim, rate = min(means, key=means.get)
    assert table.best == (RATES.index(rate), DIMS.index(dim))
    assert table.range == pytest.approx((min(means.values()), max(means.values())))


def test_of_losses_that_mean_different_things_none_is_the_best_but_of_their_errors_one_is(tmp_path):
    keep_all(tmp_path, "sweep beta+lr x", "beta", (1, 4))
    summary = read_summary("sweep beta+lr x", tmp_path)
    assert table_of(summary, "loss").best is None
    assert table_of(summary, "mse_per_pixel").best is not None


def test_a_setting_that_some_runs_do_not_have_gets_a_row_for_those_without_it(tmp_path):
    for number, (model, settings) in enumerate([("vae", {"beta": 1}), ("vae", {"beta": 4}), ("deep", {})]):
        keep_run(tmp_path, f"r{number}", "sweep model+beta x", [9, number], model=model, settings=settings)
    table = table_of(read_summary("sweep model+beta x", tmp_path), "mse_per_pixel")
    assert (table.columns.values, table.row_values) == (("vae", "deep"), (1, 4, None))
    assert table.count.tolist() == [[1, 0], [1, 0], [0, 1]]


def test_a_term_that_no_run_has_leaves_the_table_empty(tmp_path):
    keep_all(tmp_path)
    table = table_of(read_summary(TAG, tmp_path), "nothing")
    assert table.count.sum() == 0
    assert table.best is None


def test_one_setting_makes_no_table(tmp_path):
    for dim in DIMS:
        keep_run(tmp_path, f"r{dim}", "dims", [9, dim], latent_dim=dim)
    assert table_of(read_summary("dims", tmp_path), "loss") is None


def test_of_several_seeds_the_run_nearest_to_the_mean_stands_for_them(tmp_path):
    for seed, loss in ((3, 30), (7, 34), (5, 41)):
        keep_run(tmp_path, f"s{seed}", "sweep lr x", [90, loss], lr=0.1, seed=seed)
    keep_run(tmp_path, "other", "sweep lr x", [90, 1], lr=0.2)
    [point] = [each for each in points(read_summary("sweep lr x", tmp_path), "loss") if each.x == 0.1]
    assert point.runs[point.nearest].folder == "s7"  # the mean is 35


def test_two_runs_are_as_near_to_their_mean_and_the_smaller_seed_is_taken(tmp_path):
    for seed, loss in ((1, 0.1), (0, 0.3)):
        keep_run(tmp_path, f"s{seed}", "sweep lr x", [90, loss], lr=0.1, seed=seed)
    keep_run(tmp_path, "other", "sweep lr x", [90, 1], lr=0.2)
    [point] = [each for each in points(read_summary("sweep lr x", tmp_path), "loss") if each.x == 0.1]
    assert point.runs[point.nearest].folder == "s0"
