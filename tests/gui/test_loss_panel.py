import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QToolButton

from ae_studio.events import ValuesChanged
from ae_studio.gui.loss_panel import LossPanel
from ae_studio.gui.theme import LIGHT
from ae_studio.runs.history import History


@pytest.fixture
def panel(qtbot):
    made = LossPanel()
    qtbot.addWidget(made)
    made.resize(500, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


def trained(panel, told, epochs=3):
    panel.start(told.start())
    panel.add_epoch(told.epoch(0, loss=500.0, kl=1.0, reconstruction=499.0))
    for epoch in range(1, epochs + 1):
        panel.add_steps(told.steps(epoch, loss=200.0 / epoch, kl=2.0, reconstruction=198.0 / epoch))
        panel.add_epoch(told.epoch(epoch, loss=210.0 / epoch, kl=2.5, reconstruction=207.5 / epoch))


def drawn(panel, name, split):
    curve = panel._plot._curves[(name, split)]
    x, y = curve.getOriginalDataset()
    return (np.zeros(0), np.zeros(0)) if x is None or not curve.isVisible() else (x, y)


def test_every_term_of_every_step_and_epoch_is_drawn(panel, told, qtbot):
    trained(panel, told)
    qtbot.waitUntil(lambda: panel._known != [])
    np.testing.assert_allclose(drawn(panel, "loss", "batch")[0], np.arange(1, 13) / 4)
    np.testing.assert_allclose(drawn(panel, "loss", "validation")[1], [500, 210, 105, 70])
    np.testing.assert_allclose(drawn(panel, "loss", "train")[0], [1, 2, 3])
    assert panel._known == ["loss", "kl", "reconstruction"]


def test_a_term_that_would_squash_the_others_waits_for_a_click(panel, told, qtbot):
    trained(panel, told)
    qtbot.waitUntil(lambda: ("kl", "validation") in panel._hidden)
    assert len(drawn(panel, "kl", "validation")[0]) == 0
    qtbot.mouseClick(panel.findChild(QToolButton, "kl_chip"), Qt.MouseButton.LeftButton)
    assert len(drawn(panel, "kl", "validation")[0]) == 4


def test_training_and_validation_are_hidden_apart(panel, told, qtbot):
    trained(panel, told)
    qtbot.waitUntil(lambda: panel._known != [])
    qtbot.mouseClick(panel.findChild(QToolButton, "loss_train_chip"), Qt.MouseButton.LeftButton)
    assert [len(drawn(panel, "loss", split)[0]) for split in ("batch", "train", "validation")] == [0, 0, 4]


def test_hiding_the_loss_gives_the_axis_to_what_is_left(panel, told, qtbot):
    trained(panel, told)
    qtbot.waitUntil(lambda: panel._known != [])
    for chip in ("kl_chip", "loss_train_chip", "loss_validation_chip", "reconstruction_chip"):
        qtbot.mouseClick(panel.findChild(QToolButton, chip), Qt.MouseButton.LeftButton)
    low, high = panel._plot.getViewBox().viewRange()[1]
    assert 1.5 < low < 2.5 < high < 3


def test_the_axis_can_be_logarithmic_before_the_first_run_too(panel, told, qtbot):
    panel.header.findChild(QCheckBox, "log_box").setChecked(True)
    trained(panel, told)
    qtbot.waitUntil(lambda: panel._known != [])
    low, high = panel._plot.getViewBox().viewRange()[1]
    assert np.log10(70) > low > 1.5
    assert np.log10(210) < high < 2.6


def test_a_resumed_run_keeps_its_curves_and_another_run_does_not(panel, told):
    trained(panel, told)
    panel.start(told.start(first_epoch=3, goes_on=True))
    assert len(panel._data.epochs["validation"]) == 4
    panel.start(told.start())
    assert panel._data.epochs["validation"] == {}


def test_a_run_from_the_disk_is_drawn_the_same_way(panel, qtbot):
    rows = {0: {"loss": 9.0}, 1: {"loss": 5.0}, 2: {"loss": 4.0, "lr": 1e-3}}
    history = History(np.arange(1, 5), {"loss": np.array([8.0, 7.0, 6.0, 5.0])}, {1: {"loss": 6.0}}, rows, 2)
    panel.load(history, "nats per image")
    qtbot.waitUntil(lambda: panel._known == ["loss"])
    np.testing.assert_array_equal(drawn(panel, "loss", "validation")[1], [9, 5, 4])


def test_nothing_is_redrawn_while_hidden_and_all_of_it_when_shown_again(panel, told, qtbot):
    panel.hide()
    trained(panel, told)
    assert not panel._timer.isActive()
    panel.show()
    qtbot.waitUntil(lambda: panel._known != [])


def test_at_the_end_of_a_run_its_last_numbers_are_drawn_at_once(panel, told):
    trained(panel, told)
    assert panel._known == []
    panel.end()
    assert len(drawn(panel, "loss", "validation")[0]) == 4
    assert not panel._timer.isActive()


def test_curves_that_are_dear_to_draw_are_drawn_less_often(panel, told, qtbot):
    trained(panel, told)
    qtbot.waitUntil(lambda: panel._known != [])
    panel._plot.paint_seconds = 0.011
    panel._redraw()
    assert panel._timer.interval() > 1000
    panel._plot.paint_seconds = 60.0
    panel._redraw()
    assert panel._timer.interval() == 2000


def test_a_theme_reaches_curves_and_chips(panel, told, qtbot):
    trained(panel, told)
    qtbot.waitUntil(lambda: panel._known != [])
    panel.set_theme(LIGHT)
    assert panel._plot._curves[("loss", "train")].opts["pen"].color().name() == LIGHT.accent
    dot = panel.findChild(QToolButton, "loss_train_chip").icon().pixmap(10, 10).toImage()
    assert dot.pixelColor(5, 5).name() == LIGHT.accent


# Settings that were changed


def change(step):
    return ValuesChanged(step // 4, step, {"beta": 1.0}, {"beta": 4.0})


def test_a_change_is_marked_where_its_step_stands(panel, told):
    trained(panel, told)
    panel.add_change(change(6))
    assert panel._plot.changes.positions == [1.5]


def test_a_run_that_goes_on_keeps_the_marks_before_and_another_run_none(panel, told):
    trained(panel, told)
    for step in (2, 6):
        panel.add_change(change(step))
    panel.start(told.start(first_epoch=1))
    assert panel._plot.changes.positions == [0.5]
    panel.start(told.start())
    assert panel._plot.changes.positions == []


def test_a_run_from_the_disk_has_marks_too(panel):
    panel.load(History(steps_per_epoch=10, validation={1: {"loss": 1.0}}), "nats per image")
    panel.add_change(change(5))
    assert panel._plot.changes.positions == [0.5]
