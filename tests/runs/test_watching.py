import shutil
import threading

import numpy as np
import pytest

from ae_studio.events import EpochDone, LookDone, RunEnded, RunGoesOn, RunStalled, RunStarted, StepsDone, ValuesChanged
from ae_studio.runs.watching import watch
from ae_studio.training.atomic import write_text_atomic
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.live import Change
from ae_studio.training.train import train

CONFIG = complete({"epochs": 3, "settings": {"hidden": "16"}})
FAST = {"poll_s": 0.01}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished run, and what it told while it ran."""
    told = []
    train(CONFIG, told.append, out=tmp_path_factory.mktemp("watching") / "run")
    return told[-1].run, told


@pytest.fixture
def run(finished, tmp_path):
    return shutil.copytree(finished[0], tmp_path / "run")


def only(kind, told):
    return [event for event in told if isinstance(event, kind)]


def losses(told):
    return np.concatenate([event.terms["loss"] for event in only(StepsDone, told)])


class Meanwhile:
    """Takes a watched run's events, and does something when a certain one comes."""

    def __init__(self, kind, act):
        self.told = []
        self._kind = kind
        self._act = act

    def __call__(self, event):
        self.told.append(event)
        if self._act and isinstance(event, self._kind):
            act, self._act = self._act, None
            act()


def test_a_run_written_by_another_thread_is_told_as_it_was(tmp_path):
    own, watched = [], []
    writer = threading.Thread(target=train, args=(CONFIG, own.append), kwargs={"out": tmp_path / "run"})
    writer.start()
    ended = watch(tmp_path / "run", watched.append, **FAST)
    writer.join()
    assert ended == own[-1] == watched[-1]
    np.testing.assert_allclose(losses(watched), losses(own), rtol=1e-5)
    assert [event.epoch for event in only(EpochDone, watched)] == [0, 1, 2, 3]
    for here, there in zip(only(EpochDone, watched), only(EpochDone, own), strict=True):
        assert here.validation == pytest.approx(dict(there.validation))
        assert here.train == pytest.approx(dict(there.train))
        np.testing.assert_array_equal(here.look.codes, there.look.codes)
        codes = there.look.codes[:2]
        np.testing.assert_allclose(here.look.decoder(codes), there.look.decoder(codes), atol=1)


def test_the_start_says_what_the_run_itself_said(finished):
    run, own = finished
    told = []
    watch(run, told.append, **FAST)
    here, there = told[0], own[0]
    for name in RunStarted.__slots__:
        np.testing.assert_array_equal(getattr(here, name), getattr(there, name), err_msg=name)
    assert isinstance(told[-1], RunEnded)
    assert len(only(RunEnded, told)) == 1


def test_a_record_of_an_older_version_is_enough(run):
    import json

    record = json.loads((run / "config.json").read_text())
    for name in ("train_images", "validation_images", "steps_per_epoch", "loss_unit"):
        del record[name]
    (run / "config.json").write_text(json.dumps(record))
    told = []
    assert watch(run, told.append, **FAST).outcome == "finished"
    assert told[0].steps_per_epoch == len(losses(told)) // 3
    assert told[0].loss_unit == "nats per image"


def test_a_half_written_epoch_is_waited_for_and_then_told(run):
    snapshot, ended = run / "snapshots" / "0002.safetensors", run / "ended.json"
    whole, end = snapshot.read_bytes(), ended.read_text()
    snapshot.write_bytes(whole[:100])
    (run / "snapshots" / "0003.safetensors").unlink()
    ended.unlink()
    control = RunControl()
    half = Meanwhile(RunStalled, control.stop)
    watch(run, half, control, patience_s=0.1, **FAST)
    assert [event.epoch for event in only(EpochDone, half.told)] == [0, 1]

    def write_the_rest():
        snapshot.write_bytes(whole)
        ended.write_text(end)

    rest = Meanwhile(RunStalled, write_the_rest)
    assert watch(run, rest, patience_s=0.1, **FAST).outcome == "finished"
    assert [event.epoch for event in only(EpochDone, rest.told)] == [0, 1, 2]


def test_a_damaged_epoch_is_passed_over_when_a_later_one_is_whole(run):
    (run / "looks" / "0001.npz").write_bytes(b"PK")
    told = []
    watch(run, told.append, **FAST)
    assert [event.epoch for event in only(EpochDone, told)] == [0, 2, 3]


def test_a_stop_is_heard_between_the_epochs_of_a_long_past(run):
    control = RunControl()
    seen = Meanwhile(EpochDone, control.stop)
    (run / "ended.json").unlink()
    assert watch(run, seen, control, **FAST).outcome == "stopped"
    assert len(only(EpochDone, seen.told)) == 1


