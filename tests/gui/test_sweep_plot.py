"""The plot of runs that were never trained, with real mouse and keys."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel

from ae_studio.gui.sweep_plot import SweepPlot
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.sweeps.summary import points
from tests.gui.swept import grid

DIMS, RATES = (2, 8), (0.001, 0.01)
LEFT = Qt.MouseButton.LeftButton


def loss(dim, rate, seed):
    return dim + 20 * (rate < 0.01) + seed


@pytest.fixture
def summary(tmp_path):
    return grid(tmp_path, DIMS, RATES, loss, seeds=2)


@pytest.fixture
def plot(qtbot, summary):
    made = SweepPlot()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(500, 300)
    made.show_points(points(summary, "loss"), summary.axes, "Best validation loss")
    made.show()
    qtbot.waitExposed(made)
    made.grab()  # lays the plot out
    return made


def read_out(plot):
    return plot.findChild(QLabel, "read_out")


def folder_of(summary, dim, rate, seed):
    settings = {"latent_dim": dim, "lr": rate, "seed": seed}
    return next(run.folder for run in summary.runs if settings.items() <= run.settings.items())


def place_of(plot, folder):
    x, y, *_ = next(dot for dot in plot._dots if dot[3].folder == folder)
    return plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))


def test_every_run_is_a_dot_over_its_value(plot, summary):
    assert sorted(dot[3].folder for dot in plot._dots) == sorted(run.folder for run in summary.runs)
    for _, height, _, run, value in plot._dots:
        settings = run.settings
        assert height == value == loss(settings["latent_dim"], settings["lr"], settings["seed"])


def test_a_click_on_a_dot_opens_its_run_and_one_beside_opens_none(plot, summary, qtbot):
    folder = folder_of(summary, 8, 0.01, 1)
    at = place_of(plot, folder)
    with qtbot.waitSignal(plot.run_chosen) as chosen:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=at)
    assert chosen.args == [folder]
    with qtbot.assertNotEmitted(plot.run_chosen):
        qtbot.mouseClick(plot.viewport(), LEFT, pos=plot.viewport().rect().center())


def test_arrow_keys_go_from_run_to_run_and_return_opens_the_one_that_is_told(plot, qtbot):
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    first = read_out(plot).text()
    assert read_out(plot).isVisible()
    assert "mean" in first
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert read_out(plot).text() != first
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert read_out(plot).text() == first
    with qtbot.waitSignal(plot.run_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == [plot._dots[0][3].folder]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_each_value_of_the_second_setting_has_a_colour(plot, theme):
    plot.set_theme(theme)
    colours = plot.series_colours()
    assert len(colours) == 2
    assert len(set(colours.values())) == 2


def test_what_is_told_stays_told_while_its_run_is_there(plot, summary, qtbot):
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    before = read_out(plot).text()
    plot.show_points(points(summary, "loss"), summary.axes, "Best validation loss")
    assert read_out(plot).text() == before
    plot.show_points([], summary.axes, "Best validation loss")
    assert not read_out(plot).isVisible()
