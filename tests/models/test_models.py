"""What every model must do; a new line in MODELS is tested here without another word."""

import numpy as np
import pytest
import torch

from ae_studio.config import field_specs
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS
from ae_studio.training.defaults import complete

SHAPES = [(1, 8, 8), (1, 28, 28), (1, 17, 15), (3, 32, 32)]


def networks(name: str) -> list[dict[str, str]]:
    specs = field_specs(MODELS[name].settings)
    return [{"network": choice} for choice in specs["network"].choices] if "network" in specs else [{}]


CASES = [(name, settings) for name in MODELS for settings in networks(name)]


def make(name: str, settings: dict[str, str], shape: tuple[int, int, int], latent_dim: int = 2) -> torch.nn.Module:
    torch.manual_seed(0)
    return build_model(complete({"model": name, "latent_dim": latent_dim, "settings": settings}), shape)


@pytest.mark.parametrize(("name", "settings"), CASES)
@pytest.mark.parametrize("shape", SHAPES)
def test_codes_and_images_have_the_shapes_of_the_data(name, settings, shape):
    model = make(name, settings, shape, latent_dim=3)
    x = torch.rand(5, *shape)
    z = model.encode(x)
    assert z.shape == (5, 3)
    assert model.decode(z).shape == x.shape


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_the_decoder_alone_decodes_as_the_model_does(name, settings):
    model = make(name, settings, (1, 28, 28))
    z = torch.randn(4, 2)
    torch.testing.assert_close(model.decoder_module()(z), model.decode(z))


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_the_loss_reaches_every_parameter(name, settings):
    model = make(name, settings, (1, 8, 8))
    model.epochs_done = 1.0
    model.terms(torch.rand(16, 1, 8, 8))["loss"].backward()
    silent = [key for key, p in model.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    assert silent == []


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_every_term_is_one_finite_number(name, settings):
    terms = make(name, settings, (1, 8, 8)).terms(torch.rand(16, 1, 8, 8))
    assert "loss" in terms
    for value in terms.values():
        assert value.shape == ()
        assert torch.isfinite(value)


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_saved_weights_give_identical_images(name, settings, tmp_path):
    from safetensors.torch import load_file, save_file

    model, other = make(name, settings, (1, 8, 8)), make(name, settings, (1, 8, 8))
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    save_file(model.state_dict(), tmp_path / "weights.safetensors")
    other.load_state_dict(load_file(tmp_path / "weights.safetensors"))
    x = torch.rand(3, 1, 8, 8)
    torch.testing.assert_close(other.decode(other.encode(x)), model.decode(model.encode(x)), rtol=0, atol=0)


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_a_few_steps_on_digits_lower_the_loss(name, settings):
    from ae_studio.data.images import load
    from ae_studio.models.pixels import to_unit

    data = load("digits")
    x = to_unit(torch.tensor(np.array(data.images[:256])))
    model = make(name, settings, (1, 8, 8))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    losses = []
    for _ in range(40):
        optimizer.zero_grad()
        loss = model.terms(x)["loss"]
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert np.mean(losses[-5:]) < 0.9 * losses[0]


@pytest.mark.parametrize("name", MODELS)
def test_every_setting_works_at_its_bounds(name):
    for spec in field_specs(MODELS[name].settings).values():
        bounds = [*spec.choices, *(bound for bound in (spec.low, spec.high) if bound is not None)]
        for bound in bounds:
            value = int(bound) if spec.kind == "int" else bound
            config = complete({"model": name, "settings": {spec.name: value}})
            assert torch.isfinite(build_model(config, (1, 8, 8)).terms(torch.rand(8, 1, 8, 8))["loss"])
