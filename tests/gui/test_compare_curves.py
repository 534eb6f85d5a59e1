import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QToolButton

from ae_studio.gui.compare_curves import CurvesTab
from ae_studio.gui.run_curves_plot import smoothed
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.comparing import RunCurve
from tests.gui.compared_runs import compared

NO_KEY = Qt.KeyboardModifier.NoModifier
TIMES = {1: 10.0, 2: 30.0}


@pytest.fixture
def tab(qtbot):
    made = CurvesTab()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(800, 500)
    made.show()
    qtbot.waitExposed(made)
    made.show_runs((compared("a", (30.0, 20.0, 10.0), seconds=TIMES), compared("b", (40.0, 30.0, 28.0), seconds=TIMES)))
    return made


def box(tab, name):
    return tab.findChild(QComboBox, f"curve_{name}_box")


def shown(tab):
    return [(each.index, each.curve.x.tolist(), each.curve.y.tolist()) for each in tab._plot._plotted]


def at(tab, x, y):
    """The pixel of a place of the axes."""
    view = tab._plot.getViewBox()
    scene = view.mapViewToScene(QPointF(x, y))
    return tab._plot.mapFromScene(scene)


def move_to(plot, pixel):
    """A real move: that of the test library does not reach a graphics view without a display."""
    none = Qt.MouseButton.NoButton
    at = QPointF(pixel)
    moved = QMouseEvent(QEvent.Type.MouseMove, at, plot.viewport().mapToGlobal(at), none, none, NO_KEY)
    QApplication.sendEvent(plot.viewport(), moved)


def note(tab):
    label = tab.findChild(QLabel, "compare_warning")
    return label.text() if not label.isHidden() else ""


def test_the_loss_of_all_runs_is_laid_over_one_another(tab):
    assert shown(tab) == [(0, [0, 1, 2], [30, 20, 10]), (1, [0, 1, 2], [40, 30, 28])]
    assert note(tab) == ""


def test_another_term_and_the_training_are_a_choice_away(tab):
    box(tab, "term").setCurrentIndex(box(tab, "term").findText("KL"))
    assert shown(tab)[0][2] == [3, 2, 1]
    box(tab, "split").setCurrentIndex(1)
    assert "A has no kl in train." in note(tab)
    assert tab._empty.isVisible()
    box(tab, "term").setCurrentIndex(0)
    assert shown(tab)[1][1:] == ([1, 2], [29, 27])


def test_over_seconds_every_run_has_its_own_pace(tab):
    box(tab, "over").setCurrentIndex(1)
    assert shown(tab)[0][1] == [0, 10, 40]


def test_seconds_are_greyed_with_the_reason_where_no_run_knows_them(tab):
    box(tab, "over").setCurrentIndex(1)
    tab.show_runs((compared("a"), compared("b", seconds=TIMES)))
    assert [each[0] for each in shown(tab)] == [1]
    assert "A was trained before the time of its epochs was kept." in note(tab)
    tab.show_runs((compared("a"), compared("b")))
    assert box(tab, "over").currentIndex() == 0
    item = box(tab, "over").model().item(1)
    assert not item.isEnabled()
    assert item.toolTip() == "No run knows how long its epochs took"


def test_under_the_mouse_all_runs_are_read(tab, qtbot):
    plot = tab._plot
    for x, on_the_right in ((0.4, True), (1.9, False)):  # not under the mouse
        with qtbot.waitSignal(plot.scene().sigMouseMoved):
            move_to(plot, at(tab, x, 25))
        assert plot._read_out.isVisible()
        assert (plot._read_out.x() > plot.width() / 2) == on_the_right
        plot.scene()._lastMoveEventTime = 0  # moves that follow too soon are left out
    words = plot._read_out.text()
    assert all(text in words for text in ("loss at epoch 1.9", ">&nbsp;&nbsp;10<", ">&nbsp;&nbsp;28<", "epoch 2<"))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert not plot._read_out.isVisible()


def test_a_click_sets_the_epoch_of_the_nearest_run(tab, qtbot):
    with qtbot.waitSignal(tab.epoch_wanted) as wanted:
        qtbot.mouseClick(tab._plot.viewport(), Qt.MouseButton.LeftButton, pos=at(tab, 1.05, 29))
    assert wanted.args == [1, 1]
    with qtbot.waitSignal(tab.epoch_wanted) as wanted:
        qtbot.mouseClick(tab._plot.viewport(), Qt.MouseButton.LeftButton, pos=at(tab, 0.05, 31))
    assert wanted.args == [0, 0]


def test_the_keys_read_and_choose_an_epoch_of_all_runs(tab, qtbot):
    wanted = []
    tab.epoch_wanted.connect(lambda index, epoch: wanted.append((index, epoch)))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(tab._plot, key)
    assert wanted == [(0, 1), (1, 1)]


def test_a_chip_hides_its_curve(tab, qtbot):
    qtbot.mouseClick(tab.findChild(QToolButton, "curve_chip_0"), Qt.MouseButton.LeftButton)
    assert [each[0] for each in shown(tab)] == [1]


def test_losses_of_different_units_are_warned_of_but_not_their_kl(tab):
    tab.show_runs((compared("a"), compared("b", unit="squared error per image")))
    assert "different units" in note(tab)
    box(tab, "term").setCurrentIndex(box(tab, "term").findText("KL"))
    assert note(tab) == ""


def test_a_logarithmic_axis_and_another_theme_keep_the_curves(tab, qtbot):
    qtbot.mouseClick(tab.findChild(QCheckBox, "curve_log_box"), Qt.MouseButton.LeftButton)
    tab.set_theme(LIGHT)
    assert len(shown(tab)) == 2
    low, high = tab._plot.getViewBox().viewRange()[1]
    assert low < 1.0 < np.log10(40) < high < 2


def test_many_steps_are_smoothed_and_what_they_were_stays_behind():
    y = np.sin(np.arange(1000.0)) + 5
    raw = RunCurve(np.arange(1000.0), y, np.arange(1000.0))
    plotted = smoothed(0, raw, 3)
    assert plotted.raw is raw
    np.testing.assert_allclose(plotted.curve.y[500], y[495:506].mean())
    assert len(plotted.curve.y) == 1000
    short = RunCurve(raw.x[:50], y[:50], raw.x[:50])
    assert smoothed(0, short, 3).curve is short


def test_without_runs_there_is_nothing(tab):
    tab.show_runs(())
    assert tab._empty.isVisible()
