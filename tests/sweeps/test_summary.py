import numpy as np
import pytest

from ae_studio.sweeps.summary import best_of, points, read_summary, sweep_tags
from tests.sweeps.kept_runs import keep_run

TAG = "sweep beta 2026-11-29 10-00"


@pytest.fixture
def root(tmp_path):
    for number, (beta, seed, loss) in enumerate(
        [(1, 0, 30), (16, 0, 50), (4, 0, 40), (1, 1, 32), (4, 1, 41), (4, 2, 45)]
    ):
        keep_run(tmp_path, f"run{number}", TAG, [90, loss, 70], settings={"beta": beta}, seed=seed)
    keep_run(tmp_path, "other", "another tag", [1, 2], settings={"beta": 2})
    return tmp_path


def test_the_seeds_of_a_value_are_one_point_with_mean_and_spread(root):
    found = points(read_summary(TAG, root), "loss")
    assert [point.x for point in found] == [1, 4, 16]
    assert [point.mean for point in found] == pytest.approx([31, 42, 50])
    assert [point.sd for point in found] == pytest.approx([np.sqrt(2), np.std([40, 41, 45], ddof=1), 0])
    assert [[run.folder for run in point.runs] for point in found] == [
        ["run0", "run3"],
        ["run2", "run4", "run5"],
        ["run1"],
    ]
    assert best_of(found).x == 1


def test_every_term_is_that_of_the_epoch_with_the_smallest_loss(root):
    keep_run(root, "late", TAG, [90, 20, 25], mse=[0.5, 0.3, 0.1], settings={"beta": 64})
    assert points(read_summary(TAG, root), "mse_per_pixel")[-1].values == (0.3,)


def test_what_was_swept_is_what_the_runs_differ_in(root):
    [axis] = read_summary(TAG, root).axes
    assert (axis.name, axis.label, axis.values, axis.log) == ("beta", "KL weight β", (1, 4, 16), True)


def test_two_settings_give_a_series_for_each_value_of_the_second(tmp_path):
    for number, (lr, dim, loss) in enumerate([(0.1, 2, 5), (0.1, 8, 3), (0.01, 2, 6), (0.01, 8, 4)]):
        keep_run(tmp_path, f"run{number}", "sweep lr+latent_dim 2026", [9, loss], lr=lr, latent_dim=dim)
    summary = read_summary("sweep lr+latent_dim 2026", tmp_path)
    assert [axis.name for axis in summary.axes] == ["lr", "latent_dim"]
    found = [(point.series, point.x, point.mean) for point in points(summary, "loss")]
    assert found == [(2, 0.01, 6), (2, 0.1, 5), (8, 0.01, 4), (8, 0.1, 3)]


def test_what_follows_from_a_swept_family_is_no_axis_of_its_own(tmp_path):
    for model in ("vae", "beta-vae"):
        keep_run(tmp_path, model, "sweep model 2026", [9, 5], model=model)
    summary = read_summary("sweep model 2026", tmp_path)
    assert [axis.name for axis in summary.axes] == ["model"]


def test_seeds_alone_are_an_axis(tmp_path):
    for seed in (3, 0):
        keep_run(tmp_path, f"seed{seed}", "sweep seed 2026", [9, 5 + seed], seed=seed)
    summary = read_summary("sweep seed 2026", tmp_path)
    assert [(point.x, point.mean) for point in points(summary, "loss")] == [(0, 5), (3, 8)]


def test_a_run_that_goes_on_or_failed_is_there_as_far_as_it_came(root):
    keep_run(root, "young", TAG, [90], outcome="", settings={"beta": 1}, seed=7)
    keep_run(root, "nothing", TAG, [], outcome="failed", settings={"beta": 1}, seed=8)
    summary = read_summary(TAG, root)
    assert len(summary.runs) == 8
    assert points(summary, "loss")[0].values == (30, 32, 90)


def test_a_loss_that_holds_the_swept_weight_is_not_to_be_compared(root, tmp_path):
    assert "The loss itself depends on β" in read_summary(TAG, root).caution
    for width in ("8", "16"):
        keep_run(root, f"w{width}", "widths", [9, 5], settings={"hidden": width})
    assert not read_summary("widths", root).caution


def test_metrics_that_were_kept_can_be_drawn_too(root):
    keep_run(root, "measured", TAG, [90, 3], metrics={"SSIM": 0.8, "Unknown": None}, settings={"beta": 1}, seed=9)
    summary = read_summary(TAG, root)
    assert summary.names == ("loss", "mse_per_pixel", "metric SSIM")
    assert [point.values for point in points(summary, "metric SSIM")] == [(0.8,)]


def test_sweeps_are_found_again_by_their_tags(root):
    from ae_studio.runs.library import list_runs

    assert sweep_tags(list_runs(root).runs) == (TAG,)