def test_silence_is_noticed_and_taken_back(run):
    end = (run / "ended.json").read_text()
    (run / "ended.json").unlink()
    told = Meanwhile(RunStalled, lambda: (run / "log.txt").write_text("still here\n" * 99))

    def take(event):
        told(event)
        if isinstance(event, RunGoesOn):
            (run / "ended.json").write_text(end)

    watch(run, take, patience_s=0.1, **FAST)
    stalled, goes_on = only(RunStalled, told.told)[0], only(RunGoesOn, told.told)[0]
    assert stalled.seconds >= 0.1
    assert told.told.index(stalled) < told.told.index(goes_on)


def test_a_run_that_is_taken_back_begins_anew(run):
    end = (run / "ended.json").read_text()
    (run / "ended.json").unlink()
    metrics = run / "metrics.csv"

    def resume_elsewhere():
        rows = metrics.read_text().splitlines(keepends=True)
        metrics.write_text("".join(row for row in rows if row[0] in "e01"))
        (run / "ended.json").write_text(end)

    told = Meanwhile(RunStalled, resume_elsewhere)
    watch(run, told, patience_s=0.1, **FAST)
    assert len(only(RunStarted, told.told)) == 2
    assert [event.epoch for event in only(EpochDone, told.told)] == [0, 1, 2, 3, 0, 1]


def test_what_is_known_of_a_run_is_not_told_again(changed):
    run, own = changed
    told = []
    watch(run, told.append, known=1, **FAST)
    [start] = only(RunStarted, told)
    assert (start.goes_on, start.first_epoch, start.epochs) == (True, 1, 3)
    assert [event.epoch for event in only(EpochDone, told)] == [2, 3]
    first = start.steps_per_epoch + 1
    assert in_order(told) == in_order(own)[in_order(own).index(first) :]
    behind = [event.weights for event in only(StepsDone, told) if event.weights]
    assert {weights["kl"] for weights in behind} == {(0.4, 0.4)}


def test_a_change_at_the_end_of_the_last_known_epoch_is_told(changed):
    run, own = changed
    step = only(RunStarted, own)[0].steps_per_epoch
    (run / "changes.jsonl").write_text(f'{{"step": {step}, "values": {{"beta": 2.0}}}}\n')
    told = []
    watch(run, told.append, known=1, **FAST)
    assert in_order(told)[:2] == [{"beta": 2.0}, step + 1]


def test_a_run_that_was_taken_back_behind_what_is_known_begins_anew(run):
    told = []
    watch(run, told.append, known=7, **FAST)
    assert not only(RunStarted, told)[0].goes_on
    assert [event.epoch for event in only(EpochDone, told)] == [0, 1, 2, 3]


def test_a_run_that_is_about_to_go_on_is_watched_past_its_old_end(run):
    """It was stopped within its third epoch; somebody takes that back, and trains on."""
    end = (run / "ended.json").read_text()
    metrics = run / "metrics.csv"
    rows = metrics.read_text().splitlines(keepends=True)
    metrics.write_text("".join(row for row in rows if row[0] in "e012" or "batch" in row))

    def take_back():
        (run / "ended.json").unlink()
        write_text_atomic(metrics, "".join(row for row in rows if row[0] in "e012"))

    def train_on():
        with open(metrics, "a") as file:
            file.write("".join(row for row in rows if row[0] == "3"))
        (run / "ended.json").write_text(end)

    polls, told = iter(range(100)), []

    def gone():
        number = next(polls)
        if number == 3:
            assert told == []  # nobody has gone on with it yet
            take_back()
        elif number == 6:
            train_on()
        return ""

    ended = watch(run, told.append, known=2, resumed=True, gone=gone, **FAST)
    assert [(event.goes_on, event.first_epoch) for event in only(RunStarted, told)] == [(True, 2)]
    assert [event.epoch for event in only(EpochDone, told)] == [3]
    assert ended.outcome == "finished"


def test_a_run_without_an_end_that_is_taken_back_to_what_is_known_keeps_that(run):
    (run / "ended.json").unlink()
    metrics = run / "metrics.csv"
    rows = metrics.read_text().splitlines(keepends=True)
    metrics.write_text("".join(row for row in rows if row[0] in "e012" or "batch" in row))
    polls, told = iter(range(100)), []

    def gone():
        number = next(polls)
        if number == 3:
            write_text_atomic(metrics, "".join(row for row in rows if row[0] in "e012"))
        elif number == 6:
            with open(metrics, "a") as file:
                file.write("".join(row for row in rows if row[0] == "3"))
        return "Its process is gone." if number > 9 else ""

    watch(run, told.append, known=2, resumed=True, gone=gone, **FAST)
    assert [(event.goes_on, event.first_epoch) for event in only(RunStarted, told)] == [(True, 2), (True, 2)]
    assert [event.epoch for event in only(EpochDone, told)] == [3]


def test_whoever_was_about_to_go_on_and_died_ends_it(run):
    told = []
    ended = watch(run, told.append, known=3, resumed=True, gone=lambda: "Its process died.", **FAST)
    assert ended.outcome == "failed"
    assert ended.reason.startswith("Its process died.")


def test_the_pace_of_the_first_epoch_behind_what_is_known_is_not_guessed(run):
    told = []
    watch(run, told.append, known=2, **FAST)
    assert [(event.epoch, event.seconds) for event in only(EpochDone, told)] == [(3, 0.0)]


