import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.run_curves_plot import Plotted, RunCurvesPlot, smoothed
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.comparing import RunCurve
from tests.gui.colours_of import holds

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def curve(*values, x=None):
    epochs = np.arange(len(values), dtype=np.float64)
    return RunCurve(epochs if x is None else np.asarray(x, np.float64), np.asarray(values, np.float64), epochs)


TWO = [Plotted(0, curve(30, 20, 10, 5), 3), Plotted(1, curve(40, 35, 30), 2)]


@pytest.fixture
def plot(qtbot):
    around = QWidget()  # takes the clicks that nobody in the plot wants
    qtbot.addWidget(around)
    made = RunCurvesPlot(around)
    made.set_theme(DARK)
    around.resize(700, 400)
    made.resize(700, 400)
    around.show()
    qtbot.waitExposed(around)
    show(made, TWO)
    yield made
    around.hide()


def show(plot, plotted, what="loss", *, seconds=False, log=False):
    plot.show_curves(plotted, what, "nats per image", seconds=seconds, log=log)


def pixel(plot, x, y):
    return plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))


def move(plot, x, y):
    plot.scene()._lastMoveEventTime = 0  # moves that follow too soon are left out
    at = QPointF(pixel(plot, x, y))
    where = plot.viewport().mapToGlobal(at)
    event = QMouseEvent(QEvent.Type.MouseMove, at, where, NONE, NONE, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(plot.viewport(), event)


def read(plot):
    """What stands over the plot; empty where nothing does."""
    label = plot.findChild(QLabel, "read_out")
    return label.text() if label.isVisible() else ""


def seen(plot):
    """From, to of both axes."""
    return plot.getViewBox().viewRange()


def inside(plot, y, log=False):
    low, high = seen(plot)[1]
    return low < (np.log10(y) if log else y) < high


def test_everything_that_matters_is_in_sight(plot):
    assert seen(plot)[0][0] <= 0
    assert seen(plot)[0][1] >= 3
    assert all(inside(plot, y) for y in (5, 40))
    show(plot, TWO, log=True)
    assert all(inside(plot, y, log=True) for y in (5, 40))


def test_the_first_steps_far_above_do_not_press_the_rest_flat(plot):
    show(plot, [Plotted(0, curve(1e6, *np.linspace(20, 10, 200)), 3)])
    assert seen(plot)[1][1] < 30


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "values", [(5.0,), (5.0, 5.0), (0.0, 0.0), (3.0, np.nan, 2.0), (3.0, np.inf), (np.nan, np.nan)]
)
def test_curves_of_every_kind_are_shown(plot, values, log):
    """A run that exploded has left a number that is none."""
    show(plot, [Plotted(0, curve(*values), 0), Plotted(1, curve(4, 3), 1)], log=log)
    low, high = seen(plot)[1]
    assert np.isfinite([low, high]).all()
    assert low < high
    move(plot, 0.5, (low + high) / 2)
    assert "B" in read(plot)
    plot.grab()


def test_a_curve_without_values_is_left_out(plot):
    show(plot, [Plotted(0, curve(), 0), Plotted(1, curve(4, 3), 1)])
    move(plot, 0.5, 3.5)
    assert "<b>A</b>" not in read(plot)
    assert "<b>B</b>" in read(plot)


def test_a_zoom_stays_while_the_curves_grow_and_ends_with_other_axes(plot, qtbot):
    plot.getViewBox().setRange(xRange=(1, 2), padding=0)
    plot.getViewBox().sigRangeChangedManually.emit([True, True])
    show(plot, [Plotted(0, curve(30, 20, 10, 5, 4), 4), TWO[1]])
    assert seen(plot)[0] == pytest.approx([1, 2])
    show(plot, TWO, "kl")
    assert seen(plot)[0][1] >= 3


def test_a_double_click_shows_everything_again_and_goes_to_no_epoch(plot, qtbot):
    plot.getViewBox().setRange(xRange=(1, 2), padding=0)
    plot.getViewBox().sigRangeChangedManually.emit([True, True])
    place = plot.viewport().rect().center()
    with qtbot.assertNotEmitted(plot.epoch_clicked, wait=QApplication.doubleClickInterval() + 50):
        qtbot.mouseClick(plot.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(plot.viewport(), LEFT, pos=place)  # the second press alone
        qtbot.mouseRelease(plot.viewport(), LEFT, pos=place)
    assert seen(plot)[0][1] >= 3


def test_a_click_in_a_zoomed_plot_goes_there_once_no_second_one_comes(plot, qtbot):
    plot.getViewBox().setRange(xRange=(0.5, 2), padding=0)
    plot.getViewBox().sigRangeChangedManually.emit([True, True])
    with qtbot.waitSignal(plot.epoch_clicked) as told:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=pixel(plot, 1, 21))
    assert told.args == [0, 1]


