import signal
import subprocess
import sys

import pytest

from ae_studio.own_process import OwnProcess

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def start(tmp_path):
    made = []

    def start(code):
        made.append(OwnProcess([sys.executable, "-c", code], tmp_path / "runs" / "log"))
        return made[-1]

    yield start
    for process in made:
        if process.alive:
            subprocess.run(["kill", "-9", str(process.number)], check=True)
        process.wait()


def test_an_exit_code_is_told_with_the_last_thing_said(start):
    process = start("import sys; print('first'); sys.exit('no such device')")
    process.wait()
    assert process.why_gone() == "The training's process ended with exit code 1. no such device"


@POSIX
def test_a_kill_is_told_by_its_signal(start):
    process = start("import time; time.sleep(600)")
    assert process.why_gone() == ""
    subprocess.run(["kill", "-9", str(process.number)], check=True)
    process.wait()
    assert "SIGKILL" in process.why_gone()
    process.interrupt()  # nobody is there to hear it


@POSIX
def test_an_interrupt_reaches_it_as_ctrl_c_does(start):
    process = start("import time; print('ready', flush=True); time.sleep(600)")
    while b"ready" not in process.log.read_bytes():
        assert process.alive
    process.interrupt()
    assert process.wait() in (1, 130, -signal.SIGINT)
    assert not process.alive
