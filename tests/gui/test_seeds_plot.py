import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from ae_studio.gui.seeds_plot import Band, SeedsPlot
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.seeds import spread_curve
from tests.gui.mouse import move

THREE = spread_curve([{e: {"loss": 100.0 / (e + 1) + seed} for e in range(6)} for seed in (0, 2, 4)], "loss")
ONE = spread_curve([{e: {"loss": 50.0 - e} for e in range(4)}], "loss")


@pytest.fixture
def plot(qtbot):
    plot = SeedsPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 400)
    plot.set_theme(DARK)
    with qtbot.waitExposed(plot):
        plot.show()
    show(plot)
    plot.grab()
    return plot


def show(plot, extremes=False, each=True):
    plot.show_bands((Band("A", 0, THREE), Band("B C", 1, ONE)), "loss", "nats", extremes=extremes, each=each)


def kinds(plot):
    return [type(item).__name__ for item in plot.getPlotItem().items]


def test_a_group_has_a_band_a_mean_and_a_thin_line_a_run(plot):
    assert kinds(plot).count("FillBetweenItem") == 1  # none of a single run
    assert kinds(plot).count("PlotDataItem") == 2 + 3
    show(plot, each=False)
    assert kinds(plot).count("PlotDataItem") == 2


def test_the_band_is_a_standard_deviation_to_either_side_or_all_there_is(plot):
    low, high = plot._ends(THREE)
    assert np.allclose(high - low, 4)  # of 0, 2, 4 it is 2
    show(plot, extremes=True)
    low, high = plot._ends(THREE)
    assert np.allclose(low, THREE.low)
    assert np.isnan(plot._ends(ONE)[0]).all()


def test_the_axes_leave_the_untrained_epoch_out(plot):
    assert plot.viewRange()[1][1] < 100
    assert plot.viewRange()[0][1] >= 5


def test_the_read_out_tells_mean_deviation_and_n(plot):
    place = plot.getViewBox().mapViewToScene(QPointF(3, 40)).toPoint()
    move(plot.viewport(), place)
    assert plot._read_out.isVisible()
    words = plot.words_at(3)
    assert "27" in words
    assert "± 2" in words
    assert "n = 3" in words
    assert "n = 1" in words
    show(plot, extremes=True)
    assert "25 to 29" in plot.words_at(3).replace(".00", "")
    assert "n = 1" not in plot.words_at(5)


def test_the_keys_go_from_epoch_to_epoch(plot):
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot._epoch == 5
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot._epoch == 4
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot._epoch == 5


def test_two_clicks_and_zero_bring_all_into_view(plot):
    before = plot.viewRange()
    plot.setXRange(100, 200)
    QTest.keyClick(plot, Qt.Key.Key_0)
    assert plot.viewRange() == before
    plot.set_theme(LIGHT)
    plot.grab()


def test_nothing_to_show_is_no_error(plot):
    plot.show_bands((), "loss", "nats", extremes=False, each=True)
    plot.grab()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert not plot._read_out.isVisible()
