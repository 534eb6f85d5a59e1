"""Processes that a window has begun; a program that only says how it was called stands for a training."""

import signal
import sys
from pathlib import Path

import pytest

from ae_studio.gui.own_processes import OwnProcesses
from ae_studio.paths import runs_root
from ae_studio.training.defaults import complete

SAYS = "import sys; print(' '.join(sys.argv[1:]))"
WAITS = "import time; print('begun', flush=True); time.sleep(60)"


@pytest.fixture
def program(monkeypatch):
    """What is started in the place of a training, by its Python code."""

    def stands_for(code):
        monkeypatch.setattr("ae_studio.command.this_program", lambda words: [sys.executable, "-c", code, *words])

    stands_for(SAYS)
    return stands_for


@pytest.fixture
def processes(program):
    return OwnProcesses()


def ended(processes, run):
    process = processes.living(run)
    if process is not None:
        process.wait()
    return processes.log_of(run).read_text()


def test_a_run_is_begun_in_a_folder_of_its_own_with_its_settings(processes):
    run = processes.begin(complete({"epochs": 7}))
    assert run.parent == runs_root().resolve()
    said = ended(processes, run)
    assert "--epochs 7" in said
    assert f"--out {run}" in said


def test_a_run_is_made_again(processes, tmp_path):
    run = processes.begin(complete({}), tmp_path / "first")
    assert f"--repeat {(tmp_path / 'first').resolve()} --out {run}" in ended(processes, run)


def test_a_run_goes_on_in_its_folder(processes, tmp_path):
    processes.go_on(tmp_path / "run", complete({"epochs": 9}))
    assert f"--resume {(tmp_path / 'run').resolve()} --epochs 9" in ended(processes, tmp_path / "run")


def test_a_process_is_known_by_its_run_while_it_lives(processes, program):
    program(WAITS)
    run = processes.begin(complete({}))
    process = processes.living(run)
    assert processes.living(Path("another")) is None
    assert processes.living(None) is None
    gone = processes.watch_options(run)["gone"]
    assert gone() == ""
    process._process.send_signal(signal.SIGTERM)
    process.wait()
    assert processes.living(run) is None
    assert "SIGTERM" in gone() or sys.platform == "win32"


def test_of_a_run_from_elsewhere_nobody_knows_whether_its_writer_lives(processes, tmp_path):
    assert processes.watch_options(tmp_path) == {}


def test_what_a_run_said_is_in_its_folder_as_soon_as_there_is_one(processes, tmp_path):
    run = processes.begin(complete({}))
    ended(processes, run)
    assert processes.log_of(run) == run.with_name(f"{run.name}.log")
    run.mkdir()
    (run / "log.txt").write_text("hello")
    assert processes.log_of(run) == run / "log.txt"
    assert processes.log_of(tmp_path) == tmp_path / "log.txt"
    assert processes.log_of(None) is None
