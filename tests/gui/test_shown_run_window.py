"""A run as the window shows it, told by hand: no engine, and nobody who could steer it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from ae_studio.events import (
    EpochDone,
    LatentSpace,
    RunEnded,
    RunGoesOn,
    RunStalled,
    RunStarted,
    StepsDone,
    ValuesChanged,
)
from ae_studio.gui.shown_run_window import ShownRunWindow
from tests.gui.small_run import CODES, IMAGES, LABELS, NAMES, look

RUN = Path("2026-11-23_vae_digits")


@pytest.fixture
def window(qtbot):
    QSettings().clear()
    made = ShownRunWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    for at_work in (made.slow_motion, made.session, made.times, made.evaluator):
        at_work.end()
    made.end_exploring()


def begin(window):
    started = RunStarted(
        RUN, 3, 0, 4, LatentSpace(2), 10, 40, 40, "CPU", "32 bits", IMAGES[:4], LABELS, NAMES, sample_images=IMAGES
    )
    window.session.tell(started)


def end_epoch(window, number, codes=CODES):
    seen = look(codes, epoch=number, step=4 * number)
    window.session.tell(EpochDone(number, {"loss": 2.0}, {"loss": 3.0}, 0.001, 1.0, 40.0, RUN / "none", seen))


def points(window):
    return window.hand.explorer.codes


def test_a_run_that_begins_names_the_window_and_its_points_move_with_each_epoch(window):
    begin(window)
    assert window.windowTitle() == "2026-11-23_vae_digits – AE Studio"
    end_epoch(window, 0)
    np.testing.assert_array_equal(points(window), CODES)
    end_epoch(window, 1, CODES + 1)
    np.testing.assert_array_equal(points(window), CODES + 1)
    assert window.epoch_bar.epoch == 1


def test_while_an_old_epoch_is_looked_at_the_points_stay(window):
    begin(window)
    end_epoch(window, 0)
    window.epoch_bar.follow_changed.emit(False)
    end_epoch(window, 1, CODES + 1)
    np.testing.assert_array_equal(points(window), CODES)
    window.epoch_bar.follow_changed.emit(True)
    np.testing.assert_array_equal(points(window), CODES + 1)


def test_steps_and_changes_of_settings_reach_the_loss_plot_and_the_slider(window):
    begin(window)
    window.session.tell(StepsDone(1, np.arange(1, 5), {"loss": np.ones(4, np.float32)}, 10.0))
    window.session.tell(ValuesChanged(1, 2, {"beta": 4.0}, {"beta": 1.0}))
    assert window.loss_panel._data.steps.tolist() == [1, 2, 3, 4]
    assert window.loss_panel._made_plot().changes.positions == [0.5]  # behind two of an epoch's four steps
    assert window.epoch_bar._others == [2]  # losses of the epochs before cannot be compared with those from here on


def test_silence_is_told_and_taken_back(window):
    begin(window)
    bar = window.message_bar
    window.session.tell(RunStalled(61.0))
    assert bar.isVisible()
    window.session.tell(RunGoesOn())
    assert not bar.isVisible()


def test_the_end_is_told_in_the_window(window):
    begin(window)
    window.session.tell(RunEnded("failed", "The loss is not a number any more.", RUN))
    told = " ".join(label.text() for label in window.message_bar.findChildren(QLabel))
    assert "The loss is not a number any more." in told


def test_a_move_of_the_mouse_decodes_there(window, qtbot):
    begin(window)
    end_epoch(window, 0)
    with qtbot.waitSignal(window.hand.handle_decoded):
        window.latent_panel.canvas.hand_tool.moved.emit(0.5, -0.5)
    np.testing.assert_allclose(window.hand.explorer.handle, [0.5, -0.5], atol=1e-6)


def test_the_keys_of_the_time_machine_are_heard(window, qtbot):
    begin(window)
    end_epoch(window, 0)
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert window.epoch_bar.ends.ends[0] == 0
