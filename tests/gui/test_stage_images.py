import numpy as np

from ae_studio.gui.stage_images import found, noise_of
from tests.gui.seen_step import CODES, NOISE, SPREAD, seen_step


def test_the_noise_is_what_the_sample_was_made_with():
    step = seen_step()
    assert np.allclose(noise_of(step.codes, step.spread, step.samples), NOISE, atol=1e-5)


def test_numbers_of_a_code_without_a_spread_have_no_noise():
    codes = np.hstack([CODES, np.eye(3, dtype=np.float32)])
    samples = codes.copy()
    samples[:, :2] += SPREAD * NOISE
    assert noise_of(codes, SPREAD, samples).shape == (3, 2)


def test_a_class_that_was_told_is_not_shown_as_a_part_of_what_was_found():
    label = np.eye(3, dtype=np.float32)
    step = seen_step(codes=np.hstack([CODES, label]), samples=np.hstack([CODES + SPREAD, label]))
    assert [part.shape for part in found(step)] == [(3, 2), (3, 2)]
    drawn = seen_step(codes=np.hstack([CODES, label]), samples=np.hstack([CODES + SPREAD, 1 - label]))
    assert [part.shape for part in found(drawn)] == [(3, 5), (3, 5)]
