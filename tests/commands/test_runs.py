import json

import numpy as np
import pytest

from ae_studio.cli import main
from tests.commands.small_runs import help_of, refused, told_wrong
from tests.runs.made_runs import make_run


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


def said(capsys, *words):
    assert main(["runs", *words]) == 0
    return capsys.readouterr().out


def points(capsys, *words):
    return json.loads(said(capsys, "--rate-distortion", *words, "--json"))["points"]


def test_each_way_to_list_them_tells_of_every_run(root, capsys):
    for name, seed in (("first", 0), ("second", 1)):
        make_run(root, name, seed=seed)
    assert {run["folder"] for run in json.loads(said(capsys, "--json"))["runs"]} == {"first", "second"}
    [group] = json.loads(said(capsys, "--by-seed", "--json"))
    assert group["runs"] == ["first", "second"]
    assert {point["folder"] for point in points(capsys, "digits")} == {"first", "second"}


def test_rate_and_distortion_are_those_of_the_last_epoch_unless_the_best_is_asked_for(root, capsys):
    make_run(root, losses=(30.0, 20.0, 25.0))
    [last], [best] = points(capsys, "digits"), points(capsys, "digits", "--at", "best")
    assert (last["epoch"], best["epoch"]) == (2, 1)
    assert (last["distortion"], best["distortion"]) == (25.0, 20.0)


def test_images_of_ones_own_are_found_by_the_name_of_their_file(root, tmp_path, capsys, monkeypatch):
    np.save(tmp_path / "mine.npy", np.zeros((4, 8, 8), np.uint8))
    make_run(root, data=str(tmp_path / "mine.npy"))
    monkeypatch.chdir(tmp_path)
    assert len(points(capsys, "mine.npy")) == 1


def test_data_of_which_nothing_was_trained_say_so_and_unknown_ones_are_wrong_use(root, capsys):
    make_run(root)
    assert said(capsys, "--rate-distortion", "mnist") == "No run has learned from mnist yet.\n"
    line = told_wrong(capsys, "runs", "--rate-distortion", "minst")
    assert line.startswith("ae-studio: unknown data set 'minst': did you mean 'mnist'?")


def test_which_epoch_means_nothing_where_no_epoch_is_compared(root, capsys):
    for words in (["--at", "best"], ["--by-seed", "--at", "last"]):
        assert "give --rate-distortion DATA with it" in told_wrong(capsys, "runs", *words)


def test_words_that_are_not_known_are_refused(capsys):
    assert "invalid choice: 'first'" in refused(capsys, "runs", "--rate-distortion", "digits", "--at", "first")
    assert "not allowed with argument" in refused(capsys, "runs", "--rate-distortion", "digits", "--by-seed")


def test_help_names_the_three_lists(capsys):
    told = help_of(capsys, "runs")
    assert "Every run there is" in told
    assert "--by-seed" in told
    assert "--rate-distortion DATA" in told
