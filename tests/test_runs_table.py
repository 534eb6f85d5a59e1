import json

import pytest

from ae_studio.cli import main
from ae_studio.runs.about import write_about
from tests.runs.made_runs import edit, make_run


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


def test_without_runs_it_says_where_they_would_be(root, capsys):
    assert main(["runs"]) == 0
    assert capsys.readouterr().out == f"No runs yet under {root}. `ae-studio train` makes one.\n"


def test_a_line_each_with_what_is_wrong_below_it(root, capsys):
    write_about(make_run(root, "a", latent_dim=7), title="Rings", tags=["talk"])
    (make_run(root, "b\n") / "config.json").write_text("{")
    assert main(["runs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if line.startswith("a (Rings)"))
    assert row.split() == ["a", "(Rings)", "finished", "vae", "digits", "7", "2/2", "20", "2026-11-23", "14:05", "talk"]
    damaged = next(index for index, line in enumerate(lines) if line.startswith(r"b\n "))
    assert lines[damaged + 1].startswith("    config.json: is damaged")


def test_json_says_it_all(root, capsys):
    write_about(make_run(root, "a"), title="Rings", notes="Two\nlines")
    assert main(["runs", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["root"] == str(root)
    run = told["runs"][0]
    assert (run["path"], run["state"], run["best"], run["notes"]) == (str(root / "a"), "finished", 20.0, "Two\nlines")


def test_a_folder_that_cannot_be_listed_is_a_failure(root, capsys):
    root.write_text("")
    assert main(["runs"]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_branch_names_its_parent(root, capsys):
    for name, parent in (("b", "a"), ("c", "gone")):
        edit(make_run(root, name), lambda record, p=parent: record.update(parent={"run": p, "epoch": 1, "exact": True}))
    make_run(root, "a")
    assert main(["runs"]) == 0
    said = capsys.readouterr().out
    assert "\n    a branch of a, behind epoch 1\n" in said
    assert "\n    a branch of gone, which is not here any more, behind epoch 1\n" in said
    assert main(["runs", "--json"]) == 0
    told = {run["folder"]: run for run in json.loads(capsys.readouterr().out)["runs"]}
    assert [(told[name]["parent"], told[name]["parent_epoch"]) for name in "abc"] == [("", 0), ("a", 1), ("gone", 1)]
    assert [told[name].get("parent_missing") for name in "abc"] == [None, False, True]
