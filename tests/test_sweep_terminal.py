"""A sweep on a terminal, with processes that live and die as the test says; the command as a user types it."""

import json
import os
import signal

import pytest

from ae_studio.cli import main
from ae_studio.sweep_terminal import sweep_on_terminal
from ae_studio.sweeps.machine import Machine
from ae_studio.sweeps.plan import make_sweep, parse_axes
from tests.sweeps.test_queue import FakeProcess

SMALL = ["--epochs", "1", "--set", "hidden=8"]


def planned():
    axes, _ = parse_axes([("beta", "1,4")], "vae")
    return make_sweep({}, axes, (0,), ["mine"]).runs


def test_each_end_is_a_line_and_a_failure_names_its_log(capsys):
    processes = []

    def start(*words):
        processes.append(FakeProcess(*words))
        return processes[-1]

    def rest(seconds):
        if len(processes) == 1:
            processes[0].die()
        else:
            processes[1].end()

    assert not sweep_on_terminal(planned(), "mine", Machine(cores=2), 1, start=start, rest=rest)
    told = capsys.readouterr()
    assert "2/2  β = 4  finished" in told.out
    assert "1/2  β = 1  failed: The training's process ended with exit code -9. Its log is " in told.err
    assert "1 failed. The same command with --tag 'mine' --skip-done trains what is missing." in told.err


def test_ctrl_c_stops_what_runs_and_leaves_the_rest_undone(capsys):
    processes = []

    def start(*words):
        processes.append(FakeProcess(*words))
        return processes[-1]

    def rest(seconds):
        if not processes[0].interrupts:
            os.kill(os.getpid(), signal.SIGINT)
        else:
            processes[0].end("stopped")

    before = signal.getsignal(signal.SIGINT)
    assert sweep_on_terminal(planned(), "mine", Machine(cores=2), 1, start=start, rest=rest)
    assert signal.getsignal(signal.SIGINT) is before
    assert len(processes) == 1
    told = capsys.readouterr()
    assert "1/2  β = 1  stopped" in told.out
    assert "2 not done. The same command with --tag 'mine' --skip-done" in told.err


@pytest.mark.timeout(300)
def test_a_sweep_trains_its_runs_into_the_library_and_is_complete_when_started_again(capsys):
    words = ["sweep", *SMALL, "--set", "beta=1,4", "--tag", "mine"]
    assert main([*words, "--jobs", "2"]) == 0
    told = capsys.readouterr().out
    assert "2 runs: 2 values of β; 2 at a time" in told
    assert "mine: 2 of 2 runs finished" in told
    assert main([*words, "--skip-done"]) == 0
    assert "All of the 2 runs are there" in capsys.readouterr().out
    assert main(["sweep", *SMALL, "--set", "beta=1,4,9", "--tag", "mine", "--skip-done", "--commands"]) == 0
    assert capsys.readouterr().out.count("ae-studio train") == 1
    assert main(["runs", "--json"]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert sorted((run["title"], run["state"], run["tags"]) for run in runs) == [
        ("β = 1", "finished", ["mine"]),
        ("β = 4", "finished", ["mine"]),
    ]
    assert main(["sweep", "--summary", "mine", "--json"]) == 0
    assert [point["x"] for point in json.loads(capsys.readouterr().out)["terms"]["loss"]] == [1, 4]


def test_a_dry_run_tells_the_number_and_the_order(capsys):
    assert main(["sweep", "--set", "beta=1,4", "--seeds", "2", "--seed", "5", "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("4 runs: 2 values of β × 2 seeds; tag: sweep beta ")
    assert [line.split("  ")[-1] for line in lines[2:]] == [
        "β = 1, seed 5",
        "β = 4, seed 5",
        "β = 1, seed 6",
        "β = 4, seed 6",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--set beta=1,2000", "beta must be a number, 0 to 1000, got 2000"),
        ("--set beta=4", "nothing is swept"),
        ("--lr 0.1 --set lr=0.1,0.2", "lr: is given twice, by a flag of its own and by --set"),
        ("--set beta=1,4 --seeds x", "seeds must be how many"),
        ("--set beta=1,4 --jobs 9999", "--jobs must be at most"),
        ("--set beta", "--set takes name=value"),
    ],
)
def test_wrong_use_is_one_line(capsys, arguments, message):
    assert main(["sweep", *arguments.split()]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert message in line


def test_data_that_are_not_here_are_told_before_anything_begins(capsys):
    assert main(["sweep", "--set", "beta=1,4", "--data", "mnist"]) == 1
    assert "ae-studio data mnist" in capsys.readouterr().err


def test_a_summary_of_no_sweep_says_so(capsys):
    assert main(["sweep", "--summary", "nothing"]) == 1
    assert "no run has the tag 'nothing'" in capsys.readouterr().err
