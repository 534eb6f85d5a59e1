import numpy as np
import pytest

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.support_cue import SupportCue
from ae_studio.latent.scene import Scene


@pytest.fixture
def cue(qtbot):
    hand = Hand()
    laboratory = Laboratory(hand)
    yield SupportCue(laboratory)
    laboratory.end()
    hand.end()


def in_words(qtbot, cue, codes):
    look = Look(1, 1, codes, np.zeros((1, 8, 8), dtype=np.uint8), lambda z: z)
    with qtbot.waitSignal(cue.changed) as changed:
        cue.follow(Scene(LatentSpace(2), np.zeros(len(codes), dtype=np.int64), ("a",), None, look))
    return changed.args[0]


def test_every_look_is_told_anew(qtbot, cue):
    codes = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
    origin = np.zeros(2, dtype=np.float32)
    wordings, likelihood = in_words(qtbot, cue, codes)(origin)
    assert wordings[0].startswith("on the data (")
    assert "% of the codes" in likelihood
    moved = in_words(qtbot, cue, codes + np.float32(20))
    assert moved(origin)[0][0].startswith("off the data: no code within ")


def test_without_codes_or_for_another_runs_code_nothing_is_said(qtbot, cue):
    assert in_words(qtbot, cue, np.zeros((1, 2), dtype=np.float32))(np.zeros(2, dtype=np.float32)) == ((), "")
    known = in_words(qtbot, cue, np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32))
    assert known(np.zeros(3, dtype=np.float32)) == ((), "")
