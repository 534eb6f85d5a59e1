"""Which window is opened, and where none can be."""

from pathlib import Path

import pytest

from ae_studio.cli import main
from tests.commands.small_runs import help_of, refused, told_wrong


@pytest.fixture
def opened(monkeypatch):
    """What the window was opened on; it ends with 7, which no other part says."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    told = []
    monkeypatch.setattr("ae_studio.gui.app.run_window", lambda run: told.append(run) or 7)
    return told


@pytest.fixture
def without_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_command_the_window_opens(opened):
    assert main([]) == 7
    assert opened == [None]


def test_a_run_is_opened_in_it(opened):
    assert main(["open", "my run"]) == 7
    assert opened == [Path("my run")]


def test_the_self_test_says_by_its_exit_code_how_it_went(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("ae_studio.gui.self_test.run_self_test", lambda: 1)
    assert main(["--self-test"]) == 1


def test_without_a_display_a_run_cannot_be_opened(without_display, capsys):
    line = told_wrong(capsys, "open", "run", code=1)
    assert "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)" in line
    assert line.endswith("so the window cannot be opened")


def test_a_display_that_does_not_answer_is_named(without_display, monkeypatch, capsys):
    monkeypatch.setenv("DISPLAY", ":9876")
    assert "the display :9876 cannot be reached" in told_wrong(capsys, "open", "run", code=1)


def test_without_a_display_the_self_test_says_how_it_can_be_done(without_display, capsys):
    assert "QT_QPA_PLATFORM=offscreen tests one in memory" in told_wrong(capsys, "--self-test", code=1)


def test_without_a_display_the_main_job_is_done_here_and_its_exit_code_told(without_display, monkeypatch, capsys):
    monkeypatch.setattr("ae_studio.terminal.main_job", lambda: 1)
    assert main([]) == 1
    assert "the main job is done here instead" in capsys.readouterr().out


def test_libraries_that_are_missing_keep_the_window_away(monkeypatch, capsys):
    line = "to open a window Qt needs: sudo apt-get install libxcb-cursor0"
    monkeypatch.setattr("ae_studio.display.missing_display", lambda: "")
    monkeypatch.setattr("ae_studio.display.draws_on_x", lambda: True)
    monkeypatch.setattr("ae_studio.system_libraries.missing_for_a_window", lambda: line)
    assert line in told_wrong(capsys, "open", "run", code=1)


def test_one_run_is_opened_at_a_time(capsys):
    assert "unrecognized arguments: b" in refused(capsys, "open", "a", "b")


def test_help_says_what_is_opened(capsys):
    assert "Open the window on a run." in help_of(capsys, "open")
