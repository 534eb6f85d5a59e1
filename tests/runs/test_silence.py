import pytest

from ae_studio.events import RunGoesOn, RunStalled
from ae_studio.runs import silence
from ae_studio.runs.silence import Silence


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(silence, "time", clock)
    return clock


@pytest.fixture
def watched(clock, tmp_path):
    """What is told of a folder in which the log has one line, after so many seconds."""
    log = tmp_path / "log.txt"
    log.write_text("begun\n")
    noticed = Silence(tmp_path, patience_s=60.0)
    assert noticed.notice() is None

    def after(seconds):
        clock.now += seconds
        return noticed.notice()

    after.noticed, after.log = noticed, log
    return after


def test_silence_is_told_once_with_its_length(watched):
    assert watched(59.0) is None
    assert watched(2.0) == RunStalled(61.0)
    assert watched(100.0) is None


def test_a_change_takes_it_back_and_it_can_be_told_again(watched):
    watched(61.0)
    watched.log.write_text("begun\nstill here\n")
    assert watched(1.0) == RunGoesOn()
    assert watched(1.0) is None
    assert watched(60.0) == RunStalled(61.0)


def test_a_change_in_time_is_no_news(watched):
    for line in range(3):
        watched(59.0)
        watched.log.write_text("begun\n" * (line + 2))
        assert watched(0.5) is None
    assert watched(59.0) is None


@pytest.mark.parametrize("name", ["metrics.csv", "ended.json", "changes.jsonl", "snapshots"])
def test_whatever_appears_in_the_folder_counts(watched, name):
    watched(61.0)
    place = watched.log.with_name(name)
    place.mkdir() if name == "snapshots" else place.write_text("x")
    assert watched(1.0) == RunGoesOn()


def test_a_run_of_long_epochs_may_be_silent_for_three_of_them(watched):
    watched.noticed.take_epoch(100.0)
    watched.noticed.take_epoch(10.0)  # a shorter one does not make it less patient
    assert watched(299.0) is None
    assert watched(2.0) == RunStalled(301.0)


def test_a_folder_that_is_not_there_yet_is_silent_too(clock, tmp_path):
    noticed = Silence(tmp_path / "none", patience_s=60.0)
    assert noticed.notice() is None
    clock.now += 61.0
    assert noticed.notice() == RunStalled(61.0)
