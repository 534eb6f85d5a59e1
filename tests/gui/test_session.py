import pytest

from ae_studio.events import EpochDone, RunEnded
from ae_studio.gui.session import Session
from ae_studio.training.defaults import complete
from ae_studio.training.live import Change, read_changes

SMALL = {"data": "digits", "epochs": 2, "settings": {"hidden": "16"}}
LONG = SMALL | {"epochs": 100_000}


@pytest.fixture
def session(qapp):
    made = Session()
    yield made
    made.end()


def train(session, qtbot, **values):
    with qtbot.waitSignal(session.run_ended, timeout=60_000) as ended:
        session.train(complete({**SMALL, **values}))
    return ended.args[0]


def test_the_engine_reports_which_devices_cannot_be_used(session, qtbot):
    with qtbot.waitSignal(session.engine_ready, timeout=60_000) as ready:
        session.load_engine()
    assert "cpu" not in ready.args[0]


def test_a_run_is_told_from_its_start_to_its_end(session, qtbot):
    order = []
    session.run_started.connect(lambda event: order.append("started"))
    session.epoch_done.connect(lambda event: order.append(event.epoch))
    session.look_shown.connect(lambda look: order.append("look"))
    ended = train(session, qtbot)
    assert ended.outcome == "finished"
    assert order[0] == "started"
    assert [entry for entry in order if isinstance(entry, int)] == [0, 1, 2]
    assert order.count("look") >= 3
    assert not session.training


def test_a_second_train_while_one_runs_changes_nothing(session, qtbot):
    with qtbot.waitSignal(session.run_started, timeout=60_000):
        session.train(complete(LONG))
    first = session._thread
    session.train(complete(SMALL))
    assert session._thread is first
    with qtbot.waitSignal(session.run_ended, timeout=60_000):
        session.stop()


def test_pause_resume_step_and_stop_reach_the_training(session, qtbot):
    with qtbot.waitSignal(session.steps_done, timeout=60_000):
        session.train(complete(LONG))
    session.pause()
    assert session.paused
    qtbot.wait_signal(session.look_shown, timeout=60_000).wait()  # taken when it has settled
    with qtbot.waitSignal(session.steps_done, timeout=60_000) as stepped:
        session.step()
    assert len(stepped.args[0].steps) == 1
    with qtbot.waitSignal(session.steps_done, timeout=60_000):
        session.resume()
    with qtbot.waitSignal(session.run_ended, timeout=60_000) as ended:
        session.stop()
    assert ended.args[0].outcome == "stopped"


def test_a_change_reaches_the_training_also_while_it_is_paused_and_is_told(session, qtbot):
    with qtbot.waitSignal(session.steps_done, timeout=60_000):
        session.train(complete(LONG))
    for values in ({"beta": 0.5}, {"lr": 0.01}):
        with qtbot.waitSignal(session.values_changed, timeout=60_000) as changed:
            session.change(values)
        assert changed.args[0].values == values
        session.pause()
    assert session.paused
    with qtbot.waitSignal(session.run_ended, timeout=60_000):
        session.stop()
    assert [change.values for change in read_changes(session.run_path)] == [{"beta": 0.5}, {"lr": 0.01}]
    session.change({"beta": 3.0})  # of nobody
    assert len(read_changes(session.run_path)) == 2


def test_changes_of_another_run_are_made_on_the_way(session, qtbot):
    told = []
    session.values_changed.connect(lambda event: told.append((event.step, event.values)))
    with qtbot.waitSignal(session.run_ended, timeout=60_000):
        session.train(complete(SMALL), [Change(3, {"beta": 0.5})])
    assert told == [(3, {"beta": 0.5})]


