"""Run folders from anywhere: opened as far as they can be read, and never trusted."""

import json
import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from ae_studio.events import EpochDone
from ae_studio.runs.opening import load_moment, open_run
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A finished run, and its events."""
    folder, events = tmp_path_factory.mktemp("trained") / "run", []
    train(complete({"epochs": 2, "settings": {"hidden": "16"}}), events.append, out=folder)
    return folder, events


@pytest.fixture
def folder(trained, tmp_path):
    """A copy that a test may damage."""
    return shutil.copytree(trained[0], tmp_path / "run")


def edit(path, change):
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record))


def test_a_run_comes_back_as_it_was(trained):
    folder, events = trained
    opened = open_run(folder)
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert opened.epochs == (0, 1, 2)
    assert opened.problems == ()
    assert opened.ended[0] == "finished"
    np.testing.assert_array_equal(opened.moment.look.codes, last.look.codes)
    np.testing.assert_array_equal(opened.moment.look.reconstructions, last.look.reconstructions)
    np.testing.assert_array_equal(opened.moment.look.decoder(last.look.codes), last.look.decoder(last.look.codes))
    assert opened.history.validation[2] == pytest.approx(dict(last.validation), rel=1e-6)


def test_every_epoch_decodes_with_its_own_weights(trained):
    folder, events = trained
    for done in [event for event in events if isinstance(event, EpochDone)]:
        look = load_moment(folder, done.epoch).look
        np.testing.assert_array_equal(look.decoder(look.codes), done.look.decoder(done.look.codes))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: shutil.rmtree(folder), "there is no such run folder"),
        (lambda folder: (folder / "config.json").unlink(), "config.json: is missing"),
        (lambda folder: (folder / "config.json").write_text('{"app": "ae-st'), "config.json: is damaged, not JSON"),
        (lambda folder: (folder / "config.json").write_text("[]"), "is no record of an AE Studio run"),
        (lambda folder: edit(folder / "config.json", lambda r: r.update(format=99)), "has format 99"),
        (lambda folder: edit(folder / "config.json", lambda r: r["config"].update(epocs=1)), "unknown setting 'epocs'"),
        (lambda folder: edit(folder / "config.json", lambda r: r["config"].update(lr=-1)), "lr must be a number"),
        (lambda folder: edit(folder / "config.json", lambda r: r["config"].update(model="../x")), "unknown model"),
        (lambda folder: edit(folder / "config.json", lambda r: r.update(image_shape=[1, 10**9, 8])), "image_shape"),
        (lambda folder: edit(folder / "config.json", lambda r: r.update(image_shape="x")), "image_shape"),
    ],
)
def test_what_cannot_be_opened_says_which_file_and_why(folder, damage, message):
    damage(folder)
    with pytest.raises(RunError, match=message):
        RecordedRun(folder)


def test_missing_parts_are_listed_and_the_rest_is_opened(folder):
    (folder / "metrics.csv").unlink()
    (folder / "looks" / "0002.npz").unlink()
    (folder / "ended.json").write_text("{")
    opened = open_run(folder)
    assert opened.epochs == (0, 1)
    assert opened.moment.look.epoch == 1
    assert any("metrics.csv: is missing" in problem for problem in opened.problems)
    assert any("ended.json: is damaged" in problem for problem in opened.problems)


def test_a_damaged_newest_epoch_gives_way_to_the_one_before(folder):
    (folder / "looks" / "0002.npz").write_bytes(b"PK\x03\x04 not really")
    opened = open_run(folder)
    assert opened.moment.look.epoch == 1
    assert any("0002.npz: cannot be read as a look" in problem for problem in opened.problems)


def test_without_snapshots_there_are_still_curves(folder):
    shutil.rmtree(folder / "snapshots")
    opened = open_run(folder)
    assert opened.moment is None
    assert set(opened.history.validation) == {0, 1, 2}
    assert any("snapshots: is missing" in problem for problem in opened.problems)


@pytest.mark.parametrize("kept", [0, 5, 100])
def test_a_truncated_snapshot_is_said_to_be_unreadable(folder, kept):
    path = folder / "snapshots" / "0002.safetensors"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(RunError, match=r"0002.safetensors: cannot be opened as this run's weights"):
        RecordedRun(folder).model()


def test_weights_of_another_model_are_refused(folder):
    save_file({"decoder.0.weight": torch.zeros(3, 3)}, folder / "snapshots" / "0002.safetensors")
    with pytest.raises(RunError, match="cannot be opened as this run's weights"):
        RecordedRun(folder).model()


def test_a_look_with_a_pickle_in_it_is_refused(folder):
    arrays = dict(np.load(folder / "looks" / "0002.npz"))
    arrays["codes"] = np.array([{"a": 1}], dtype=object)
    np.savez(folder / "looks" / "0002.npz", **arrays)
    with pytest.raises(RunError, match="cannot be read as a look"):
        RecordedRun(folder).look(2)


def test_codes_of_another_size_are_refused(folder):
    arrays = dict(np.load(folder / "looks" / "0002.npz"))
    arrays["codes"] = np.zeros((len(arrays["labels"]), 7), dtype=np.float32)
    np.savez(folder / "looks" / "0002.npz", **arrays)
    with pytest.raises(RunError, match="do not fit this run"):
        RecordedRun(folder).look(2)


def test_a_config_that_asks_for_absurd_sizes_takes_no_memory(folder):
    huge = "-".join(["16384"] * 8)
    edit(folder / "config.json", lambda r: r["config"]["settings"].update(hidden=huge))
    with pytest.raises(RunError, match="cannot be opened as this run's weights"):
        RecordedRun(folder).model()


def test_a_row_cut_short_by_a_crash_is_left_out(folder):
    with open(folder / "metrics.csv", "a") as file:
        file.write("3,99,batch,lo")
    history = open_run(folder).history
    assert history.bad_rows == 1
    assert history.steps_per_epoch == len(history.steps) // 2


def test_a_run_keeps_the_images_of_its_codes(folder):
    images = RecordedRun(folder).sample_images()
    look = RecordedRun(folder).look(1)
    assert images.dtype == np.uint8
    assert images.shape == (len(look.codes), 8, 8)


def test_damaged_sample_images_are_noted_and_the_rest_opens(folder):
    (folder / "sample.npz").write_bytes(b"no arrays")
    run = RecordedRun(folder)
    assert run.sample_images() is None
    assert "sample.npz: cannot be read" in run.problems[-1]


def test_a_run_without_sample_images_is_one_of_an_earlier_version(folder):
    (folder / "sample.npz").unlink()
    run = RecordedRun(folder)
    assert run.sample_images() is None
    assert not run.problems


# Settings that were changed meanwhile


@pytest.fixture
def changed_run(folder):
    """Of five steps an epoch, and with changes within the first and behind the second, of which none was trained."""
    edit(folder / "config.json", lambda record: record.update(steps_per_epoch=5))
    (folder / "changes.jsonl").write_text(
        '{"step": 2, "values": {"beta": 0.5}}\n{"step": 10, "values": {"beta": 8.0, "lr": 0.1}}\n'
    )
    return folder


def test_each_epoch_has_the_settings_of_its_last_step(changed_run):
    run = RecordedRun(changed_run)
    assert [run.config_at(epoch).settings["beta"] for epoch in (0, 1, 2, 3)] == [1.0, 0.5, 0.5, 8.0]
    assert run.config_at(3).lr == 0.1
    assert run.model(2).settings.beta == 0.5
    assert run.config.settings["beta"] == 1.0


def test_an_opened_run_tells_its_changes_from_what_to_what(changed_run):
    first, second = open_run(changed_run).changes
    assert (first.epoch, first.step, first.values, first.before) == (0, 2, {"beta": 0.5}, {"beta": 1.0})
    assert (second.epoch, second.before) == (2, {"beta": 0.5, "lr": 0.001})


def test_changes_to_what_cannot_be_are_a_problem_and_nothing_more(changed_run):
    (changed_run / "changes.jsonl").write_text('{"step": 2, "values": {"beta": -1}}')
    opened = open_run(changed_run)
    assert opened.changes == ()
    assert "beta must be a number, 0 to 1000, got -1" in opened.problems[0]
    assert opened.moment is not None
