from types import SimpleNamespace

import numpy as np
import pytest

from ae_studio.events import StepsDone, ValuesChanged
from ae_studio.runs import watched_steps
from ae_studio.runs.watched_steps import WatchedSteps, parted

STARTED = SimpleNamespace(train_images=40, steps_per_epoch=4)  # ten images a step


def done(first, last, epoch=1):
    steps = np.arange(first, last + 1)
    return StepsDone(epoch, steps, {"loss": steps.astype(np.float32)}, 0.0)


def changed(step, value):
    return ValuesChanged(1, step, {"beta": value})


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(watched_steps, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def watched(tmp_path):
    return WatchedSteps(tmp_path)


def in_words(events):
    """Steps one by one, changes by their value."""
    found = []
    for event in events:
        found += [f"beta={event.values['beta']}"] if isinstance(event, ValuesChanged) else event.steps.tolist()
    return found


def test_a_change_is_told_behind_its_step(watched):
    told = watched.told(STARTED, [done(1, 4), done(5, 6)], [changed(2, 0.5), changed(2, 0.25), changed(5, 2)])
    assert in_words(told) == [1, 2, "beta=0.5", "beta=0.25", 3, 4, 5, "beta=2", 6]


def test_a_change_before_the_first_step_is_told_before_it(watched):
    assert in_words(watched.told(STARTED, [done(1, 2)], [changed(0, 0.5)])) == ["beta=0.5", 1, 2]


def test_each_change_is_told_once_and_not_before_its_step_is_there(watched):
    changes = [changed(2, 0.5), changed(6, 2)]
    assert in_words(watched.told(STARTED, [done(1, 4)], changes)) == [1, 2, "beta=0.5", 3, 4]
    assert in_words(watched.told(STARTED, [], changes)) == []
    assert in_words(watched.told(STARTED, [done(5, 6)], changes)) == [5, 6, "beta=2"]


def test_a_change_during_a_pause_is_told_though_no_step_follows(watched):
    assert in_words(watched.told(STARTED, [done(1, 4)], [])) == [1, 2, 3, 4]
    assert in_words(watched.told(STARTED, [], [changed(4, 2)])) == ["beta=2"]


def test_values_stay_with_their_steps(watched):
    for event in watched.told(STARTED, [done(1, 4)], [changed(2, 0.5)]):
        if isinstance(event, StepsDone):
            np.testing.assert_array_equal(event.terms["loss"], event.steps)


def test_the_speed_is_that_between_two_looks_and_unknown_at_the_first(watched, clock):
    [first] = watched.told(STARTED, [done(1, 4)], [])
    assert first.images_per_second == 0.0
    clock.now += 2.0
    assert list(watched.told(STARTED, [], [])) == []
    clock.now += 2.0  # two epochs at once, four seconds after the last steps
    speeds = [each.images_per_second for each in watched.told(STARTED, [done(5, 8), done(9, 10, epoch=2)], [])]
    assert speeds == [15.0, 15.0]


def test_weights_come_with_the_steps(tmp_path):
    (tmp_path / "weights.csv").write_text("step,term,weight\n1,kl,0\n4,kl,3\n")
    told = list(WatchedSteps(tmp_path).told(STARTED, [done(1, 4)], []))
    assert in_words(told) == [1, 2, 3, 4]
    assert (told[0].weights["kl"][0], told[-1].weights["kl"][1]) == (0.0, 3.0)


def test_steps_are_parted_at_one_of_them():
    before, behind = parted(done(3, 6), 4)
    assert (before.steps.tolist(), behind.steps.tolist()) == ([3, 4], [5, 6])
    assert parted(done(3, 6), 2)[0] is None
    assert parted(done(3, 6), 6)[1] is None
