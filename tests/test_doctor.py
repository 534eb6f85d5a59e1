"""What the doctor finds on machines that lack this or that."""

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from ae_studio import doctor
from ae_studio.cli import main
from ae_studio.doctor import as_text, examine, healthy


def found(name):
    [finding] = [each for each in examine() if each.name == name]
    return finding


@pytest.fixture
def versions(monkeypatch):
    """Lets a test say what is installed."""
    real, installed = doctor.version, {}

    def pretended(name):
        if installed.get(name, "") is None:
            raise PackageNotFoundError(name)
        return installed.get(name) or real(name)

    monkeypatch.setattr(doctor, "version", pretended)
    return installed


def test_this_machine_can_do_what_the_tests_do():
    findings = examine()
    assert {finding.section for finding in findings} == {"Versions", "Computing", "Window", "Folders"}
    assert found("torch").state == "ok"
    assert found("torch").value == version("torch")
    assert "digits" in found("data sets here").value
    assert "offscreen" in found("Qt plug-ins").value


def test_a_malicious_upload_is_a_problem_with_what_to_do(versions):
    versions["pytorch-lightning"] = "2.6.3"
    finding = found("pytorch-lightning")
    assert finding.state == "problem"
    assert "malicious upload" in finding.advice
    assert not healthy(examine())


def test_what_only_the_window_needs_may_be_missing(versions):
    versions["pyqtgraph"] = None
    assert found("pyqtgraph").state == "note"
    versions["torch"] = None
    assert found("torch").state == "problem"


def test_missing_system_libraries_come_with_the_line_that_installs_them(monkeypatch):
    line = "to open a window Qt needs: sudo apt-get install libxcb-cursor0"
    monkeypatch.setattr(doctor, "how_to_install", lambda folder: line)
    monkeypatch.setattr("sys.platform", "linux")
    assert found("system libraries").value == line
    assert found("system libraries").state == "problem"


@pytest.mark.parametrize(("variable", "name"), [("AE_STUDIO_RUNS", "runs"), ("AE_STUDIO_DATA", "data sets")])
def test_a_folder_that_cannot_be_written_names_the_variable_that_moves_it(monkeypatch, variable, name):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    finding = found(name)
    assert "cannot be written" in finding.value
    assert variable in finding.advice


def test_a_full_disk_is_a_problem(monkeypatch):
    usage = type("Usage", (), {"free": 5e8})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    assert found("runs").state == "problem"
    assert "0.5 GB free" in found("runs").value


def test_a_part_that_cannot_be_examined_is_a_finding_and_the_others_are_there(monkeypatch):
    def broken():
        raise OSError("no such thing")

    monkeypatch.setattr(doctor, "missing_display", broken)
    findings = examine()
    assert [f.value for f in findings if f.name == "could not be examined"] == ["OSError: no such thing"]
    assert findings[-1].section == "Folders"


def test_the_text_marks_problems_and_counts_them(versions):
    assert as_text(examine()).endswith("marked with !") or as_text(examine()).endswith("All is well.")
    versions["torch"] = None
    text = as_text(examine())
    assert " ! torch                  not installed\n     pip install" in text


def test_on_the_command_line_its_exit_code_says_how_it_is(capsys, versions):
    versions["torch"] = None
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["healthy"] is False
    assert {"section", "name", "value", "state", "advice"} == set(told["findings"][0])


def test_it_needs_no_qt():
    code = "import sys; from ae_studio.doctor import examine; examine(); print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=110)
    assert done.stdout.strip() == "False", done.stderr
