import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ae_studio.training.run_folder import RunFolder
from ae_studio.training.run_format import hold, is_held

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be moved anyway")


def test_a_file_is_held_until_it_is_closed(tmp_path):
    path = tmp_path / "metrics.csv"
    with open(path, "w") as file:
        assert not is_held(path)
        hold(file)
        assert is_held(path)
        assert is_held(path)  # asking changes nothing
    assert not is_held(path)


def test_nobody_holds_a_file_that_is_not_there(tmp_path):
    assert not is_held(tmp_path / "none")


def test_a_run_is_held_while_it_is_written(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    folder.append_epoch(0, 0, "validation", {"loss": 1.0})
    assert is_held(tmp_path / "run" / "metrics.csv")
    folder.close()
    assert not is_held(tmp_path / "run" / "metrics.csv")


def test_a_process_that_dies_lets_go(tmp_path):
    path = tmp_path / "metrics.csv"
    code = (
        "import sys, time; from ae_studio.training.run_format import hold; file = open(sys.argv[1], 'w'); hold(file); "
        "print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        assert is_held(path)
        process.kill()
        process.wait()
    deadline = time.monotonic() + 5
    while is_held(path) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_held(path)


def test_many_who_ask_at_once_are_in_nobodys_way(tmp_path):
    path = tmp_path / "metrics.csv"
    path.touch()
    with ThreadPoolExecutor(8) as threads:
        asked = list(threads.map(lambda _: is_held(path), range(400)))
    assert not any(asked)
