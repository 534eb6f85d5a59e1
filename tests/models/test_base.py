import math

import pytest
import torch

from ae_studio.models.base import reconstruction_error, reconstruction_errors
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete


def test_bernoulli_error_is_the_cross_entropy_in_nats_summed_over_pixels():
    x, logits = torch.tensor([[[[0.0, 1.0, 0.25]]]]), torch.tensor([[[[0.0, 2.0, -1.0]]]])
    p = torch.sigmoid(logits)
    by_hand = -(x * p.log() + (1 - x) * (1 - p).log()).sum()
    assert reconstruction_error(x, logits, "bernoulli") == pytest.approx(by_hand.item(), rel=1e-6)


def test_an_undecided_decoder_costs_ln_2_a_pixel():
    x = torch.randint(0, 2, (5, 1, 8, 8)).float()
    assert reconstruction_error(x, torch.zeros_like(x), "bernoulli") == pytest.approx(64 * math.log(2), rel=1e-6)


def test_gaussian_error_is_the_sum_of_squares_as_on_the_talks_slide():
    x, logits = torch.rand(7, 1, 4, 4), torch.randn(7, 1, 4, 4)
    by_hand = ((x - torch.sigmoid(logits)) ** 2).sum() / 7
    assert reconstruction_error(x, logits, "gaussian") == pytest.approx(by_hand.item(), rel=1e-6)


@pytest.mark.parametrize(("likelihood", "unit"), [("bernoulli", "nats"), ("gaussian", "squared error")])
def test_the_unit_of_the_loss_is_told(likelihood, unit):
    model = build_model(complete({"settings": {"reconstruction": likelihood}}), (3, 8, 8))
    assert unit in model.loss_unit
    assert model.pixels == 192


def test_without_the_sigmoid_the_decoders_own_numbers_are_the_image():
    x, decoded = torch.rand(4, 1, 8, 8), torch.randn(4, 1, 8, 8)
    by_hand = ((x - decoded) ** 2).sum() / 4
    assert reconstruction_error(x, decoded, "gaussian-linear") == pytest.approx(by_hand.item(), rel=1e-6)


@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian", "gaussian-linear"])
def test_the_errors_of_single_images_have_the_batchs_error_as_their_mean(likelihood):
    x, logits = torch.rand(4, 1, 8, 8), torch.randn(4, 1, 8, 8)
    errors = reconstruction_errors(x, logits, likelihood)
    assert errors.shape == (4,)
    assert errors.mean().item() == pytest.approx(reconstruction_error(x, logits, likelihood).item(), rel=1e-5)
