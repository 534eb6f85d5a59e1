"""The summary of runs that were never trained, with real mouse and keys on the plot."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton

from ae_studio.gui.sweep_summary import SweepSummary
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.sweeps.summary import read_summary
from tests.gui.swept import TAG, grid
from tests.sweeps.kept_runs import keep_run


@pytest.fixture
def root(tmp_path):
    for number, (dim, seed, loss) in enumerate([(2, 0, 30), (2, 1, 32), (8, 0, 20), (32, 0, 15)]):
        keep_run(tmp_path, f"run{number}", "dims", [90, loss], latent_dim=dim, seed=seed)
    return tmp_path


@pytest.fixture
def summary(qtbot, root):
    made = SweepSummary()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.open_summary("dims")
    made.show_summary(read_summary("dims", root))
    qtbot.waitExposed(made)
    return made


def place(plot, x, y):
    """The pixel of a value in the plot's viewport."""
    scene = plot.getViewBox().mapViewToScene(QPointF(x, y))
    return plot.mapFromScene(scene)


def read_out(summary):
    return summary._plot.findChild(QLabel, "read_out")


def told(summary):
    return " ".join(each.text() for each in summary.findChildren(QLabel, "dim_label"))


def test_every_run_is_a_dot_and_says_what_it_is_under_the_mouse(qtbot, summary):
    plot = summary._plot
    assert len(plot._dots) == 4
    x, y = plot._dots[1][:2]
    qtbot.mouseMove(plot.viewport(), place(plot, x, y))
    assert not read_out(summary).isHidden()
    assert read_out(summary).text().splitlines() == ["Latent dimensions = 2, seed 1", "32", "mean 31 ± 1.4 of 2"]


def test_a_click_on_a_dot_opens_its_run_and_one_beside_opens_nothing(qtbot, summary, root):
    plot = summary._plot
    x, y = plot._dots[2][:2]
    with qtbot.waitSignal(summary.open_requested) as opened:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plot, x, y))
    assert opened.args == [str(root / "run2")]
    with qtbot.assertNotEmitted(summary.open_requested):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plot, x, y) + QPoint(60, 30))


def test_keys_go_from_run_to_run_and_return_opens(qtbot, summary, root):
    plot = summary._plot
    for _ in range(2):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    with qtbot.waitSignal(summary.open_requested) as opened:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert opened.args == [str(root / "run0")]


def test_while_one_is_trained_in_the_window_none_is_opened_and_the_reason_is_said(qtbot, summary):
    summary.allow_open("Stop the training first")
    qtbot.keyClick(summary._plot, Qt.Key.Key_Right)
    with qtbot.assertNotEmitted(summary.open_requested):
        qtbot.keyClick(summary._plot, Qt.Key.Key_Return)
    assert "Stop the training first" in told(summary)


def test_a_run_that_ends_appears_and_what_was_chosen_stays(summary, root):
    box = summary.findChild(QComboBox, "sweep_term_box")
    box.setCurrentIndex(box.findData("mse_per_pixel"))
    keep_run(root, "newest", "dims", [90, 10], latent_dim=64)
    summary.show_summary(read_summary("dims", root))
    assert len(summary._plot._dots) == 5
    assert box.currentData() == "mse_per_pixel"
    assert "Smallest mean: 0.1 at Latent dimensions = 64." in told(summary)


def test_equal_ratios_are_drawn_evenly(summary):
    xs = [dot[0] for dot in summary._plot._dots]
    assert xs[2] - xs[0] == pytest.approx(xs[3] - xs[2])


def test_where_losses_mean_different_things_the_error_per_pixel_comes_first(qtbot, tmp_path):
    made = SweepSummary()
    qtbot.addWidget(made)
    made.open_summary("betas")
    for beta in (1, 4):  # of the first one nobody knows yet what is swept
        keep_run(tmp_path, f"b{beta}", "betas", [90, beta], settings={"beta": beta})
        made.show_summary(read_summary("betas", tmp_path))
    box = made.findChild(QComboBox, "sweep_term_box")
    assert box.currentData() == "mse_per_pixel"
    box.setCurrentIndex(box.findData("loss"))
    assert "The loss itself depends on β" in told(made)
    assert "Smallest mean" not in told(made)


