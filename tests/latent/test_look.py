import numpy as np
import pytest
import torch

from ae_studio.latent.look import encode, take_look
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete

LABELS = torch.arange(40) % 10


@pytest.fixture
def model():
    torch.manual_seed(0)
    return build_model(complete({"settings": {"hidden": "32"}}), (1, 8, 8)).train()


@pytest.fixture
def images():
    return torch.randint(0, 256, (40, 1, 8, 8), dtype=torch.uint8)


def test_a_look_draws_no_random_number_and_leaves_the_mode(model, images):
    before = torch.get_rng_state()
    take_look(model, (images, LABELS), (images[:3], LABELS[:3]), epoch=1, step=10)
    assert torch.equal(torch.get_rng_state(), before)
    assert model.training


def test_what_a_look_holds_cannot_be_written_to(model, images):
    look = take_look(model, (images, LABELS), (images[:3], LABELS[:3]), epoch=1, step=10)
    assert not look.codes.flags.writeable
    assert not look.reconstructions.flags.writeable
    assert look.codes.shape == (40, 2)
    assert look.reconstructions.shape == (3, 8, 8)


def test_the_frozen_decoder_stays_as_it_was_while_the_model_goes_on(model, images):
    look = take_look(model, (images, LABELS), (images[:3], LABELS[:3]), epoch=1, step=10)
    before = look.decoder(look.codes)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    np.testing.assert_array_equal(look.decoder(look.codes), before)


def test_many_images_are_encoded_piece_by_piece_to_the_same_codes(model, monkeypatch, images):
    with torch.no_grad():
        whole, _ = encode(model, images, LABELS)
        monkeypatch.setattr("ae_studio.latent.look.CHUNK", 7)
        np.testing.assert_allclose(encode(model, images, LABELS)[0], whole, atol=1e-6)


def test_a_look_tells_what_each_dimension_costs(model, images):
    """Against the closed form of Kingma & Welling's appendix B, from the look's own means and deviations."""
    look = take_look(model, (images, LABELS), (images[:3], LABELS[:3]), epoch=1, step=10)
    mu, sigma = look.codes.astype(np.float64), look.spread.astype(np.float64)
    expected = 0.5 * (mu**2 + sigma**2 - 1 - np.log(sigma**2)).mean(axis=0)
    np.testing.assert_allclose(look.kl, expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("family", ["linear", "hyperspherical", "vq-vae", "vamp-vae"])
def test_a_look_tells_no_kl_of_dimensions_where_there_is_none(family, images):
    model = build_model(complete({"data": "digits", "model": family, "latent_dim": 3}), (1, 8, 8))
    look = take_look(model, (images, LABELS), (images[:3], LABELS[:3]), epoch=1, step=10)
    assert look.kl is None
