import numpy as np
import pytest

from ae_studio.gui.step_words import (
    BATCH,
    DECODE,
    ENCODE,
    GRADIENTS,
    LOSS,
    SAMPLE,
    STAGES,
    UPDATE,
    Told,
    caption,
    figures,
    stages_of,
    why_no_sample,
)
from tests.gui.seen_step import deterministic, seen_step

TOLD = Told("nats per image", ("a", "b", "c"))


def test_a_model_that_draws_nothing_has_no_sample_to_show_and_says_so():
    assert stages_of(seen_step()) == tuple(range(7))
    assert stages_of(deterministic()) == (BATCH, ENCODE, DECODE, LOSS, GRADIENTS, UPDATE)
    assert why_no_sample(seen_step()) == ""
    assert "decodes the code itself" in why_no_sample(deterministic())
    assert "Nothing was drawn" in caption(deterministic(), DECODE, TOLD)
    assert "Nothing was drawn" not in caption(seen_step(), DECODE, TOLD)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (BATCH, "Step 41, in epoch 2: 32 images, drawn at random. Here are the first 3."),
        (LOSS, "The loss of all 32 images: 32.0 nats per image. Its parts are the terms times their weights."),
        (UPDATE, "at a learning rate of 0.001."),
    ],
)
def test_captions_hold_the_steps_own_numbers(stage, words):
    assert words in caption(seen_step(), stage, TOLD)


def test_a_gradient_above_the_limit_is_said_to_be_cut():
    assert "5.00 in all. That is above the limit, and cut to 1.00." in caption(seen_step(), GRADIENTS, TOLD)
    assert "Below the limit of 9.00." in caption(seen_step(clip=9.0), GRADIENTS, TOLD)
    assert "limit" not in caption(seen_step(clip=0.0), GRADIENTS, TOLD)


def test_unknown_weights_are_not_made_up():
    words = caption(seen_step(weights={}), LOSS, TOLD)
    assert "weights" not in words
    assert "formula" in words


def test_every_way_of_drawing_has_its_own_words():
    said = {caption(seen_step(**values), SAMPLE, TOLD) for values in ({}, {"spread": None}, {"noise": "image"})}
    assert len(said) == 3


def test_every_stage_of_every_kind_of_step_has_a_short_caption():
    for step in (seen_step(), deterministic(), seen_step(noise="image"), seen_step(clip=0.0)):
        for stage in range(len(STAGES)):
            assert 20 < len(caption(step, stage, TOLD)) <= 150


def test_a_mean_squared_error_is_that_of_the_images_shown():
    step = seen_step()
    error = np.mean(((step.images.astype(float) - step.decoded) / 255) ** 2)
    assert figures(error) in caption(step, DECODE, TOLD)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.0, "0"), (152.34, "152"), (27.04, "27.0"), (3.14159, "3.14"), (-12.345, "−12.3"), (0.01587, "0.0159")),
        *((0.001, "0.001"), (3.1e-5, "3.1 · 10⁻⁵"), (1234.5, "1,234"), (1.2e7, "1.2 · 10⁷"), (float("nan"), "nan")),
    ],
)
def test_numbers_have_three_figures(value, text):
    assert figures(value) == text
