import shutil

import pytest

from ae_studio.runs.about import write_about
from ae_studio.runs.compared import load_compared, load_one, load_what_can_be
from ae_studio.runs.record import RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train
from tests.runs.made_runs import edit


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared") / "run"
    train(complete({"epochs": 2, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def run(trained, tmp_path):
    return shutil.copytree(trained, tmp_path / "run")


def test_a_run_can_stand_beside_itself_at_another_epoch(run):
    first, last = load_compared([(run, 0), (run, None)])
    assert (first.epoch, last.epoch) == (0, 2)
    assert len(first.look.codes) == len(first.labels) == len(first.images)


def test_what_the_folder_says_of_it_is_there(run):
    write_about(run, title="Rings")
    edit(run, lambda record: record.update(parent={"run": "/elsewhere/old", "epoch": 3}))
    made = load_one(run)
    assert made.name == "Rings"
    assert made.parent == "old, epoch 3"
    assert made.parameters > 100
    assert set(made.seconds) == {1, 2}  # training keeps how long each epoch took
    assert all(0 < seconds < 60 for seconds in made.seconds.values())
    assert made.changes == ()


def test_without_a_title_it_is_called_as_its_folder(run):
    (run / "about.json").write_text("{")
    (run / "changes.jsonl").write_text("x\n")
    made = load_one(run)
    assert (made.name, made.parent, made.changes) == ("run", "", ())


def test_a_run_that_cannot_be_read_keeps_no_other_away(run, tmp_path):
    loaded = load_what_can_be([(tmp_path / "gone", None), (run, 1)])
    assert [each.epoch for each in loaded.runs] == [1]
    assert "there is no such run folder" in loaded.problems[0]
    with pytest.raises(RunError):
        load_compared([(tmp_path / "gone", None)])


def test_of_known_runs_only_another_epoch_is_read(run):
    known = load_compared([(run, None)])
    (run / "metrics.csv").unlink()
    loaded = load_what_can_be([(run, 2), (run, 1)], known)
    assert loaded.runs[0] is known[0]
    assert loaded.runs[1].epoch == 1
    assert loaded.runs[1].opened is known[0].opened


def test_an_epoch_that_is_damaged_leaves_the_run_where_it_was(run):
    known = load_compared([(run, None)])
    (run / "looks" / "0001.npz").write_bytes(b"x")
    loaded = load_what_can_be([(run, 1)], known)
    assert loaded.runs == known
    assert "0001.npz" in loaded.problems[0]


def test_a_run_without_an_epoch_says_why(run):
    for folder in ("looks", "snapshots"):
        shutil.rmtree(run / folder)
    with pytest.raises(RunError, match="holds no epoch that can be looked at"):
        load_one(run)
