from datetime import datetime

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from ae_studio.config import ConfigError
from ae_studio.runs.history import read_seconds
from ae_studio.training.defaults import complete
from ae_studio.training.run_folder import METRICS_HEADER, RunFolder
from ae_studio.training.run_format import new_run_path


@pytest.fixture
def folder(tmp_path):
    made = RunFolder.create(tmp_path / "run")
    yield made
    made.close()


def test_a_new_runs_name_tells_when_and_what(tmp_path):
    name = new_run_path(tmp_path, complete({"data": "mnist", "model": "beta-vae"})).name
    day, clock, model, data = name.split("_")
    datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H-%M-%S")
    assert (model, data) == ("beta-vae", "mnist")


def test_two_runs_of_the_same_second_get_two_folders(tmp_path):
    config = complete({})
    first = new_run_path(tmp_path, config)
    first.mkdir()
    second = new_run_path(tmp_path, config)
    assert second != first
    assert second.parent == first.parent == tmp_path


def test_a_file_in_the_way_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="is a file; name a new folder"):
        RunFolder.create(tmp_path / "file")


def test_snapshots_are_float32_whatever_was_trained(folder):
    weights = {"a": torch.ones(2, dtype=torch.bfloat16), "count": torch.tensor(3)}
    loaded = load_file(folder.write_snapshot(0, weights))
    assert loaded["a"].dtype == torch.float32
    assert loaded["count"].item() == 3


def test_steps_and_epochs_become_rows(folder):
    steps = np.array([1, 2])
    folder.append_steps(1, steps, {"loss": np.array([0.5, 0.25]), "kl": np.array([1.0, 2.0])})
    folder.append_epoch(1, 2, "validation", {"loss": 0.125})
    assert (folder.path / "metrics.csv").read_text() == METRICS_HEADER + (
        "1,1,batch,loss,0.5\n1,1,batch,kl,1\n1,2,batch,loss,0.25\n1,2,batch,kl,2\n1,2,validation,loss,0.125\n"
    )


def test_steps_can_be_read_before_their_epoch_is_done(folder):
    folder.append_steps(1, np.asarray([1, 2]), {"loss": np.asarray([3.0, 2.0])})
    assert (folder.path / "metrics.csv").read_text() == METRICS_HEADER + "1,1,batch,loss,3\n1,2,batch,loss,2\n"


def test_rewinding_takes_away_what_lies_behind_and_a_row_cut_short(folder):
    for epoch in range(4):
        folder.write_snapshot(epoch, {"a": torch.zeros(1)})
        folder.append_epoch(epoch, epoch, "train", {"loss": 1.0})
    folder.close()
    with open(folder.path / "metrics.csv", "a") as file:
        file.write("1,3,ba")
    folder.rewind(1, 1)
    assert sorted(path.stem for path in (folder.path / "snapshots").iterdir()) == ["0000", "0001"]
    assert (folder.path / "metrics.csv").read_text() == METRICS_HEADER + "0,0,train,loss,1\n1,1,train,loss,1\n"


def test_the_log_keeps_every_line(folder):
    folder.log("first")
    folder.log("second")
    assert [line.split("  ")[1] for line in (folder.path / "log.txt").read_text().splitlines()] == ["first", "second"]


def test_tensors_that_share_memory_are_kept_apart(tmp_path):
    weight = torch.arange(6.0).reshape(2, 3)
    folder = RunFolder.create(tmp_path / "run")
    kept = load_file(folder.write_snapshot(0, {"encoder": weight, "both": weight, "other": weight + 1}))
    assert torch.equal(kept["encoder"], weight)
    assert torch.equal(kept["both"], weight)
    assert torch.equal(kept["other"], weight + 1)


def test_a_name_that_another_process_takes_first_is_left_to_it(tmp_path, monkeypatch):
    names = iter([tmp_path / "taken", tmp_path / "taken", tmp_path / "free"])
    (tmp_path / "taken").mkdir()  # between the look and the making
    monkeypatch.setattr("ae_studio.training.run_folder.new_run_path", lambda root, config: next(names))
    assert RunFolder.create_new(tmp_path, complete({})).path == tmp_path / "free"
    assert not any((tmp_path / "taken").iterdir())


def test_times_of_epochs_are_kept_and_rewound_apart_from_the_numbers(folder):
    for epoch, seconds in ((1, 2.5), (2, 2.25), (3, 4.0)):
        folder.append_time(epoch, seconds)
    assert read_seconds(folder.path) == {1: 2.5, 2: 2.25, 3: 4.0}
    with open(folder.path / "times.csv", "a") as file:
        file.write("4,1.")  # cut off
    folder.rewind(2, 8)
    assert (folder.path / "times.csv").read_text() == "epoch,seconds\n1,2.5\n2,2.25\n"
