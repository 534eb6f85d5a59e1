import threading
import time
from contextlib import suppress

import pytest

from ae_studio.training.control import RunControl, TrainingStopped


def test_nothing_is_in_the_way_at_first():
    RunControl().before_step()


def test_a_stop_raises_at_the_next_batch():
    control = RunControl()
    control.stop()
    with pytest.raises(TrainingStopped):
        control.before_step()
    with pytest.raises(TrainingStopped):
        control.check()


def test_a_step_lets_one_batch_through():
    control = RunControl()
    control.step()
    assert control.paused
    control.before_step()
    assert control.must_wait


def test_a_second_pause_takes_back_steps_not_made():
    control = RunControl()
    control.step()
    control.pause()
    assert control.must_wait


@pytest.mark.parametrize("release", ["resume", "stop", "step"])
def test_waiting_ends_with(release):
    control, ended = RunControl(), threading.Event()
    control.pause()

    def wait():
        with suppress(TrainingStopped):
            control.before_step()
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    getattr(control, release)()
    assert ended.wait(5)
    thread.join(5)


def test_a_rest_is_as_long_as_asked_for_or_until_a_stop():
    control = RunControl()
    began = time.monotonic()
    control.rest(0.05)
    assert time.monotonic() - began >= 0.05
    control.stop()
    control.rest(3600)


def test_only_the_step_that_was_asked_to_be_seen_is():
    control = RunControl()
    assert not control.seen
    control.step(seen=True)
    assert not control.seen  # the step at hand is not the one that was asked for
    control.before_step()
    assert control.seen
    control.step()
    control.before_step()
    assert not control.seen


def test_steps_on_the_way_at_full_speed_are_not_seen():
    control = RunControl()
    control.step(seen=True)
    control.before_step()
    control.resume()
    control.before_step()
    assert not control.seen


# Settings that are to change


def test_a_change_is_taken_before_the_next_step_and_once():
    control = RunControl()
    assert control.before_step()
    control.change({"beta": 1.0, "lr": 0.1})
    control.change({"beta": 2.0})
    assert control.has_changes
    assert not control.before_step()
    assert control.take_changes() == {"beta": 2.0, "lr": 0.1}
    assert not control.has_changes
    assert control.before_step()


def test_a_change_while_paused_is_taken_at_once_and_the_pause_goes_on():
    control, seen = RunControl(), []
    control.pause()
    taken = threading.Event()

    def train():
        while not control.before_step():
            seen.append(control.take_changes())
            taken.set()
        seen.append("step")

    thread = threading.Thread(target=train)
    thread.start()
    control.change({"beta": 1.0})
    assert taken.wait(5)
    assert control.must_wait
    assert seen == [{"beta": 1.0}]
    control.step()
    thread.join(5)
    assert seen == [{"beta": 1.0}, "step"]
    assert control.must_wait


def test_a_change_uses_up_no_step():
    control = RunControl()
    control.step()
    control.change({"beta": 1.0})
    assert not control.before_step()
    control.take_changes()
    assert control.before_step()
    assert control.must_wait


def test_a_stop_counts_for_more_than_a_change():
    control = RunControl()
    control.pause()
    control.change({"beta": 1.0})
    control.stop()
    with pytest.raises(TrainingStopped):
        control.before_step()


def test_an_epoch_is_trained_to_its_end_and_then_it_pauses():
    control = RunControl()
    control.epoch()
    for _ in range(5):
        assert control.before_step()
    assert not control.paused  # not before it is there
    assert not control.must_wait
    control.epoch_ended()
    assert control.paused
    assert control.must_wait


def test_a_step_that_is_seen_is_a_single_one_and_no_other_is():
    control = RunControl()
    control.step()
    control.step(seen=True)
    assert control.before_step()
    assert control.seen
    assert control.must_wait
    control.step()
    assert control.before_step()
    assert not control.seen
    control.step(seen=True)
    control.resume()
    assert not control.seen
