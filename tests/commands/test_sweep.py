"""The words of a sweep; what it trains is in ``tests/test_sweep_terminal.py``."""

import json
import shlex

import pytest

from ae_studio.cli import main
from tests.commands.small_runs import help_of, refused, told_wrong
from tests.sweeps.kept_runs import keep_run


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_RUNS", str(tmp_path))
    return tmp_path


def said(capsys, *words):
    assert main(["sweep", *words]) == 0
    return capsys.readouterr().out


def plan(capsys, *words):
    """The titles of the runs, in their order."""
    lines = said(capsys, *words, "--dry-run").splitlines()
    return [line.split(maxsplit=1)[1] for line in lines if line.split()[0].isdecimal() and line.startswith("   ")]


def test_two_settings_make_a_grid(capsys):
    assert plan(capsys, "--set", "beta=1,4", "--set", "latent_dim=2,8") == [
        "β = 1, Latent dimensions = 2",
        "β = 1, Latent dimensions = 8",
        "β = 4, Latent dimensions = 2",
        "β = 4, Latent dimensions = 8",
    ]


def test_a_range_goes_from_one_value_to_another(capsys):
    assert plan(capsys, "--set", "beta=1:100:3:log") == ["β = 1", "β = 10", "β = 100"]


def test_seeds_are_counted_from_the_first_one_or_listed(capsys):
    assert plan(capsys, "--seeds", "2", "--seed", "5") == ["seed 5", "seed 6"]
    assert plan(capsys, "--seeds", "0,5,7,5") == ["seed 0", "seed 5", "seed 7"]


def test_each_printed_command_trains_the_run_of_the_plan(capsys):
    """Typed into this program, it asks for the same settings, title and tag."""
    lines = said(capsys, "--set", "beta=2,4", "--lr", "0.01", "--tag", "mine", "--commands").splitlines()
    for line, beta in zip(lines, (2, 4), strict=True):
        program, command, *words = shlex.split(line)
        assert (program, command) == ("ae-studio", "train")
        assert "--tag=mine" in words
        assert f"--title=β = {beta}" in words
        assert f"beta={beta}.0" in words
        assert words[words.index("--lr") + 1] == "0.01"


def test_an_array_job_has_a_task_a_run_and_the_options_of_sbatch(capsys):
    words = ["--set", "beta=1,4", "--seeds", "2", "--slurm", "--jobs", "3"]
    script = said(capsys, *words, "--slurm-option", "time=02:00:00", "--slurm-option=--gres=gpu:1").splitlines()
    assert script[0] == "#!/bin/bash"
    assert "#SBATCH --array=0-3%3" in script
    assert "#SBATCH --time=02:00:00" in script
    assert "#SBATCH --gres=gpu:1" in script
    assert sum(line.startswith("ae-studio train") for line in script) == 4


def test_what_is_finished_is_left_out_where_that_is_asked_for(root, capsys):
    keep_run(root, "done", "mine", [30.0, 20.0], settings={"beta": 4.0})
    words = ["--set", "beta=1,4", "--tag", "mine", "--skip-done"]
    assert plan(capsys, *words) == ["β = 1"]
    assert "1 are finished, and left out." in said(capsys, *words, "--dry-run")
    assert plan(capsys, "--set", "beta=1,4", "--tag", "other", "--skip-done") == ["β = 1", "β = 4"]


def test_a_summary_has_a_row_a_value(root, capsys):
    for beta, loss in ((1.0, 20.0), (4.0, 30.0)):
        keep_run(root, f"beta{beta}", "mine", [40.0, loss], settings={"beta": beta})
    text = said(capsys, "--summary", "mine")
    assert text.startswith("mine: 2 of 2 runs finished")
    told = json.loads(said(capsys, "--summary", "mine", "--json"))
    assert [(point["x"], point["mean"]) for point in told["terms"]["loss"]] == [(1, 20.0), (4, 30.0)]


def test_a_sweep_that_is_not_there_is_answered_with_those_that_are(root, capsys):
    for tag in ("sweep one", "sweep two", "talk"):
        for beta in (1.0, 4.0):
            keep_run(root, f"{tag}{beta}", tag, [40.0, 20.0], settings={"beta": beta})
    line = told_wrong(capsys, "sweep", "--summary", "three", code=1)
    assert line == "ae-studio: no run has the tag 'three'. Sweeps there are: sweep two, sweep one"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--slurm-option", "time=1", "--set", "beta=1,4"], "give --slurm with it"),
        (["--json", "--set", "beta=1,4"], "give --summary TAG with it"),
        (["--preset", "the-talk", "--set", "beta=1,4"], "a sweep begins at one of them: talk-linear, talk"),
        (["--set", "beta=1,4", "--seeds", "²"], "seeds must be how many, like 3, or a list, like 0,5,7, got '²'"),
        (["--set", "beta=1:4:²"], "beta: a range has 2 to 1,000 values, got '²'"),
        (["--set", "seed=1,2"], "seeds are swept by --seeds"),
        (["--set", "beta=1,4", "--set", "beta=2,3"], "beta: is given twice"),
        (["--set", "beta=1,2", "--set", "lr=0.1,1", "--set", "epochs=1,2"], "one or two settings, got 3"),
        (["--set", "model=vae,nope"], "unknown model 'nope'"),
        (["--set", "beto=1,4"], "did you mean 'beta'?"),
    ],
)
def test_words_that_mean_nothing_are_told_in_one_line_before_anything_is_trained(root, capsys, words, message):
    assert message in told_wrong(capsys, "sweep", *words)
    assert not list(root.iterdir())


def test_one_thing_at_a_time_is_printed(capsys):
    assert "not allowed with argument --dry-run" in refused(capsys, "sweep", "--dry-run", "--slurm")
    assert "--jobs: must be a whole number, at least 1" in refused(capsys, "sweep", "--jobs", "0")


def test_help_says_how_values_are_written(capsys):
    told = help_of(capsys, "sweep")
    assert "beta=1:16:4 (from:to:how many)" in told
    assert "beta=1:100:3:log" in told
