from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSlider, QToolButton

from ae_studio.events import LatentSpace, ValuesChanged
from ae_studio.gui.kl_bars import KlBars
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
    """What is seen of a curve: x in epochs, and its values."""
    if split == "batch":
        panel.grab()  # steps are computed as they are painted
        found = panel._plot.steps_item.drawn(name)
        return (np.zeros(0), np.zeros(0)) if found is None else (found.x, found.high)
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


def weighed(panel, told, epochs=4, beta=4.0):
    """A run whose KL is warmed up over its epochs."""
    panel.start(told.start(epochs=epochs))
    panel.set_space(LatentSpace(3))
    panel.add_epoch(told.epoch(0, loss=500.0, kl=1.0, reconstruction=500.0, mse_per_pixel=0.2))
    for epoch in range(1, epochs + 1):
        ends = (beta * (epoch - 1) / epochs, beta * epoch / epochs)  # as a run tells it: from the last step before
        done = told.steps(epoch, loss=100.0, kl=10.0, reconstruction=60.0)
        panel.add_steps(replace(done, weights={"reconstruction": (1.0, 1.0), "kl": ends}))
        panel.add_epoch(told.epoch(epoch, loss=110.0, kl=10.0, reconstruction=70.0, mse_per_pixel=0.1))
    panel.end()


def choose(panel, title):
    box = panel.header.findChild(QComboBox, "loss_view_box")
    index = box.findText(title)
    assert box.model().item(index).isEnabled()
    box.setCurrentIndex(index)
    panel.end()


def refused(panel, title):
    """Why a view cannot be chosen."""
    box = panel.header.findChild(QComboBox, "loss_view_box")
    index = box.findText(title)
    return "" if box.model().item(index).isEnabled() else box.itemData(index, Qt.ItemDataRole.ToolTipRole)


def unit(panel):
    return panel.findChild(QLabel, "loss_unit").text()


def test_the_weighted_view_shows_each_part_of_the_loss(panel, told):
    weighed(panel, told)
    choose(panel, "Weighted")
    assert panel._known == ["loss", "reconstruction", "kl"]
    np.testing.assert_allclose(drawn(panel, "kl", "validation")[1], [0, 10, 20, 30, 40])
    np.testing.assert_allclose(drawn(panel, "loss", "validation")[1][1:], 110)
    _, y = drawn(panel, "kl", "batch")
    np.testing.assert_allclose(y[[0, 3, 4, 15]], [0, 10, 12.5, 40], atol=1e-5)
    assert unit(panel) == "nats per image"
    choose(panel, "Terms")
    np.testing.assert_allclose(drawn(panel, "reconstruction", "validation")[1][1:], 70)


def test_the_weighted_view_is_greyed_with_the_reason_where_weights_are_unknown(panel, told):
    weighed(panel, told)
    choose(panel, "Weighted")
    trained(panel, told)
    panel.end()
    assert "no weighted sum" in refused(panel, "Weighted")
    assert panel._known == ["loss", "kl", "reconstruction"]  # back at the terms


def test_before_the_first_run_the_views_say_that_there_is_none(panel):
    assert refused(panel, "Weighted") == refused(panel, "KL by dim.") == "There is no run yet"


def test_the_error_per_pixel_has_its_own_unit_and_only_the_curves_that_there_are(panel, told):
    weighed(panel, told)
    choose(panel, "MSE/pixel")
    assert unit(panel) == "squared error per pixel"
    np.testing.assert_allclose(drawn(panel, "mse_per_pixel", "validation")[1], [0.2, *[0.1] * 4])
    assert panel.findChild(QToolButton, "mse_per_pixel_validation_chip") is not None
    assert panel.findChild(QToolButton, "mse_per_pixel_train_chip") is None


def test_a_loss_that_is_the_error_per_pixel_has_a_training_there_too(panel, told):
    panel.start(told.start(loss_unit="squared error per pixel"))
    panel.add_epoch(told.epoch(0, loss=0.3, mse_per_pixel=0.3))
    panel.add_steps(told.steps(1, loss=0.2))
    panel.add_epoch(told.epoch(1, loss=0.1, mse_per_pixel=0.1))
    panel.end()
    choose(panel, "MSE/pixel")
    np.testing.assert_allclose(drawn(panel, "mse_per_pixel", "batch")[1], 0.2)
    np.testing.assert_allclose(drawn(panel, "mse_per_pixel", "train")[1], [0.1])


def test_what_was_hidden_in_one_view_is_hidden_again_behind_another(panel, told, qtbot):
    weighed(panel, told)
    qtbot.mouseClick(panel.findChild(QToolButton, "reconstruction_chip"), Qt.MouseButton.LeftButton)
    choose(panel, "Weighted")
    assert len(drawn(panel, "reconstruction", "validation")[0]) > 0
    choose(panel, "Terms")
    assert len(drawn(panel, "reconstruction", "validation")[0]) == 0


def test_smoothing_draws_a_line_through_the_steps_in_place_of_the_epochs_means(panel, told, qtbot):
    weighed(panel, told)
    slider = panel.header.findChild(QSlider, "smoothing_slider")
    assert len(drawn(panel, "loss", "train")[0]) == 4
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert len(drawn(panel, "loss", "train")[0]) == 0
    panel.grab()
    line = panel._plot.steps_item.drawn("loss").smooth
    np.testing.assert_allclose(line[np.isfinite(line)], 100, rtol=1e-5)
    assert "8 %" in slider.toolTip()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert len(drawn(panel, "loss", "train")[0]) == 4


def test_the_bars_follow_the_looks(panel, told):
    weighed(panel, told)
    codes = np.random.default_rng(0).normal(size=(6, 3)).astype(np.float32)
    codes[:, 1] = 0
    look = replace(told.look(4), codes=codes, kl=np.array([0.5, 0.0, 2.0], dtype=np.float32))
    panel.show_look(look)
    choose(panel, "KL by dim.")
    bars = panel.findChild(KlBars)
    assert bars.isVisible()
    assert not panel._plot.isVisible()
    assert bars.order.tolist() == [2, 0, 1]
    panel.show_look(replace(look, epoch=2, kl=np.array([3.0, 0.0, 2.0], dtype=np.float32)))
    assert bars.order.tolist() == [0, 2, 1]
    assert not panel.header.findChild(QCheckBox, "log_box").isEnabled()
    choose(panel, "Terms")
    assert panel._plot.isVisible()


def test_without_a_kl_of_dimensions_the_bars_are_greyed_with_the_reason(panel, told):
    weighed(panel, told)
    panel.show_look(told.look(1))
    assert "Gaussian posterior" in refused(panel, "KL by dim.")


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
    panel.start(told.start(first_epoch=1, goes_on=True))
    assert panel._plot.changes.positions == [0.5]
    panel.start(told.start())
    assert panel._plot.changes.positions == []


def test_a_run_from_the_disk_has_marks_too(panel):
    panel.load(History(steps_per_epoch=10, validation={1: {"loss": 1.0}}), "nats per image")
    panel.add_change(change(5))
    assert panel._plot.changes.positions == [0.5]
