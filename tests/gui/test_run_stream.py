"""A run's events, made by hand, as the window hears of them."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from ae_studio.events import (
    EpochDone,
    Event,
    LatentSpace,
    LookDone,
    RunEnded,
    RunGoesOn,
    RunStalled,
    RunStarted,
    StepsDone,
    ValuesChanged,
)
from ae_studio.gui.run_stream import SIGNALS, RunStream
from tests.gui.seen_step import seen_step
from tests.gui.small_run import look

NOTHING = np.zeros((0, 6, 6), dtype=np.uint8)
STARTED = RunStarted(
    Path("run"), 3, 0, 4, LatentSpace(2), 10, 40, 40, "CPU", "32 bits", NOTHING, np.zeros(0, np.int64), ()
)
STEPS = StepsDone(1, np.arange(2), {"loss": np.ones(2, np.float32)}, 10.0)


def epoch(number):
    return EpochDone(number, {}, {}, 0.001, 1.0, 40.0, Path("0001.safetensors"), look(epoch=number))


@pytest.fixture
def stream(qapp):
    return RunStream()


def shown(stream):
    """Fills with the epochs of the looks that are shown."""
    epochs = []
    stream.look_shown.connect(lambda shown: epochs.append(shown.epoch))
    return epochs


def test_every_event_of_a_run_has_a_signal():
    assert {*SIGNALS, LookDone, RunGoesOn} == set(get_args(Event))


@pytest.mark.parametrize(
    ("signal", "event"),
    [
        ("run_started", STARTED),
        ("steps_done", STEPS),
        ("epoch_done", epoch(1)),
        ("values_changed", ValuesChanged(1, 3, {"beta": 2.0})),
        ("step_seen", seen_step()),
        ("run_stalled", RunStalled(61.0)),
        ("run_ended", RunEnded("finished", "Finished all 3 epochs.", Path("run"))),
    ],
)
def test_an_event_is_told_whole_by_the_signal_of_its_name(stream, qtbot, signal, event):
    with qtbot.waitSignal(getattr(stream, signal)) as told:
        stream.tell(event)
    assert told.args == [event]


def test_a_run_that_goes_on_again_is_told(stream, qtbot):
    with qtbot.waitSignal(stream.run_goes_on):
        stream.tell(RunGoesOn())


def test_the_folder_is_known_when_the_start_is_told(stream):
    folders = []
    stream.run_started.connect(lambda event: folders.append(stream.run_path))
    stream.tell(STARTED)
    assert folders == [Path("run")]


def test_an_epoch_is_told_before_its_look(stream, qtbot):
    with qtbot.waitSignals([stream.epoch_done, stream.look_shown], order="strict"):
        stream.tell(epoch(1))


def test_looks_between_epochs_and_at_their_ends_are_shown(stream):
    epochs = shown(stream)
    for event in (LookDone(look(epoch=1)), epoch(2), STEPS):
        stream.tell(event)
    assert epochs == [1, 2]


def test_while_an_old_epoch_is_looked_at_looks_are_held_back_and_then_the_newest_is_shown(stream):
    epochs = shown(stream)
    stream.follow(False)
    for number in (1, 2, 3):
        stream.tell(epoch(number))
    assert epochs == []
    stream.follow(True)
    assert epochs == [3]
    stream.follow(True)
    assert epochs == [3]


def test_a_new_run_is_followed_and_shows_nothing_of_the_last(stream):
    stream.tell(epoch(5))
    epochs = shown(stream)
    stream.follow(False)
    stream.tell(STARTED)
    stream.follow(False)
    stream.follow(True)
    assert epochs == []
    stream.tell(epoch(0))
    assert epochs == [0]
