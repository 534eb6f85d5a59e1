import pytest

from ae_studio.gui.stage_bars import others_of, parts_of
from tests.gui.seen_step import seen_step


def test_the_parts_of_the_loss_stand_behind_each_other_and_end_at_it():
    step = seen_step()
    reconstruction, kl = parts_of(step)
    assert (reconstruction.begin, reconstruction.end) == (0.0, 20.0)
    assert (kl.raw, kl.weight, kl.begin, kl.end) == (3.0, 4.0, 20.0, 32.0)
    assert kl.end == pytest.approx(step.terms["loss"])
    assert others_of(step) == {"sigma": 0.2}


def test_without_weights_every_term_stands_for_itself():
    parts = parts_of(seen_step(weights={}))
    assert [(part.name, part.begin, part.end, part.weight) for part in parts] == [
        ("reconstruction", 0.0, 20.0, None),
        ("kl", 0.0, 3.0, None),
        ("sigma", 0.0, 0.2, None),
    ]
    assert others_of(seen_step(weights={})) == {}
