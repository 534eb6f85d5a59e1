import subprocess
import sys
from pathlib import Path

import pytest

from ae_studio import system_libraries
from ae_studio.system_libraries import how_to_install, missing_for_a_window, qt_folder

NEEDS = "to open a window Qt needs: sudo apt-get install libxcb-cursor0"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings what it needs")


@pytest.fixture
def broken_plugin(monkeypatch):
    def refuse(path):
        raise OSError("libxcb-cursor.so.0: cannot open shared object file")

    monkeypatch.setattr("ctypes.CDLL", refuse)


def test_qts_folder_is_found_without_loading_qt():
    code = "import sys; from ae_studio.system_libraries import qt_folder; print(qt_folder(), 'PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    folder, loaded = done.stdout.split()
    assert (Path(folder) / "plugins" / "platforms").is_dir()
    assert loaded == "False"


def test_a_plugin_that_does_not_load_is_answered_with_what_installs_it(broken_plugin, monkeypatch):
    monkeypatch.setattr(system_libraries, "how_to_install", lambda qt: NEEDS if (qt / "plugins").is_dir() else "")
    assert missing_for_a_window() == NEEDS


def test_where_no_line_is_known_the_library_is_named(broken_plugin, monkeypatch):
    monkeypatch.setattr(system_libraries, "how_to_install", lambda qt: "")
    assert "libxcb-cursor.so.0" in missing_for_a_window()


def test_without_pyside_there_is_nothing_to_miss(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert missing_for_a_window() == ""


def test_the_line_is_the_set_ups_own_and_nothing_is_installed(monkeypatch):
    asked = []

    def run(command, **options):
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, f"AE Studio: {NEEDS}\n", "")

    monkeypatch.setattr("subprocess.run", run)
    folder = qt_folder()
    assert how_to_install(folder) == NEEDS
    [[_, script, *arguments]] = asked
    assert Path(script).is_file()
    assert arguments == ["--check", str(folder)]


def test_a_machine_without_a_shell_is_no_failure(monkeypatch, tmp_path):
    def no_shell(*arguments, **options):
        raise FileNotFoundError("sh")

    monkeypatch.setattr("subprocess.run", no_shell)
    assert how_to_install(tmp_path) == ""
