"""The denoising autoencoder: what its corruptions do, and that it is asked for the clean image."""

import pytest
import torch

from ae_studio.models.base import reconstruction_error
from ae_studio.models.build import build_model
from ae_studio.models.denoising import DenoisingAutoencoder
from ae_studio.training.defaults import complete


def make(**settings) -> DenoisingAutoencoder:
    torch.manual_seed(0)
    return build_model(complete({"model": "denoising", "settings": {"hidden": "32", **settings}}), (1, 8, 8))


def test_a_mask_sets_its_share_to_zero_and_leaves_the_rest():
    x = torch.rand(2000, 1, 8, 8) + 0.1
    spoilt = make(masked=0.3).corrupted(x)
    wiped = spoilt == 0
    deviation = (0.3 * 0.7 / wiped.numel()) ** 0.5
    assert wiped.float().mean().item() == pytest.approx(0.3, abs=4 * deviation)
    assert torch.equal(spoilt[~wiped], x[~wiped])
    assert len(wiped.flatten(1).unique(dim=0)) == 2000, "every image has a mask of its own"


def test_gaussian_noise_has_its_standard_deviation_and_no_mean():
    x = torch.rand(2000, 1, 8, 8)
    noise = make(corruption="gaussian", noise=0.4).corrupted(x) - x
    assert noise.mean().item() == pytest.approx(0, abs=4 * 0.4 / noise.numel() ** 0.5)
    assert noise.std().item() == pytest.approx(0.4, rel=0.01)


@pytest.mark.parametrize("settings", [{"masked": 0.0}, {"corruption": "gaussian", "noise": 0.0}])
def test_without_corruption_it_is_the_deep_autoencoder(settings):
    model = make(**settings)
    x = torch.rand(16, 1, 8, 8)
    torch.testing.assert_close(model.terms(x)["loss"], model.reconstruction(x, model.encode(x)))


@pytest.mark.parametrize("mode", [True, False])
def test_the_loss_compares_what_a_spoilt_image_gives_with_the_clean_one_in_training_and_validation(mode):
    model = make().train(mode)
    x = torch.rand(16, 1, 8, 8)
    torch.manual_seed(5)
    spoilt = model.corrupted(x)
    expected = reconstruction_error(x, model.decoder(model.encoder(spoilt)), "bernoulli")
    torch.manual_seed(5)
    torch.testing.assert_close(model.terms(x)["loss"], expected)


def test_a_code_is_that_of_the_clean_image():
    model = make(masked=0.9)
    x = torch.rand(4, 1, 8, 8)
    assert torch.equal(model.encode(x), model.encoder(x))
