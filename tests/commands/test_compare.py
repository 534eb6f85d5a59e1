import json
import shutil

import pytest

from ae_studio.cli import main
from tests.commands.small_runs import help_of, told_wrong, trained


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two that differ in the seed and the batch size; the name of the second ends as an epoch would."""
    root = tmp_path_factory.mktemp("compare")
    return trained(root / "a"), trained(root / "b@1", "--seed", "1", "--batch-size", "64")


def columns(told, label):
    """The cells behind a label."""
    line = next(line for line in told.splitlines() if line.startswith(label))
    return line.removeprefix(label).split()


def test_what_differs_stands_side_by_side(runs, capsys):
    a, b = runs
    assert main(["compare", str(a), str(b)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("A  a, epoch 1\nB  b@1, epoch 1\n")
    assert columns(told, "Seed") == ["0", "1"]
    assert columns(told, "Batch size") == ["32", "images", "64", "images"]
    assert "Learning rate" not in told


def test_an_epoch_behind_an_at_is_that_epochs_numbers(runs, capsys):
    a, _ = runs
    assert main(["compare", f"{a}@0", f"{a}@1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    rows = [row.split(",") for row in (a / "metrics.csv").read_text().splitlines()]
    losses = [float(row[4]) for row in rows if row[2:4] == ["validation", "loss"]]
    assert told["validation"]["loss"] == losses
    assert told["settings"] == {}


def test_a_folder_whose_name_ends_as_an_epoch_would_is_that_folder(runs, capsys):
    a, b = runs
    assert main(["compare", str(b), f"{b}@0", str(a), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["runs"]
    assert [(run["name"], run["epoch"]) for run in told] == [("b@1", 1), ("b@1", 0), ("a", 1)]


def test_an_epoch_that_is_not_kept_is_told_with_those_that_are(runs, capsys):
    a, b = runs
    line = told_wrong(capsys, "compare", f"{a}@7", b, code=1)
    assert line == "ae-studio: a: holds no look of epoch 7; it has those of 0 to 1"


def test_a_look_that_is_damaged_is_not_called_missing(runs, tmp_path, capsys):
    a, b = runs
    damaged = shutil.copytree(a, tmp_path / "damaged")
    (damaged / "looks" / "0000.npz").write_text("no look")
    assert "0000.npz: cannot be read as a look" in told_wrong(capsys, "compare", f"{damaged}@0", b, code=1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a"], "name two to 4 runs to compare, got 1"),
        (["a", "b", "c", "d", "e"], "name two to 4 runs to compare, got 5"),
    ],
)
def test_one_run_or_five_are_wrong_use(capsys, words, message):
    assert told_wrong(capsys, "compare", *words) == f"ae-studio: {message}"


@pytest.mark.parametrize("name", ["nowhere", "nowhere@1", "nowhere@²"])
def test_a_run_that_is_not_there_is_named(runs, capsys, name):
    assert told_wrong(capsys, "compare", runs[0], name, code=1).endswith("there is no such run folder")


def test_help_says_how_an_epoch_is_named(capsys):
    assert "RUN@5 is its epoch 5" in help_of(capsys, "compare")