def test_a_second_setting_has_a_colour_for_each_value_and_words_have_their_places(qtbot, tmp_path):
    for number, (network, dim) in enumerate([("mlp", 2), ("mlp", 8), ("conv", 2), ("conv", 8)]):
        tag = "sweep network+latent_dim x"
        keep_run(tmp_path, f"r{number}", tag, [90, number], latent_dim=dim, settings={"network": network})
    made = SweepSummary()
    qtbot.addWidget(made)
    made.open_summary("sweep network+latent_dim x")
    made.show_summary(read_summary("sweep network+latent_dim x", tmp_path))
    made.set_theme(LIGHT)
    assert list(made._plot.series_colours()) == [2, 8]
    legend = made.findChild(QLabel, "sweep_legend").text()
    assert all(colour in legend for colour in made._plot.series_colours().values())
    assert {round(dot[0]) for dot in made._plot._dots} == {0, 1}


def test_no_numbers_yet_are_said_and_an_old_answer_is_not_shown(qtbot, tmp_path, root):
    keep_run(tmp_path, "young", "young ones", [], outcome="")
    made = SweepSummary()
    qtbot.addWidget(made)
    made.open_summary("young ones")
    made.show_summary(read_summary("dims", root))
    assert made.findChild(QLabel, "library_empty").text() == "Reading…"
    made.show_summary(read_summary("young ones", tmp_path))
    assert "None of its runs has got as far" in made.findChild(QLabel, "library_empty").text()


@pytest.fixture
def two(qtbot, tmp_path):
    found = grid(tmp_path, (2, 8), (0.001, 0.01), lambda dim, rate, seed: dim + seed, seeds=2)
    made = SweepSummary()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.open_summary(found.tag)
    made.show_summary(found)
    qtbot.waitExposed(made)
    return made


def choose(qtbot, summary, view):
    qtbot.mouseClick(summary.findChild(QToolButton, f"sweep_{view}_button"), Qt.MouseButton.LeftButton)


def test_two_settings_are_seen_as_curves_or_as_a_map_and_the_choice_is_kept(qtbot, two, root):
    assert two._plot.isVisible()
    choose(qtbot, two, "map")
    assert two._map.isVisible()
    assert not two.findChild(QLabel, "sweep_legend").isVisible()
    assert "outlined" in told(two)
    two.close()
    two.open_summary("dims")
    two.show_summary(read_summary("dims", root))  # of one setting there is no map to choose
    assert not two.findChild(QToolButton, "sweep_map_button").isVisible()
    assert two._plot.isVisible()
    two.open_summary(TAG)
    two.show_summary(read_summary(TAG, root))
    assert two._map.isVisible()
    choose(qtbot, two, "curves")
    assert two._plot.isVisible()
    assert two.findChild(QLabel, "sweep_legend").isVisible()


def test_one_setting_has_no_map(summary):
    assert not summary.findChild(QToolButton, "sweep_map_button").isVisible()


def test_a_click_on_a_cell_opens_its_run_and_the_term_that_is_chosen_is_mapped(qtbot, two, tmp_path):
    choose(qtbot, two, "map")
    box = two.findChild(QComboBox, "sweep_term_box")
    box.setCurrentIndex(box.findData("mse_per_pixel"))
    cells = two._map.layout_of_cells()
    with qtbot.waitSignal(two.open_requested) as opened:
        qtbot.mouseClick(two._map, Qt.MouseButton.LeftButton, pos=cells.rect((1, 0)).center().toPoint())
    assert opened.args == [str(tmp_path / "2-0.01-0")]
    assert two._map.findChild(QLabel, "read_out").text().splitlines()[2] == "mean 0.025 ± 0.0071 of 2"


def test_at_its_smallest_the_dialog_shows_the_whole_map(qtbot, two):
    choose(qtbot, two, "map")
    two.resize(520, 340)
    qtbot.waitUntil(lambda: two._map.width() < 510)
    assert two.width() == 520
    layout = two._map.layout_of_cells()
    assert two._map.rect().contains(layout.scale.toRect())
    assert two._map.made_painter().shows_spread
