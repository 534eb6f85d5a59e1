"""Which stage is played when, and which look is shown with it."""

from types import SimpleNamespace

import pytest

from ae_studio.events import RunEnded
from ae_studio.gui.slow_motion import SlowMotion
from ae_studio.gui.step_words import BATCH, DECODE, ENCODE, LOSS, SAMPLE, UPDATE
from tests.gui.seen_step import deterministic, seen_step


def look(step):
    return SimpleNamespace(step=step)


@pytest.fixture
def slow(qtbot):
    made = SlowMotion()
    made.told = []
    for name in ("step_wanted", "opened", "closed", "step_begun", "stage_shown", "playing_changed", "look_due"):
        getattr(made, name).connect(lambda *told, name=name: made.told.append((name, *told)))
    yield made
    made.end()


@pytest.fixture
def playing(slow):
    """At the first stage of step 41, whose two looks are there."""
    slow.open()
    slow.take_look(look(40))
    slow.take_step(seen_step())
    slow.take_look(look(41))
    return slow


def looks(slow):
    return [told[1].step for told in slow.told if told[0] == "look_due"]


def count(slow, name):
    return sum(told[0] == name for told in slow.told)


def test_looks_pass_while_nothing_is_played(slow):
    slow.take_look(look(1))
    slow.take_look(look(2))
    assert looks(slow) == [1, 2]


def test_opening_asks_for_a_step_and_its_first_stage_is_shown(slow):
    slow.open()
    assert [told[0] for told in slow.told] == ["playing_changed", "opened", "step_wanted"]
    step = seen_step()
    slow.take_step(step)
    assert ("step_begun", step) in slow.told
    assert ("stage_shown", BATCH, 0.0) in slow.told
    assert slow.seen is step


def test_stages_follow_each_other_by_themselves_and_the_next_step_is_asked_for(slow, qtbot):
    slow.set_speed(100.0)
    slow.open()
    slow.take_step(seen_step())
    with qtbot.waitSignal(slow.step_wanted, timeout=10_000):
        pass
    stages = list(dict.fromkeys(told[1] for told in slow.told if told[0] == "stage_shown"))
    assert stages == list(range(7))
    shares = [told[2] for told in slow.told if told[0] == "stage_shown"]
    assert all(0 <= share < 1 for share in shares)
    assert slow.seen is None


def test_the_look_behind_the_step_is_held_back_until_the_update(playing):
    assert looks(playing) == [40]
    for _ in range(5):
        playing.go_on()
    assert looks(playing) == [40]
    playing.go_on()
    assert playing.stage == UPDATE
    assert looks(playing) == [40, 41]


def test_going_back_from_the_update_shows_the_look_before_it_again(playing):
    playing.go(UPDATE)
    playing.go_back()
    assert looks(playing) == [40, 41, 40]


def test_a_look_that_comes_late_is_shown_when_it_comes(slow):
    slow.open()
    slow.take_look(look(40))
    slow.take_step(seen_step())
    slow.go(UPDATE)
    slow.take_look(look(41))
    assert looks(slow) == [40, 41]


def test_what_draws_nothing_has_no_sample_stage(slow):
    slow.open()
    slow.take_step(deterministic())
    slow.go_on()
    assert slow.stage == ENCODE
    slow.go_on()
    assert slow.stage == DECODE
    slow.go(SAMPLE)
    assert slow.stage == DECODE
    slow.go_back()
    assert slow.stage == ENCODE


def test_paused_it_stands_still_and_goes_on_where_it_was(playing):
    playing.toggle_play()
    assert not playing.playing
    assert not playing._timer.isActive()
    playing.go(LOSS)
    assert playing.told[-1] == ("stage_shown", LOSS, 1.0)  # a stage that is gone to shows all it has
    playing.toggle_play()
    assert playing._timer.isActive()
    assert playing.stage == LOSS


def test_paused_at_the_end_of_a_step_the_next_one_is_still_gone_to_and_stands_still(playing):
    playing.toggle_play()
    playing.go(UPDATE)
    playing.go_on()
    assert count(playing, "step_wanted") == 2
    playing.take_step(seen_step(step=42))
    assert not playing._timer.isActive()


def test_closing_shows_the_look_that_was_held_back_and_leaves_no_timer(playing):
    playing.close()
    assert looks(playing) == [40, 41]
    assert not playing._timer.isActive()
    assert playing.told[-1] == ("closed",)
    playing.close()
    assert count(playing, "closed") == 1


def test_a_step_that_is_told_behind_the_end_is_not_played(playing):
    playing.close()
    playing.take_step(seen_step(step=42))
    assert playing.seen is None
    playing.take_look(look(42))
    assert looks(playing)[-1] == 42


def test_letting_the_training_run_ends_it(playing):
    playing.take_paused(True)
    assert playing.on
    playing.take_paused(False)
    assert not playing.on


def test_the_last_step_of_a_run_is_played_to_its_end(playing):
    playing.end_run(RunEnded("finished", "", None))
    assert playing.on
    playing.go(UPDATE)
    playing.go_on()
    assert not playing.on
    assert count(playing, "step_wanted") == 1


@pytest.mark.parametrize("outcome", ["stopped", "failed"])
def test_a_stop_or_a_failure_ends_it_at_once(playing, outcome):
    playing.end_run(RunEnded(outcome, "", None))
    assert not playing.on
    assert looks(playing) == [40, 41]


def test_a_run_that_ends_while_a_step_is_waited_for_ends_it(slow):
    slow.open()
    slow.end_run(RunEnded("finished", "", None))
    assert not slow.on


def test_the_next_step_can_be_asked_for_at_any_stage(playing):
    playing.go(ENCODE)
    playing.go_to_next_step()
    assert looks(playing) == [40, 41]
    assert count(playing, "step_wanted") == 2
    playing.take_step(seen_step(step=42))
    assert playing.stage == BATCH


def test_an_old_epoch_that_the_user_goes_to_is_shown_at_once(playing):
    playing.take_look(look(7))
    assert looks(playing)[-1] == 7


def test_it_opens_again_with_the_look_that_is_there(playing):
    playing.close()
    playing.open()
    playing.take_step(seen_step(step=42))
    playing.take_look(look(42))
    playing.go(UPDATE)
    playing.go_back()
    assert looks(playing) == [40, 41, 42, 41]
