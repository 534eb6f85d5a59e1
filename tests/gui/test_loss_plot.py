import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_lines import SPLITS, LossLines
from ae_studio.gui.loss_plot import LossPlot
from ae_studio.gui.loss_views import LossView
from ae_studio.gui.theme import DARK

LINES = LossLines(DARK, ("loss", "kl"))
LOSS = [("loss", split) for split in SPLITS]
BOTH = [*LOSS, ("kl", "validation")]


@pytest.fixture
def plot(qtbot):
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.set_theme(DARK)
    data = LossData()
    for epoch, value in enumerate([50.0, 20.0, 12.0, 10.0]):
        data.add_epoch(epoch, "validation", {"loss": value, "kl": 1.0})
        data.add_epoch(epoch, "train", {"loss": value - 1, "kl": 1.0})
    made.begin(LossView(data, "nats per image"))
    made.show_epochs(3)
    made.show_curves(LOSS, LINES)
    made.show()
    qtbot.waitExposed(made)
    return made


def with_steps(plot, count=400, share=0.0):
    """100 steps an epoch, falling from 50, with a spike in the third."""
    data = plot._view.data
    data.steps_per_epoch = 100
    values = np.linspace(50, 10, count)
    values[249] = 55
    data.add_steps(np.arange(1, count + 1), {"loss": values})
    plot.show_curves(LOSS, LINES, share)
    plot.grab()


def at_epoch(plot, epoch):
    return plot.getViewBox().mapViewToScene(QPointF(epoch, 15.0))


def pixel(plot, epoch):
    return plot.mapFromScene(at_epoch(plot, epoch))


def click(qtbot, plot, epoch):
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel(plot, epoch))


def drag(qtbot, plot, button, start, stop):
    qtbot.mousePress(plot.viewport(), button, pos=start)
    for share in np.linspace(0, 1, 6)[1:]:
        at = start + (stop - start) * float(share)
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(at), QPointF(plot.viewport().mapToGlobal(at)), button, button, Qt.NoModifier
        )
        QApplication.sendEvent(plot.viewport(), event)
    qtbot.mouseRelease(plot.viewport(), button, pos=stop)


def turn_wheel(plot, notches, epoch=2.0):
    at = QPointF(pixel(plot, epoch))
    event = QWheelEvent(
        at,
        QPointF(plot.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def test_the_mouse_reads_every_term_of_the_nearest_epoch(plot):
    plot.show_curves(BOTH, LINES)
    plot._show_read_out(at_epoch(plot, 1.8))
    assert plot._read_out.isVisible()
    for text in ("epoch 2", "11", "12", "KL", "1"):
        assert text in plot._read_out.text()
    assert plot._cursor.value() == 2
    plot._show_read_out(QPointF(-10, -10))
    assert not plot._read_out.isVisible()
    assert not plot._cursor.isVisible()


def test_a_term_that_is_hidden_is_not_read(plot):
    plot._show_read_out(at_epoch(plot, 1.8))
    assert "KL" not in plot._read_out.text()


def test_the_mouse_reads_the_nearest_step_and_its_smooth_value(plot):
    with_steps(plot, share=0.02)
    plot._show_read_out(at_epoch(plot, 1.231))
    text = plot._read_out.text()
    raw = plot._view.data.series("loss").values(slice(122, 123))[0]
    smooth = plot.steps_item.smooth_at("loss", 1.231)
    for part in ("step 123", "epoch 1", "smooth", f"{raw:.5g}", f"{smooth:.5g}"):
        assert part in text
    assert plot._cursor.value() == pytest.approx(1.23)


def test_a_spike_of_one_step_is_seen_at_its_height(plot):
    with_steps(plot, count=40_000)  # a hundred and more to a column
    plot.show_epochs(400)
    plot.setYRange(0, 60)
    image = plot.grab().toImage()
    at = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(2.5, 55.0)))
    ground = QColor(DARK.panel)
    seen = [image.pixelColor(x, at.y() + 1) != ground for x in range(at.x() - 2, at.x() + 3)]
    assert any(seen)


def test_a_click_asks_for_the_epoch_there(plot, qtbot):
    with qtbot.waitSignal(plot.epoch_chosen) as told:
        click(qtbot, plot, 1.8)
    assert told.args == [2]


