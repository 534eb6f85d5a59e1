import numpy as np
import pytest
import torch

from ae_studio.events import Encoded
from ae_studio.latent.frozen import FrozenModel, Late, as_input
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS
from ae_studio.training.defaults import complete

LABELS = np.arange(12) % 10
CLASSES = tuple("0123456789")


def made(family="vae", **values):
    torch.manual_seed(0)
    return build_model(complete({"data": "digits", "model": family, **values}), (1, 8, 8), CLASSES).eval()


@pytest.fixture
def images():
    return np.random.default_rng(0).integers(0, 256, (12, 8, 8), dtype=np.uint8)


@pytest.mark.parametrize("family", MODELS)
def test_a_frozen_encoder_gives_the_models_own_codes(family, images):
    model = made(family)
    x, y = torch.tensor(images[:, None]) / 255, torch.tensor(LABELS)
    found = FrozenModel.of(model).encoder(images, LABELS)
    with torch.no_grad():
        np.testing.assert_allclose(found.codes, model.encode_given(x, y), atol=1e-6)
    if found.spread is not None:
        assert found.spread.shape == (12, model.latent_dim)
        assert (found.spread > 0).all()


def test_the_spread_is_that_of_the_posterior(images):
    model = made()
    with torch.no_grad():
        _, logvar = model.posterior(torch.tensor(images[:, None]) / 255)
    np.testing.assert_allclose(FrozenModel.of(model).encoder(images, LABELS).spread, (logvar / 2).exp(), rtol=1e-5)


def test_it_stays_as_it_was_while_the_model_goes_on(images):
    model = made()
    frozen = FrozenModel.of(model)
    before = frozen.encoder(images, LABELS).codes
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    np.testing.assert_array_equal(frozen.encoder(images, LABELS).codes, before)
    assert all(parameter.requires_grad for parameter in model.parameters())


def test_derivatives_of_a_linear_decoder_are_its_weights(images):
    model = made("linear", latent_dim=3)
    decoded, jacobians = FrozenModel.of(model).derivatives(np.zeros((2, 3), dtype=np.float32))
    np.testing.assert_allclose(jacobians, np.stack(2 * [model.decoder.weight.detach().numpy()]), atol=1e-6)
    np.testing.assert_allclose(decoded, np.stack(2 * [model.decoder.bias.detach().numpy()]), atol=1e-6)


def test_derivatives_are_those_of_autograd(monkeypatch):
    monkeypatch.setattr("ae_studio.latent.frozen.COLUMNS", 4)  # in several parts
    model = made(latent_dim=2)
    z = torch.randn(5, 2)
    decoded, jacobians = FrozenModel.of(model).derivatives(z.numpy())
    for code, image, jacobian in zip(z, decoded, jacobians, strict=True):
        expected = torch.autograd.functional.jacobian(lambda each: model.decode(each[None]).flatten(), code)
        np.testing.assert_allclose(jacobian, expected, atol=1e-6)
        np.testing.assert_allclose(image, model.decode(code[None]).detach().flatten(), atol=1e-6)


def test_images_of_another_shape_are_refused_in_words(images):
    with pytest.raises(ValueError, match="channels, height, width"):
        FrozenModel.of(made()).encoder(images[:, :5], LABELS)


def test_colour_images_come_channels_first():
    images = np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3)
    assert torch.equal(as_input(images, (3, 4, 5)), torch.tensor(images).permute(0, 3, 1, 2))


def test_a_late_part_is_read_once_and_when_it_is_needed(images):
    read = []
    late = Late(lambda: read.append(1) or FrozenModel.of(made()).encoder)
    assert not read
    assert isinstance(late(images, LABELS), Encoded)
    late(images, LABELS)
    assert read == [1]


def test_derivatives_along_directions_are_the_jacobians_products_with_them(monkeypatch):
    monkeypatch.setattr("ae_studio.latent.frozen.COLUMNS", 4)  # in several parts
    model = FrozenModel.of(made(latent_dim=2))
    random = np.random.default_rng(0)
    z, along = (random.normal(size=size).astype(np.float32) for size in ((5, 2), (5, 3, 2)))
    decoded, jacobians = model.derivatives(z)
    same, found = model.derivatives(z, along)
    np.testing.assert_allclose(same, decoded, atol=1e-6)
    np.testing.assert_allclose(found, jacobians @ along.transpose(0, 2, 1), atol=1e-5)