def test_a_run_is_repeated_in_a_process_of_its_own(session, qtbot):
    with qtbot.waitSignal(session.run_ended, timeout=60_000):
        session.train(complete(SMALL), [Change(3, {"beta": 0.5})])
    first, told = session.run_path, []
    session.values_changed.connect(lambda event: told.append((event.step, event.values)))
    session.watch_options = {"poll_s": 0.05}
    with qtbot.waitSignal(session.run_ended, timeout=110_000):
        session.train_apart(complete(SMALL), first)
        process = session.own_process
    qtbot.waitUntil(lambda: not process.alive, timeout=20_000)
    assert told == [(3, {"beta": 0.5})]
    assert (session.run_path / "metrics.csv").read_bytes() == (first / "metrics.csv").read_bytes()


def test_after_a_failed_run_the_next_one_works(session, qtbot, monkeypatch):
    from ae_studio.models.vae import VAE

    with monkeypatch.context() as patched:
        patched.setattr(VAE, "posterior", lambda self, x: 1 / 0)
        assert train(session, qtbot).outcome == "failed"
    assert train(session, qtbot).outcome == "finished"


def test_a_run_is_opened_with_its_last_look(session, qtbot):
    run = train(session, qtbot).run
    seen = []
    session.run_opened.connect(seen.append)
    with qtbot.waitSignals([session.run_opened, session.look_shown], order="strict", timeout=20_000):
        session.open_run(run)
    [opened] = seen
    assert opened.path == run
    assert opened.epochs == (0, 1, 2)


def test_a_folder_that_is_no_run_is_said_in_words(session, qtbot, tmp_path):
    with qtbot.waitSignal(session.errand_failed, timeout=20_000) as failed:
        session.open_run(tmp_path)
    assert failed.args[0] == "open"
    assert "config.json: is missing" in failed.args[1]


def test_pictures_of_the_run_are_saved(session, qtbot):
    train(session, qtbot)
    with qtbot.waitSignal(session.pictures_saved, timeout=20_000) as saved:
        session.save_pictures()
    assert all(path.exists() for path in saved.args[0])


def test_ending_stops_a_training_and_keeps_it(qtbot, qapp):
    session = Session()
    with qtbot.waitSignal(session.epoch_done, timeout=60_000, check_params_cb=lambda e: isinstance(e, EpochDone)):
        session.train(complete(LONG))
    run, ended = session.run_path, []
    session.run_ended.connect(ended.append)
    session.end()
    qapp.processEvents()
    assert (run / "ended.json").exists()
    assert [type(event) for event in ended] == [RunEnded]


# A run of another process


@pytest.fixture
def unfinished(session, qtbot):
    """A run that has everything but its end, and how to end it."""
    run = train(session, qtbot).run
    ended = run / "ended.json"
    text = ended.read_text()
    ended.unlink()
    session.watch_options = {"poll_s": 0.01, "patience_s": 0.1}
    return run, lambda: ended.write_text(text)


def test_opening_a_run_without_an_end_watches_what_comes_until_it_ends(session, qtbot, unfinished):
    run, end = unfinished
    epochs, started = [], []
    session.epoch_done.connect(lambda event: epochs.append(event.epoch))
    session.run_started.connect(lambda event: started.append((event.goes_on, event.first_epoch)))
    with qtbot.waitSignals([session.run_opened, session.run_started, session.run_stalled], timeout=20_000):
        session.open_run(run)
    assert session.watched == run
    assert not session.training
    with qtbot.waitSignal(session.run_ended, timeout=20_000):
        end()
    assert started == [(True, 2)]
    assert epochs == []
    assert session.watched is None


def test_steering_does_not_reach_a_run_of_another_process(session, qtbot, unfinished):
    run, end = unfinished
    with qtbot.waitSignal(session.run_stalled, timeout=20_000):
        session.watch(run)
    session.stop()
    session.pause()
    assert not session.paused
    with qtbot.waitSignal(session.run_ended, timeout=20_000) as ended:
        end()
    assert ended.args[0].outcome == "finished"


def test_a_training_takes_the_place_of_a_watching_and_hears_nothing_of_it(session, qtbot, unfinished):
    run, _ = unfinished
    started = []
    session.run_started.connect(lambda event: started.append(event.run))
    session.watch(run)
    ended = train(session, qtbot)
    assert ended.run != run
    assert started[-1] == ended.run
    assert session.watched is None
