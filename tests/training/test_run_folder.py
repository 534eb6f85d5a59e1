import json
from datetime import datetime

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from ae_studio.config import ConfigError
from ae_studio.runs.history import read_seconds
from ae_studio.training.defaults import complete
from ae_studio.training.live import Change, read_changes
from ae_studio.training.rows import METRICS_HEADER, WEIGHTS_HEADER
from ae_studio.training.run_folder import RunFolder
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


def test_each_change_is_a_line_that_is_there_at_once(folder):
    folder.append_change(Change(3, {"beta": 0.5}))
    folder.append_change(Change(7, {"lr": 1e-4, "clip": 1.0}))
    expected = '{"step": 3, "values": {"beta": 0.5}}\n{"step": 7, "values": {"lr": 0.0001, "clip": 1.0}}\n'
    assert (folder.path / "changes.jsonl").read_text() == expected


def test_rewinding_keeps_changes_that_were_made_before_and_weights(folder):
    for step in (2, 4, 6):
        folder.append_change(Change(step, {"beta": float(step)}))
        folder.append_weights((step, step), {"kl": (float(step), float(step))})
    folder.rewind(1, 4)  # one behind the very last step holds for the next
    assert [change.step for change in read_changes(folder.path)] == [2, 4]
    assert (folder.path / "weights.csv").read_text() == WEIGHTS_HEADER + "2,kl,2\n3,kl,2\n4,kl,4\n"


def weights_at(folder, term, steps):
    """Between two rows a straight line, behind the last what it says."""
    rows = [line.split(",") for line in (folder.path / "weights.csv").read_text().splitlines()[1:]]
    kept = [(int(step), float(value)) for step, name, value in rows if name == term]
    return np.interp(steps, [step for step, _ in kept], [value for _, value in kept]).tolist()


def test_a_weight_that_stays_is_written_once(folder):
    for first in range(1, 100, 10):
        folder.append_weights((first, first + 9), {"kl": (4.0, 4.0), "reconstruction": (1.0, 1.0)})
    assert (folder.path / "weights.csv").read_text() == WEIGHTS_HEADER + "1,kl,4\n1,reconstruction,1\n"


def test_a_weight_that_grows_and_one_that_jumps_can_be_read_back_at_every_step(folder):
    folder.append_weights((1, 10), {"kl": (0.0, 0.9)})  # grows by 0.1 a step
    folder.append_weights((11, 20), {"kl": (1.0, 1.0)})
    folder.append_weights((21, 30), {"kl": (1.0, 1.0)})
    folder.append_weights((31, 40), {"kl": (0.25, 0.25)})  # was set to that
    steps = [1, 5, 10, 11, 15, 30, 31, 40]
    assert weights_at(folder, "kl", steps) == pytest.approx([0.0, 0.4, 0.9, 1.0, 1.0, 1.0, 0.25, 0.25])


def test_weights_that_are_known_already_are_not_told_again_by_a_run_that_goes_on(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    folder.append_weights((1, 4), {"kl": (4.0, 4.0)})
    folder.append_weights((5, 8), {"kl": (1.0, 1.0)})

    again = RunFolder.of_run(folder.path)
    again.rewind(1, 4)
    again.append_weights((5, 8), {"kl": (4.0, 4.0)})
    assert (folder.path / "weights.csv").read_text() == "step,term,value\n1,kl,4\n4,kl,4\n"
    again.append_weights((9, 12), {"kl": (1.0, 1.0)})
    assert (folder.path / "weights.csv").read_text() == "step,term,value\n1,kl,4\n4,kl,4\n8,kl,4\n9,kl,1\n"
    again.close()


def test_a_run_that_goes_on_is_seen_to_be_trained(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    folder.close()
    RunFolder.of_run(folder.path).close()
    again = RunFolder(folder.path)
    again.rewind(0, 0)
    with pytest.raises(ConfigError, match="is being trained right now"):
        RunFolder.of_run(folder.path)
    again.close()


def test_another_number_of_epochs_is_noted_with_what_it_was(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    folder.write_config(complete({"epochs": 3}), {"device": "CPU"})
    before = (folder.path / "config.json").read_text()
    folder.note_epochs(2, 3)
    assert (folder.path / "config.json").read_text() == before
    folder.note_epochs(3, 5)
    record = json.loads((folder.path / "config.json").read_text())
    assert (record["config"]["epochs"], record["device"]) == (5, "CPU")
    assert record["continued"] == [{"epoch": 3, "epochs_before": 3}]


def test_times_of_epochs_are_kept_and_rewound_apart_from_the_numbers(folder):
    for epoch, seconds in ((1, 2.5), (2, 2.25), (3, 4.0)):
        folder.append_time(epoch, seconds)
    assert read_seconds(folder.path) == {1: 2.5, 2: 2.25, 3: 4.0}
    with open(folder.path / "times.csv", "a") as file:
        file.write("4,1.")  # cut off
    folder.rewind(2, 8)
    assert (folder.path / "times.csv").read_text() == "epoch,seconds\n1,2.5\n2,2.25\n"
