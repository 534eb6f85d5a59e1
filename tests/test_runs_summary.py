import json

import pytest

from ae_studio.cli import main
from tests.runs.made_runs import edit, make_run


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_RUNS", str(tmp_path))
    return tmp_path


def said(capsys, *words):
    assert main(["runs", *words]) == 0
    return capsys.readouterr().out


@pytest.fixture
def three(root):
    for seed, loss in enumerate((20.0, 21.0, 25.0)):
        make_run(root, f"run{seed}", losses=(30.0, loss), seed=seed)
    wide = make_run(root, "wide", losses=(30.0, 18.0))
    edit(wide, lambda record: record["config"]["settings"].update(hidden="64"))


def test_groups_of_seeds_are_printed_with_mean_deviation_and_n(three, capsys):
    out = said(capsys, "--by-seed")
    assert "0 1 2" in out
    assert "22.0 ± 2.6 (n = 3)" in out
    assert "hidden=64" in out
    assert "18 (n = 1)" in out
    assert "nothing but the seed" in out


def test_groups_of_seeds_as_json(three, capsys):
    groups = json.loads(said(capsys, "--by-seed", "--json"))
    group = next(each for each in groups if len(each["seeds"]) == 3)
    assert group["runs"] == ["run0", "run1", "run2"]
    assert group["best"]["mean"] == pytest.approx(22)
    assert group["best"]["n"] == 3
    assert group["settings"]["model"] == "vae"
    assert "seed" not in group["settings"]


def test_rate_and_distortion_of_a_data_set_are_printed_with_who_is_left_out(three, root, capsys):
    (make_run(root, "lost") / "metrics.csv").unlink()
    out = said(capsys, "--rate-distortion", "digits")
    assert "nats per image" in out
    assert "42" in out  # 21 and 21
    assert "lost: metrics.csv is missing" in out
    assert "No run has learned from mnist" in said(capsys, "--rate-distortion", "mnist")


def test_rate_and_distortion_as_json(three, capsys):
    found = json.loads(said(capsys, "--rate-distortion", "digits", "--at", "best", "--json"))
    assert found["at"] == "best"
    point = next(each for each in found["points"] if each["folder"] == "run2")
    assert (point["rate"], point["distortion"], point["total"], point["seed"]) == (25, 25, 50, 2)


def test_one_at_a_time(root, capsys):
    with pytest.raises(SystemExit):
        main(["runs", "--by-seed", "--rate-distortion", "digits"])


def test_without_runs_it_says_how_to_make_one(root, capsys):
    assert "`ae-studio train` makes one" in said(capsys, "--by-seed")


def test_a_folder_that_cannot_be_listed_is_told(root, monkeypatch, capsys):
    (root / "file").touch()
    monkeypatch.setenv("AE_STUDIO_RUNS", str(root / "file"))
    for words in (["--by-seed"], ["--rate-distortion", "digits"]):
        assert main(["runs", *words]) == 1
        assert "cannot be read" in capsys.readouterr().err