def test_the_last_unfinished_epoch_of_a_stopped_run_is_shown(tmp_path):
    control = RunControl()
    own = Meanwhile(StepsDone, control.stop)
    train(complete({"epochs": 9, "batch_size": 8, "settings": {"hidden": "16"}}), own, control, out=tmp_path / "run")
    told = []
    ended = watch(tmp_path / "run", told.append, **FAST)
    assert (ended.outcome, ended.reason) == ("stopped", "Stopped, as asked.")
    assert [event.look.epoch for event in only(LookDone, told)] == [e.look.epoch for e in only(LookDone, own.told)][-1:]


def test_a_writer_that_is_gone_ends_it_with_the_reason_and_what_is_kept(run):
    (run / "ended.json").unlink()
    told = []
    ended = watch(run, told.append, gone=lambda: "It was killed.", **FAST)
    assert (ended.outcome, ended.reason) == ("failed", "It was killed. All that was learned up to epoch 3 is kept.")
    assert len(only(EpochDone, told)) == 4


def test_a_writer_that_is_gone_before_it_made_a_folder_is_told_too(tmp_path):
    ended = watch(tmp_path / "none", lambda event: None, gone=lambda: "It was killed.", **FAST)
    assert ended == RunEnded("failed", "It was killed.", None)


def test_watching_can_be_ended_while_the_folder_is_not_there_yet(tmp_path):
    control = RunControl()
    control.stop()
    assert watch(tmp_path / "none", lambda event: None, control, **FAST).outcome == "stopped"


def test_steps_of_several_epochs_in_one_poll_share_one_speed(run):
    metrics, end = run / "metrics.csv", (run / "ended.json").read_text()
    (run / "ended.json").unlink()
    rows = metrics.read_text().splitlines(keepends=True)
    metrics.write_text("".join(row for row in rows if row[0] in "e01"))

    def write_the_rest():
        with open(metrics, "a") as file:
            file.write("".join(row for row in rows if row[0] in "23"))
        (run / "ended.json").write_text(end)

    told = Meanwhile(RunStalled, write_the_rest)
    watch(run, told, patience_s=0.1, **FAST)
    speeds = {event.epoch: event.images_per_second for event in only(StepsDone, told.told)}
    assert speeds[1] == 0.0  # nobody saw how long it took
    assert speeds[2] == speeds[3] > 0.0


# Settings that change


def in_order(told):
    """Steps one by one, and the changes between them."""
    found = []
    for event in told:
        if isinstance(event, StepsDone):
            found += event.steps.tolist()
        elif isinstance(event, ValuesChanged):
            found.append(dict(event.values))
    return found


@pytest.fixture
def changed(tmp_path):
    """A run with changes before the first step, within an epoch, twice at one step, and between two epochs."""
    own = []
    changes = [Change(step, {"beta": beta}) for step, beta in ((0, 0.1), (5, 0.2), (5, 0.3), (9, 0.4))]
    train(CONFIG, own.append, out=tmp_path / "run", changes=changes)
    return tmp_path / "run", own


def test_changes_are_told_between_the_steps_where_they_were_made(changed):
    run, own = changed
    told = []
    watch(run, told.append, **FAST)
    assert only(ValuesChanged, told) == only(ValuesChanged, own)
    assert in_order(told) == in_order(own)
    np.testing.assert_allclose(losses(told), losses(own), rtol=1e-5)


def test_changes_of_a_run_that_is_being_written_are_told_as_it_was(tmp_path):
    own, watched = [], []
    changes = [Change(4, {"beta": 0.5}), Change(18, {"beta": 2.0})]
    arguments = {"out": tmp_path / "run", "changes": changes}
    writer = threading.Thread(target=train, args=(CONFIG, own.append), kwargs=arguments)
    writer.start()
    watch(tmp_path / "run", watched.append, **FAST)
    writer.join()
    assert in_order(watched) == in_order(own)


def test_a_change_during_a_pause_is_told_though_no_step_follows(run):
    last = int((run / "metrics.csv").read_text().splitlines()[-1].split(",")[1])
    (run / "changes.jsonl").write_text(f'{{"step": {last}, "values": {{"beta": 2.0}}}}\n')
    told = []
    watch(run, told.append, **FAST)
    assert in_order(told)[-2:] == [last, {"beta": 2.0}]


def test_a_line_of_changes_that_is_half_written_is_waited_for(run):
    ended = (run / "ended.json").read_text()
    (run / "ended.json").unlink()
    (run / "changes.jsonl").write_text('{"step": 5, "val')
    control, told = RunControl(), []

    def go_on():
        (run / "changes.jsonl").write_text('{"step": 5, "values": {"beta": 2.0}}\n')
        (run / "ended.json").write_text(ended)

    meanwhile = Meanwhile(EpochDone, go_on)
    watch(run, meanwhile, control, **FAST)
    told = meanwhile.told
    assert [event.step for event in only(ValuesChanged, told)] == [5]
