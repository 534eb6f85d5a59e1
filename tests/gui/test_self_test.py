"""In processes of its own: it makes an application, a window and settings for itself."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.gui import self_test
from ae_studio.gui.self_test import SelfTestFailed, _wait_for

STEPS = ["open", "load", "train", "drag", "save", "reopen", "close"]


def run(tmp_path, *command):
    places = {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "AE_STUDIO_RUNS": str(tmp_path / "runs"),
    }
    env = os.environ | places | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, timeout=110)


def test_the_main_job_is_done_in_a_window_and_nothing_of_the_users_is_touched(tmp_path):
    done = run(tmp_path, "-m", "ae_studio", "--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines] == STEPS
    assert all(": " in line and " ok" in line for line in lines)
    assert not (tmp_path / "runs").exists()
    assert not list(tmp_path.rglob("*.ini")) + list(tmp_path.rglob("*.conf"))


def test_a_step_that_fails_ends_it_with_1_and_says_which(tmp_path):
    code = """
import sys
from ae_studio.gui import self_test
def train(self): self_test._check(False, "it learned nothing")
self_test.SelfTest.train = train
sys.exit(self_test.run_self_test())
"""
    done = run(tmp_path, "-c", code)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "3/7 train   FAILED: it learned nothing"


class Teller(QObject):
    told = Signal(object)


def test_what_was_under_way_before_is_passed_over(qtbot):
    teller = Teller()

    def begin():
        for value in (1, 2, 3):
            QTimer.singleShot(0, lambda value=value: teller.told.emit(value))

    assert _wait_for(teller.told, begin, lambda value: value > 1) == 2


def test_a_step_in_which_nothing_happens_fails(qtbot, monkeypatch):
    monkeypatch.setattr(self_test, "PATIENCE_S", 0)
    teller = Teller()
    with pytest.raises(SelfTestFailed, match="nothing happened"):
        _wait_for(teller.told, lambda: None)


def test_an_errand_that_fails_ends_the_waiting_with_its_reason(tmp_path):
    code = """
import sys
from ae_studio.gui import engine, self_test
def broken(): raise RuntimeError("torch is gone")
engine.load_engine = broken
sys.exit(self_test.run_self_test())
"""
    done = run(tmp_path, "-c", code)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "2/7 load    FAILED: engine: torch is gone"
