from dataclasses import replace

from ae_studio.gui.sweep_words import legend, places, term_title, told, value_text, words, words_of_mean
from ae_studio.sweeps.summary import points, read_summary
from tests.gui.swept import grid
from tests.sweeps.kept_runs import keep_run


def one_point(root, losses):
    return grid(root, (2, 8), (0.001, 0.01), lambda dim, rate, seed: losses[seed], seeds=len(losses))


def test_a_run_says_where_it_is_its_number_and_what_the_others_are(tmp_path):
    summary = one_point(tmp_path, (30, 34))
    point = points(summary, "loss")[0]
    run = next(run for run in point.runs if run.seed == 1)
    assert words(summary.axes, point, run, 34).splitlines() == [
        "Latent dimensions = 2, Learning rate = 0.001, seed 1",
        "34",
        "mean 32 ± 2.8 of 2",
    ]
    assert places(summary.axes, replace(point, series=None)) == ["Latent dimensions = 2"]


def test_of_several_seeds_the_one_that_a_click_opens_is_named(tmp_path):
    summary = one_point(tmp_path, (30, 34, 41))
    lines = words_of_mean(summary.axes, points(summary, "loss")[0]).splitlines()
    assert lines[0].endswith("seed 1")
    assert lines[-1] == "A click opens seed 1, nearest to the mean"
    (tmp_path / "single").mkdir()
    single = one_point(tmp_path / "single", (30,))
    assert words_of_mean(single.axes, points(single, "loss")[0]).splitlines()[1:] == ["30"]


def test_a_run_that_goes_on_says_so(tmp_path):
    keep_run(tmp_path, "a", "dims", [90, 30], latent_dim=2)
    keep_run(tmp_path, "b", "dims", [90, 20], latent_dim=8, outcome="stopped")
    summary = read_summary("dims", tmp_path)
    assert words_of_mean(summary.axes, points(summary, "loss")[1]).splitlines()[-1] == "stopped"


def test_below_the_plot_stands_what_its_marks_are_and_what_is_the_best(tmp_path):
    summary = one_point(tmp_path, (30,))
    found = points(summary, "loss")
    curves, on_map = (told(summary, "loss", found, on_map=each) for each in (False, True))
    assert curves.startswith("4 of 4 runs finished. Large dots: means")
    assert "Smallest mean: 30 at Latent dimensions = 2, Learning rate = 0.001." in curves
    assert curves.endswith("A click on a dot opens its run.")
    assert "Learning rate = 0.001, outlined." in on_map
    assert on_map.endswith("A click on a cell opens its run.")
    assert "Smallest mean" not in told(summary, "kl", found, on_map=True)


def test_losses_that_mean_different_things_have_a_caution_and_no_best(tmp_path):
    for beta in (1, 4):
        keep_run(tmp_path, f"b{beta}", "betas", [90, beta], settings={"beta": beta})
    summary = read_summary("betas", tmp_path)
    text = told(summary, "loss", points(summary, "loss"), on_map=False)
    assert "The loss itself depends on β" in text
    assert "Smallest mean" not in text


def test_terms_and_values_are_written_as_people_do(tmp_path):
    assert term_title("loss") == "Best validation loss"
    assert term_title("metric SSIM") == "SSIM"
    assert (value_text(0.001), value_text("conv"), value_text(None)) == ("0.001", "conv", "–")
    axis = one_point(tmp_path, (30,)).axes[1]
    assert legend(axis, {0.001: "#112233"}) == "Learning rate:&nbsp; <span style='color:#112233'>●</span> 0.001"
