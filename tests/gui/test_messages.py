import math
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from ae_studio import __version__
from ae_studio.events import RunEnded, RunStalled
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.messages import Messages


@pytest.fixture
def bar(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def messages(bar):
    return Messages(bar, bar)


def test_a_failed_run_is_told_with_its_folder_and_its_log(bar, messages, tmp_path):
    log = tmp_path / "log.txt"
    log.write_text("what it said")
    messages.tell_end(RunEnded("failed", "The disk is full.", tmp_path), log, math.inf)
    assert bar.text == "The disk is full."
    assert str(log) in bar.findChild(QPlainTextEdit, "message_details").toPlainText()


def test_a_good_end_is_not_told_but_a_collapsed_posterior_is(bar, messages):
    messages.tell_end(RunEnded("finished", "Finished.", Path("run")), None, 5.0)
    assert bar.text == ""
    messages.tell_end(RunEnded("finished", "Finished.", Path("run")), None, 0.01)
    assert "KL 0.010" in bar.text


def test_a_stall_is_told_and_taken_back_when_it_goes_on(bar, messages):
    messages.tell_stall(RunStalled(61.2))
    assert bar.text == "Nothing new for 61 s: the process that writes this run may have died."
    messages.take_back_stall()
    assert bar.text == ""


def test_taking_a_stall_back_leaves_another_message_alone(bar, messages):
    messages.tell_stall(RunStalled(61.2))
    messages.tell_keys()
    messages.take_back_stall()
    assert bar.text == "Keys and mouse"


def test_about_says_the_version(bar, messages):
    messages.tell_about()
    assert __version__ in bar.text
