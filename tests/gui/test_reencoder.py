import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.reencoder import Reencoder


@pytest.fixture
def at(stage):
    """A stage with a re-encoder, and all that it has said."""

    def make(**settings):
        made = stage(**settings)
        made.reencoder = Reencoder(made.laboratory, made.hand, made)
        made.answers, made.words, made.reasons = [], [], []
        made.reencoder.answered.connect(made.answers.append)
        made.reencoder.told.connect(made.words.append)
        made.reencoder.possible_changed.connect(made.reasons.append)
        made.show(made.look)
        return made

    return make


def test_a_model_that_is_its_own_inverse_agrees_with_itself(qtbot, at):
    stage = at()
    stage.hand.put(np.array([1.2, -0.5]))
    stage.reencoder.ask()
    qtbot.waitUntil(lambda: bool(stage.answers))
    assert stage.answers[0].distance == pytest.approx(0, abs=1e-6)
    assert stage.words == ["agrees with itself"]


def test_a_model_that_does_not_says_how_far_it_comes_back(qtbot, at):
    stage = at(shift=0.31)
    stage.hand.put(np.array([1.2, -0.5]))
    stage.reencoder.ask()
    qtbot.waitUntil(lambda: bool(stage.answers))
    assert stage.answers[0].back.tolist() == pytest.approx([1.51, -0.5], abs=1e-5)
    assert stage.words == ["the model comes back 0.31 away"]


def test_an_answer_is_forgotten_once_the_handle_has_left(qtbot, at):
    stage = at(shift=0.31)
    stage.reencoder.ask()
    qtbot.waitUntil(lambda: bool(stage.answers))
    stage.hand.leave()  # a hover has ended: the handle is where it was
    assert len(stage.answers) == 1
    stage.hand.move_to(1, 1)
    assert stage.answers[1:] == [None]
    assert stage.words[-1] == ""


def test_it_repeats_while_the_handle_moves_when_asked_to(qtbot, at):
    stage = at(shift=0.31)
    stage.reencoder.repeat(True)
    qtbot.waitUntil(lambda: bool(stage.answers))
    stage.hand.move_to(1, 0.5)
    qtbot.waitUntil(lambda: np.allclose(stage.answers[-1].code, [1, 0.5]))
    assert None not in stage.answers
    stage.reencoder.repeat(False)
    stage.hand.move_to(0, 0)
    assert stage.answers[-1] is None


def test_a_new_look_is_asked_again(qtbot, at):
    stage = at(shift=0.31)
    stage.reencoder.ask()
    qtbot.waitUntil(lambda: bool(stage.answers))
    stage.show(stage.look)
    qtbot.waitUntil(lambda: len(stage.answers) == 2)


def test_another_run_forgets(qtbot, at):
    stage = at()
    stage.reencoder.ask()
    qtbot.waitUntil(lambda: bool(stage.answers))
    stage.begin()
    stage.reencoder.begin()
    assert stage.answers[-1] is None
    stage.reencoder.ask()  # there is no scene


@pytest.mark.parametrize(
    ("settings", "word"),
    [({"encoder": False}, "encoded"), ({"space": LatentSpace(2, kind="codebook")}, "codebook"), ({}, "")],
)
def test_why_not_is_said(at, settings, word):
    stage = at(**settings)
    assert word in stage.reasons[-1]
    assert bool(stage.reasons[-1]) == bool(word)
    stage.reencoder.ask()
    assert stage.answers == []
