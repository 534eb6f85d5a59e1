from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtWidgets import QPlainTextEdit

from ae_studio import __version__
from ae_studio.events import LatentSpace, RunEnded, RunStalled
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.messages import Messages
from ae_studio.latent.diagnosis import LASTING


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
    messages.tell_end(RunEnded("failed", "The disk is full.", tmp_path), log)
    assert bar.text == "The disk is full."
    assert str(log) in bar.findChild(QPlainTextEdit, "message_details").toPlainText()


FINISHED = RunEnded("finished", "Finished.", Path("run"))


def test_a_good_end_is_not_told_but_a_collapsed_posterior_is(bar, messages, told):
    messages.start(told.start())
    messages.follow(lively(told, 1, kl=5.0))
    messages.tell_end(FINISHED, None)
    assert bar.text == ""
    messages.start(told.start())
    messages.follow(told.epoch(1, kl=0.01))
    messages.tell_end(FINISHED, None)
    assert "KL 0.010" in bar.text


def test_a_lasting_collapse_is_told_at_once_and_once_only(bar, messages, told):
    messages.start(told.start())
    for epoch in range(1, LASTING + 1):
        assert bar.text == ""
        messages.follow(told.epoch(epoch, kl=0.01))
    assert "collapsed" in bar.text
    bar.clear()
    messages.follow(told.epoch(LASTING + 1, kl=0.01))
    messages.tell_end(FINISHED, None)
    assert bar.text == ""
    messages.start(told.start())  # another run
    messages.follow(told.epoch(1, kl=0.01))
    messages.tell_end(FINISHED, None)
    assert "collapsed" in bar.text


def test_a_collapse_that_the_run_gets_over_is_taken_back(bar, messages, told):
    messages.start(told.start())
    for epoch in range(1, LASTING + 1):
        messages.follow(told.epoch(epoch, kl=0.01))
    assert "collapsed" in bar.text
    messages.follow(lively(told, LASTING + 1, kl=5.0))
    assert bar.text == ""
    bar.show_message("info", "something else")
    messages.follow(lively(told, LASTING + 2, kl=5.0))
    assert bar.text == "something else"


def test_an_opened_run_is_told_of_too(bar, messages, told):
    messages.tell_opened(opened(told, 0, kl=0.0))
    assert bar.text == ""  # it has not trained yet
    messages.tell_opened(opened(told, 4, kl=0.001))
    assert "collapsed" in bar.text


def test_of_an_opened_run_what_is_missing_comes_first_and_only_once_it_has_ended(bar, messages, told):
    run = opened(told, 4, kl=0.001)
    run.problems = ["metrics.csv: is missing"]
    run.ended = None
    messages.tell_opened(run)
    assert bar.text == ""
    run.ended = ("finished", "")
    messages.tell_opened(run)
    assert bar.text == "Some of this run is missing."
    assert bar.findChild(QPlainTextEdit, "message_details").toPlainText() == "metrics.csv: is missing"


def test_a_run_whose_model_is_asked_about_is_not_told_of_yet(bar, messages, told):
    run = opened(told, 4, kl=0.001)
    run.untrusted = Path("run/model.py")
    messages.tell_opened(run)
    assert bar.text == ""


def opened(told, epoch, **terms):
    """A finished run of so many epochs."""
    return SimpleNamespace(
        untrusted=None,
        ended=("finished", ""),
        problems=[],
        moment=SimpleNamespace(look=told.look(epoch)),
        history=SimpleNamespace(validation={epoch: terms}),
        space=LatentSpace(2),
    )


def test_details_are_told_of_a_program_and_not_of_a_folder(bar, messages):
    details = bar.findChild(QPlainTextEdit, "message_details")
    messages.tell_failure("open", "this is no run", "Traceback")
    assert (bar.text, details.toPlainText()) == ("this is no run", "")
    messages.tell_failure("engine", "no torch", "Traceback")
    assert bar.text == "Torch or Lightning could not be loaded, so nothing can be trained: no torch"
    assert details.toPlainText() == "Traceback"


def lively(told, number, **terms):
    """An epoch whose codes are all over the place."""
    epoch = told.epoch(number, **terms)
    look = replace(epoch.look, codes=np.random.default_rng(0).normal(size=(6, 2)).astype(np.float32))
    return replace(epoch, look=look)


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


def test_a_failure_that_the_hand_has_told_is_not_told_in_vaguer_words(bar):
    messages = Messages(bar, bar)
    messages.tell_decoding_failed("the model is not trusted")
    messages.tell_computation_failed("the model is not trusted")
    assert "could not be decoded" in bar.text
    messages.tell_computation_failed("something else")
    assert "something else" in bar.text
