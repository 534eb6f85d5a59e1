import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication

from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_lines import SPLITS, LossLines
from ae_studio.gui.loss_plot import LossPlot
from ae_studio.gui.theme import DARK

LINES = LossLines(DARK, ("loss", "kl"))
LOSS = [("loss", split) for split in SPLITS]


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
    made.begin(data)
    made.show_epochs(3)
    made.show_curves(LOSS, LINES)
    made.show()
    qtbot.waitExposed(made)
    return made


def at_epoch(plot, epoch):
    return plot.getViewBox().mapViewToScene(QPointF(epoch, 15.0))


def test_the_mouse_reads_every_term_of_the_nearest_epoch(plot):
    plot._show_read_out(at_epoch(plot, 1.8))
    assert plot._read_out.isVisible()
    for text in ("epoch 2", "11", "12", "KL", "1"):
        assert text in plot._read_out.text()
    assert plot._cursor.value() == 2
    plot._show_read_out(QPointF(-10, -10))
    assert not plot._read_out.isVisible()
    assert not plot._cursor.isVisible()


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
    plot._data.add_epoch(4, "validation", {"loss": 10.2})
    plot.show_curves(LOSS, LINES)
    assert plot.getViewBox().viewRange()[1] == before
    plot._data.add_epoch(5, "validation", {"loss": 2.0})
    plot.show_curves(LOSS, LINES)
    assert plot.getViewBox().viewRange()[1][0] < 2


def test_the_users_zoom_stays_until_a_double_click(plot):
    class DoubleClick:
        def double(self):
            return True

    plot.getViewBox().setYRange(11, 12, padding=0)
    plot.getViewBox().sigRangeChangedManually.emit([True, True])
    plot._data.add_epoch(4, "validation", {"loss": 1.0})
    plot.show_curves(LOSS, LINES)
    assert plot.getViewBox().viewRange()[1] == [11, 12]
    plot._reset_on_double_click(DoubleClick())
    assert plot.getViewBox().viewRange()[1][0] < 1
    assert plot.getViewBox().viewRange()[0][1] > 4


def test_the_time_machine_leaves_its_mark_and_takes_it_away(plot):
    plot.mark_epoch(2)
    assert plot._mark.isVisible()
    assert plot._mark.value() == 2
    plot.unmark()
    assert not plot._mark.isVisible()


def test_zero_and_below_have_no_place_on_a_logarithmic_axis(plot):
    plot._data.add_epoch(4, "validation", {"loss": 0.0})
    plot._data.add_epoch(5, "validation", {"loss": -3.0})
    plot.show_logarithm(True)
    plot.show_curves(LOSS, LINES)
    low, high = plot.getViewBox().viewRange()[1]
    assert low < high