def test_under_the_mouse_stand_the_nearest_values_of_all_runs(plot):
    move(plot, 1.2, 20)
    told = read(plot)
    assert "loss at epoch 1.2" in told
    for text in (">&nbsp;&nbsp;20<", ">&nbsp;&nbsp;35<"):
        assert text in told
    move(plot, 2.9, 20)
    assert "epoch 2 (its last)" in read(plot)
    assert "epoch 3<" in read(plot)


def test_the_read_out_goes_with_the_mouse(plot):
    move(plot, 1, 20)
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert read(plot) == ""


def test_the_read_out_follows_the_curves_that_are_shown(plot):
    move(plot, 1, 20)
    show(plot, [Plotted(0, curve(3, 2, 1), 2)], "kl")
    assert "kl at epoch 1.0" in read(plot)
    show(plot, [])
    assert read(plot) == ""


def test_over_seconds_the_place_is_a_time_and_the_epoch_that_of_each_run(plot, qtbot):
    show(plot, [Plotted(0, curve(3, 2, 1, x=(0, 10, 20)), 2), Plotted(1, curve(3, 2, x=(0, 20)), 1)], seconds=True)
    move(plot, 19.5, 2)
    assert "loss at 19.5 s" in read(plot)
    assert "epoch 2<" in read(plot)
    assert "epoch 1<" in read(plot)
    with qtbot.waitSignal(plot.epoch_clicked) as told:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=pixel(plot, 10, 1.9))
    assert told.args == [0, 1]


@pytest.mark.parametrize("log", [False, True])
def test_a_click_goes_to_the_run_whose_curve_is_nearest_on_the_screen(plot, qtbot, log):
    show(plot, TWO, log=log)
    for x, y, expected in ((1, 21, [0, 1]), (1, 34, [1, 1]), (2.9, 6, [0, 3])):
        with qtbot.waitSignal(plot.epoch_clicked) as told:
            qtbot.mouseClick(plot.viewport(), LEFT, pos=pixel(plot, x, np.log10(y) if log else y))
        assert told.args == expected


def test_a_run_that_exploded_does_not_draw_all_clicks_to_itself(plot, qtbot):
    show(plot, [Plotted(0, curve(30, np.nan, np.nan), 0), Plotted(1, curve(40, 35, 30), 2)])
    with qtbot.waitSignal(plot.epoch_clicked) as told:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=pixel(plot, 1.5, 32))
    assert told.args[0] == 1


def test_a_click_beside_the_axes_or_by_another_button_chooses_nothing(plot, qtbot):
    with qtbot.assertNotEmitted(plot.epoch_clicked, wait=50):
        qtbot.mouseClick(plot.viewport(), LEFT, pos=QPoint(5, 200))
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.MiddleButton, pos=pixel(plot, 1, 20))


def test_keys_read_from_place_to_place_and_return_chooses_it_in_every_run(plot, qtbot):
    told = []
    plot.epoch_clicked.connect(lambda index, epoch: told.append((index, epoch)))
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert told == []  # nothing is read yet
    for key, place in ((Qt.Key.Key_Left, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Right, 3)):
        qtbot.keyClick(plot, key)
        assert f"loss at epoch {place}.0" in read(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Enter)
    assert told == [(0, 2), (1, 2)]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_each_run_is_drawn_in_its_colour_and_marked_where_it_is_looked_at(plot, theme):
    plot.set_theme(theme)
    image = plot.grab().toImage()
    for each in TWO:
        y = each.curve.y[each.epoch]
        at = pixel(plot, each.curve.x[each.epoch], y)
        assert holds({image.pixelColor(at).name()}, run_colour(theme, each.index))


def test_single_steps_stand_faintly_behind_their_mean():
    y = np.random.default_rng(0).normal(5, 1, 2000)
    raw = RunCurve(np.arange(2000.0), y, np.arange(2000.0))
    plotted = smoothed(2, raw, 7)
    assert (plotted.index, plotted.epoch, plotted.raw) == (2, 7, raw)
    np.testing.assert_allclose(plotted.curve.y[1000], y[990:1011].mean())
    assert plotted.curve.y.std() < 0.5
    few = RunCurve(np.arange(100.0), y[:100], np.arange(100.0))
    assert smoothed(2, few, 7) == Plotted(2, few, 7)
