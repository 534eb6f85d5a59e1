"""What is trained by which words; more of it is in ``tests/test_cli.py``."""

import json
import re
import shutil

import pytest

from ae_studio.cli import main
from tests.commands.small_runs import SMALL, help_of, refused, told_wrong, trained


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


def about(run):
    return json.loads((run / "about.json").read_text())


def config(run):
    return json.loads((run / "config.json").read_text())["config"]


def test_title_and_tags_are_kept_beside_the_run(tmp_path):
    run = trained(tmp_path / "run", "--title", " Rings  at last ", "--tag", "talk", "--tag", "beta", "--tag", "talk")
    told = about(run)
    assert told["title"].split() == ["Rings", "at", "last"]
    assert told["tags"] == ["talk", "beta"]


def test_a_run_that_goes_on_keeps_what_was_said_of_it_where_nothing_else_is_said(tmp_path):
    run = trained(tmp_path / "run", "--title", "Rings", "--tag", "talk")
    assert main(["train", "--resume", str(run), "--more", "1", "--title", "Rings again"]) == 0
    assert about(run) == {"title": "Rings again", "tags": ["talk"]}
    assert config(run)["epochs"] == 2


def test_without_a_folder_of_its_own_a_run_gets_a_new_one_each_time(root):
    for _ in range(2):
        assert main(["train", *SMALL]) == 0
    names = [run.name for run in root.iterdir()]
    assert len(names) == 2
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_vae_digits.*", name) for name in names)


def test_a_tour_trains_each_of_its_runs(root, capsys):
    assert main(["train", "--preset", "the-talk", "--data", "digits", "--epochs", "1"]) == 0
    assert sorted(config(run)["model"] for run in root.iterdir()) == ["beta-vae", "linear"]
    assert capsys.readouterr().out.count("Finished all 1 epochs.") == 2
    assert {about(run)["title"] for run in root.iterdir()} == {"The talk: linear", "The talk: β-VAE"}
    assert {tuple(about(run)["tags"]) for run in root.iterdir()} == {("The talk",)}


def test_the_runs_of_a_tour_are_called_as_the_user_says_and_not_after_settings_that_are_others(root):
    words = ["train", "--preset", "collapse", "--data", "digits", "--epochs", "1"]
    assert main([*words, "--title", "Mine", "--tag", "course"]) == 0
    assert {(about(run)["title"], *about(run)["tags"]) for run in root.iterdir()} == {("Mine", "course")}
    for run in list(root.iterdir()):
        shutil.rmtree(run)
    assert main([*words, "--set", "hidden=8"]) == 0
    assert all("title" not in about(run) for run in root.iterdir())


def test_changes_that_a_model_does_not_know_are_told_before_anything_is_trained(root, tmp_path, capsys):
    (tmp_path / "changes.jsonl").write_text('{"step": 4, "values": {"gamma": 1}}\n')
    assert "gamma" in told_wrong(capsys, "train", *SMALL, "--changes", tmp_path / "changes.jsonl")
    assert not root.exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert "already holds files" in told_wrong(capsys, "train", *SMALL, "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_words_that_are_not_known_are_refused(capsys):
    assert "--precision: invalid choice: 'half'" in refused(capsys, "train", "--precision", "half")
    assert "--more: must be a whole number, at least 1, got '0'" in refused(capsys, "train", "--more", "0")


def test_help_has_a_flag_for_each_setting_with_its_range(capsys):
    told = help_of(capsys, "train")
    assert "Train a model and keep the run." in told
    for flag in ("--data DATA", "--latent-dim LATENT_DIM", "--lr LR", "--set NAME=VALUE", "--out DIR", "--resume RUN"):
        assert flag in told
    assert "(above 0 to 10)" in told