def test_a_drag_and_a_wheel_are_no_clicks_and_the_range_is_the_users(plot, qtbot):
    told = []
    plot.epoch_chosen.connect(told.append)
    before = plot.getViewBox().viewRange()
    drag(qtbot, plot, Qt.MouseButton.LeftButton, pixel(plot, 2), pixel(plot, 1))
    moved = plot.getViewBox().viewRange()
    assert moved[0][0] > before[0][0] + 0.5
    turn_wheel(plot, 3)
    assert np.ptp(plot.getViewBox().viewRange()[0]) < np.ptp(moved[0])
    assert plot.user_zoomed
    assert told == []


def test_the_two_clicks_that_show_all_again_go_to_no_epoch(plot, qtbot):
    turn_wheel(plot, 5)
    place = pixel(plot, 2)
    with qtbot.assertNotEmitted(plot.epoch_chosen, wait=QApplication.doubleClickInterval() + 50):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)  # the second press alone
        qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not plot.user_zoomed
    assert plot.getViewBox().viewRange()[0] == pytest.approx([-0.03, 3.03])


def test_a_click_in_a_zoomed_plot_goes_there_once_no_second_one_comes(plot, qtbot):
    turn_wheel(plot, 1)
    with qtbot.waitSignal(plot.epoch_chosen) as told:
        click(qtbot, plot, 2.1)
    assert told.args == [2]


def test_keys_go_by_an_epoch_and_home_shows_all(plot, qtbot):
    steps = []
    plot.epoch_stepped.connect(steps.append)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert steps == [-1, 1]
    turn_wheel(plot, 5)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert not plot.user_zoomed


def test_zooming_computes_the_columns_of_what_is_seen_once_a_frame(plot, monkeypatch):
    with_steps(plot, count=40_000)
    plot.show_epochs(400)
    plot.grab()
    wide = plot.steps_item.drawn("loss")
    for _ in range(12):
        turn_wheel(plot, 1, epoch=2.5)
    assert plot.steps_item.drawn("loss") is wide  # nothing before it is painted
    plot.grab()
    near = plot.steps_item.drawn("loss")
    assert near is not wide
    low, high = plot.getViewBox().viewRange()[0]
    assert low - 1 <= near.x.min()
    assert near.x.max() <= high + 1
    plot.grab()
    assert plot.steps_item.drawn("loss") is near


def test_the_read_out_does_not_lie_under_the_mouse(plot):
    plot._show_read_out(at_epoch(plot, 0.2))
    assert plot._read_out.x() > plot.width() / 2
    plot._show_read_out(at_epoch(plot, 2.9))
    assert plot._read_out.x() < plot.width() / 2


def test_the_read_out_goes_with_the_mouse(plot):
    plot._show_read_out(at_epoch(plot, 1.8))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert not plot._read_out.isVisible()
    assert not plot._cursor.isVisible()


def test_the_axis_rests_while_it_is_about_right_and_follows_when_it_is_not(plot):
    before = plot.getViewBox().viewRange()[1]
    plot._view.data.add_epoch(4, "validation", {"loss": 10.2})
    plot.show_curves(LOSS, LINES)
    assert plot.getViewBox().viewRange()[1] == before
    plot._view.data.add_epoch(5, "validation", {"loss": 2.0})
    plot.show_curves(LOSS, LINES)
    assert plot.getViewBox().viewRange()[1][0] < 2


def test_the_users_zoom_stays_until_all_is_shown_again(plot):
    plot.getViewBox().setYRange(11, 12, padding=0)
    plot.getViewBox().sigRangeChangedManually.emit([True, True])
    plot._view.data.add_epoch(4, "validation", {"loss": 1.0})
    plot.show_curves(LOSS, LINES)
    assert plot.getViewBox().viewRange()[1] == [11, 12]
    plot.show_all()
    assert plot.getViewBox().viewRange()[1][0] < 1
    assert plot.getViewBox().viewRange()[0][1] > 4


def test_the_time_machine_leaves_its_mark_and_takes_it_away(plot):
    plot.mark_epoch(2)
    assert plot._mark.isVisible()
    assert plot._mark.value() == 2
    plot.unmark()
    assert not plot._mark.isVisible()


def test_zero_and_below_have_no_place_on_a_logarithmic_axis(plot):
    plot._view.data.add_epoch(4, "validation", {"loss": 0.0})
    plot._view.data.add_epoch(5, "validation", {"loss": -3.0})
    plot.show_logarithm(True)
    plot.show_curves(LOSS, LINES)
    low, high = plot.getViewBox().viewRange()[1]
    assert low < high
