"""Slow motion in the whole window, with the real engine; its parts have tests of their own."""

import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.step_marks import KEY
from ae_studio.gui.step_words import ENCODE, UPDATE
from ae_studio.training.defaults import complete
from tests.gui.conftest import LOADED

SMALL = {"data": "digits", "epochs": 2, "batch_size": 300, "settings": {"hidden": "16"}}


@pytest.fixture
def ready(window, qtbot):
    """The window with small settings, and nothing trained yet."""
    window.setup_panel.set_config(complete(SMALL))
    qtbot.waitUntil(lambda: window.steering.possible().why_no_step == "", timeout=LOADED)
    return window


def press(window, qtbot, key):
    qtbot.keyClick(window.latent_panel.canvas, key)


def begin(window, qtbot):
    """Slow motion at the first stage of the run's first step, standing still."""
    with qtbot.waitSignal(window.slow_motion.step_begun, timeout=LOADED) as begun:
        press(window, qtbot, Qt.Key.Key_M)
    window.slow_motion.toggle_play()
    return begun.args[0]


def overlay(window):
    return window.latent_panel.canvas._overlays.get(KEY)


def test_slow_motion_begins_a_run_and_plays_its_first_step(ready, qtbot):
    seen = begin(ready, qtbot)
    assert seen.step == 1
    assert ready.session.training
    assert ready.session.paused
    assert ready.slow_motion_strip.isVisible()
    assert ready.top_bar.slow_motion_button.isChecked()
    ready.slow_motion.go(ENCODE)
    assert overlay(ready) is not None
    shown = ready.latent_panel.canvas._picture
    ready.slow_motion.go(UPDATE)
    assert overlay(ready) is None
    qtbot.waitUntil(lambda: ready.laboratory.scene.look.step == 1, timeout=LOADED)  # the look behind the step
    assert shown is ready.latent_panel.canvas._picture
    with qtbot.waitSignal(ready.slow_motion.step_begun, timeout=LOADED) as begun:
        press(ready, qtbot, Qt.Key.Key_S)
    assert begun.args[0].step == 2


def test_it_closes_paused_and_the_training_goes_on_at_a_key(ready, qtbot):
    begin(ready, qtbot)
    assert ready.slow_motion_strip.hasFocus()
    qtbot.keyClick(ready.slow_motion_strip, Qt.Key.Key_Escape)
    assert not ready.slow_motion_strip.isVisible()
    assert overlay(ready) is None
    assert ready.session.paused
    assert ready.latent_panel.canvas.hasFocus()
    with qtbot.waitSignal(ready.session.run_ended, timeout=LOADED) as ended:
        press(ready, qtbot, Qt.Key.Key_Space)
    assert ended.args[0].outcome == "finished"


def test_space_stands_still_and_plays_on(ready, qtbot):
    begin(ready, qtbot)
    assert not ready.slow_motion.playing
    press(ready, qtbot, Qt.Key.Key_Space)
    assert ready.slow_motion.playing
    assert ready.session.paused
    press(ready, qtbot, Qt.Key.Key_Space)
    assert not ready.slow_motion.playing


def test_resume_and_an_epoch_leave_slow_motion(ready, qtbot):
    begin(ready, qtbot)
    with qtbot.waitSignals([ready.session.epoch_done, ready.slow_motion.closed], timeout=LOADED):
        press(ready, qtbot, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: ready.session.paused, timeout=LOADED)
    assert ready.session.training
    begin(ready, qtbot)
    with qtbot.waitSignals([ready.slow_motion.closed, ready.session.run_ended], timeout=LOADED):
        ready.top_bar.pause_button.click()
    assert not ready.slow_motion_strip.isVisible()


def test_a_stop_ends_it(ready, qtbot):
    begin(ready, qtbot)
    with qtbot.waitSignals([ready.slow_motion.closed, ready.session.run_ended], timeout=LOADED):
        ready.top_bar.stop_button.click()
    assert not ready.top_bar.slow_motion_button.isChecked()


def test_the_last_step_of_the_run_is_played_to_its_end(ready, qtbot):
    ready.setup_panel.set_config(complete({**SMALL, "epochs": 1, "batch_size": 1078}))  # a single step
    begin(ready, qtbot)
    qtbot.waitUntil(lambda: not ready.session.training, timeout=LOADED)
    assert ready.slow_motion.on
    ready.slow_motion.go(UPDATE)
    ready.slow_motion.go_on()
    assert not ready.slow_motion_strip.isVisible()


def test_a_change_of_settings_meanwhile_holds_from_the_next_step_on(ready, qtbot):
    first = begin(ready, qtbot)
    with qtbot.waitSignal(ready.session.values_changed, timeout=LOADED):
        ready.session.change({"lr": 0.0125})
    with qtbot.waitSignal(ready.slow_motion.step_begun, timeout=LOADED) as begun:
        ready.slow_motion.go_to_next_step()
    assert (first.learning_rate, begun.args[0].learning_rate) == (pytest.approx(1e-3), pytest.approx(0.0125))


def test_the_first_step_and_the_first_epoch_begin_a_run_too(ready, qtbot):
    with qtbot.waitSignal(ready.session.steps_done, timeout=LOADED) as done:
        press(ready, qtbot, Qt.Key.Key_S)
    assert done.args[0].steps.tolist() == [1]
    assert ready.session.training
    assert ready.session.paused
    assert ready.top_bar.pause_button.accessibleName() == "Resume"
    epochs = []
    ready.session.epoch_done.connect(lambda event: epochs.append(event.epoch))
    with qtbot.waitSignal(ready.session.epoch_done, timeout=LOADED):
        ready.top_bar.epoch_button.click()
    assert epochs == [1]
    assert ready.session.paused
    assert ready.top_bar.pause_button.accessibleName() == "Resume"


def test_closing_the_window_in_slow_motion_leaves_nothing_behind(ready, qtbot):
    begin(ready, qtbot)
    ready.slow_motion.toggle_play()
    ready.leaving.agreed = True  # as who was asked whether to stop the training has said
    with qtbot.waitSignal(ready.session.run_ended, timeout=LOADED):
        ready.top_bar.stop_button.click()
    assert not ready.isVisible()
    assert not ready.slow_motion._timer.isActive()
