import pytest

from ae_studio.events import EpochDone, StepsDone
from ae_studio.gui import engine
from ae_studio.training.defaults import complete
from ae_studio.training.live import Change, read_changes

SMALL = {"data": "digits", "epochs": 1, "settings": {"hidden": "16"}}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run with a change on the way, and what it told."""
    told = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AE_STUDIO_RUNS", str(tmp_path_factory.mktemp("engine")))
        changes = (Change(3, {"beta": 0.5}),)
        ended = engine.train(complete(SMALL), engine.new_control(), changes, told.append)
    assert ended.outcome == "finished"
    return ended.run, told


def test_a_run_pauses_behind_as_much_as_was_asked_for():
    assert not engine.new_control().paused
    assert not engine.new_control("epoch").paused  # on the way to the end of the epoch it does not stand still
    assert engine.new_control("step").paused  # behind that step
    assert engine.new_control("seen step").paused


def test_one_step_is_told_from_the_inside_where_that_was_asked_for():
    for first, seen in (("step", False), ("seen step", True)):
        control = engine.new_control(first)
        assert control.before_step()
        assert control.seen is seen


def test_a_run_of_another_process_gets_no_looks_of_its_own():
    assert engine.new_control().live
    assert not engine.control_of_watching().live


def test_a_run_is_trained_with_the_changes_of_another(run):
    path, told = run
    assert [change.values for change in read_changes(path)] == [{"beta": 0.5}]
    assert any(isinstance(event, StepsDone) for event in told)


def test_a_run_is_opened_and_its_pictures_are_saved(run):
    path, _ = run
    assert engine.open_run(path).epochs == (0, 1)
    saved = engine.save_pictures(path)
    assert saved
    assert all(picture.is_relative_to(path) and picture.exists() for picture in saved)


def test_a_run_is_watched_until_its_end(run):
    path, _ = run
    told = []
    assert engine.watch(path, engine.control_of_watching(), {"poll_s": 0.01}, told.append).outcome == "finished"
    assert [event.epoch for event in told if isinstance(event, EpochDone)] == [0, 1]


def test_the_engine_says_which_devices_cannot_be_used():
    import gc

    from ae_studio.torch_setup import compute_on_all_threads

    try:
        missing = engine.load_engine()
    finally:
        gc.unfreeze()
        compute_on_all_threads()
    assert "cpu" not in missing
    assert all(isinstance(reason, str) and reason for reason in missing.values())
