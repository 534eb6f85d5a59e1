import json

import pytest

from ae_studio.cli import main
from ae_studio.doctor import Finding
from tests.commands.small_runs import help_of, refused


@pytest.fixture
def findings(monkeypatch):
    """What the doctor finds here, as the test says."""
    found = []
    monkeypatch.setattr("ae_studio.doctor.examine", lambda: found)
    return found


def test_on_this_machine_text_and_json_tell_the_same(capsys):
    assert main(["doctor"]) == 0
    text = capsys.readouterr().out
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    for finding in told["findings"]:
        assert finding["name"] in text
        assert finding["value"].splitlines()[0] in text


def test_a_problem_is_exit_code_1_and_comes_with_what_to_do(findings, capsys):
    findings.append(Finding("Versions", "torch", "0.1", "problem", "pip install torch"))
    assert main(["doctor"]) == 1
    assert "pip install torch" in capsys.readouterr().out


def test_it_takes_no_name(capsys):
    assert "unrecognized arguments: torch" in refused(capsys, "doctor", "torch")


def test_help_says_what_it_looks_for(capsys):
    assert "What is installed here, what is missing, what to do." in help_of(capsys, "doctor")
