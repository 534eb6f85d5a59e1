"""The geometric term: linear maps, maps with a known volume, and autograd's whole Jacobian."""

import math

import pytest
import torch
from torch import nn
from torch.autograd.functional import jacobian

from ae_studio.models.build import build_model
from ae_studio.models.geometric import GeometricAutoencoder, log_determinants
from ae_studio.training.defaults import complete


def make(latent_dim=2, **settings) -> GeometricAutoencoder:
    torch.manual_seed(0)
    chosen = {"hidden": "16", "channels": "4", **settings}
    return build_model(complete({"model": "geometric", "latent_dim": latent_dim, "settings": chosen}), (1, 6, 6))


def by_autograd(model: GeometricAutoencoder, z: torch.Tensor) -> torch.Tensor:
    """log10 det(J^T J) of each code, in 64 bits."""
    found = []
    for each in z:
        j = jacobian(lambda code: model.decode(code[None]).flatten(), each).double()  # (D, d)
        found.append(torch.logdet(j.T @ j) / math.log(10))
    return torch.stack(found).float()


def test_a_linear_decoder_stretches_evenly_and_by_its_singular_values():
    torch.manual_seed(0)
    g, z = nn.Linear(2, 30), torch.randn(40, 2)
    found = log_determinants(g, z)
    assert found.var().item() == pytest.approx(0, abs=1e-9)
    expected = 2 * torch.linalg.svdvals(g.weight).log10().sum()
    torch.testing.assert_close(found, expected.expand(40))


def test_a_map_that_blows_up_one_place_is_told_by_how_much():
    z = torch.rand(50, 2) + 0.5
    found = log_determinants(lambda z: torch.cat([z.square(), z], dim=1), z)  # J^T J = diag(4 z^2 + 1)
    torch.testing.assert_close(found, (4 * z.square() + 1).log10().sum(dim=1))


@pytest.mark.parametrize("network", ["mlp", "conv"])
@pytest.mark.parametrize("latent_dim", [1, 2, 5])
def test_it_is_the_determinant_of_autograds_jacobian(network, latent_dim):
    model = make(latent_dim, network=network)
    z = torch.randn(6, latent_dim)
    torch.testing.assert_close(log_determinants(model.decode, z), by_autograd(model, z), atol=1e-3, rtol=1e-3)


def test_the_loss_weighs_the_variance_by_the_numbers_of_an_image():
    model, x = make(weight=0.3), torch.rand(16, 1, 6, 6)
    with torch.no_grad():
        model.encoder[-1].weight.mul_(20)  # codes so far apart that the stretching differs
    terms = model.terms(x)
    expected = by_autograd(model, model.encode(x).detach()).var(correction=0)
    assert expected > 0.01
    torch.testing.assert_close(terms["unevenness"], expected, atol=0, rtol=1e-3)
    squared = (x - model.decode(model.encode(x))).square().sum(dim=(1, 2, 3)).mean()
    torch.testing.assert_close(terms["loss"], squared + 36 * 0.3 * terms["unevenness"])


def test_only_the_chosen_number_of_codes_is_measured():
    x = torch.rand(16, 1, 6, 6)
    few = make(points=4).terms(x)["unevenness"]
    torch.testing.assert_close(few, make(points=100).terms(x[:4])["unevenness"])
    assert few != make(points=100).terms(x)["unevenness"]


@pytest.mark.parametrize("scale", [0.0, 1e-25])
def test_a_decoder_that_ignores_the_code_breaks_nothing(scale):
    g, z = nn.Linear(3, 8), torch.randn(5, 3)
    with torch.no_grad():
        g.weight.mul_(scale)
    found = log_determinants(g, z)
    assert torch.isfinite(found).all()
    found.var().backward()
    assert torch.isfinite(g.weight.grad).all()


def test_more_latent_dimensions_than_numbers_in_an_image_break_nothing():
    model, x = make(latent_dim=50), torch.rand(8, 1, 6, 6)
    terms = model.terms(x)
    terms["loss"].backward()
    assert all(torch.isfinite(parameter.grad).all() for parameter in model.parameters())
    assert torch.isfinite(terms["unevenness"])


def test_training_makes_the_stretching_even():
    model, x = make(weight=10.0), torch.rand(64, 1, 6, 6)
    before = model.terms(x)["unevenness"].item()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(100):
        optimizer.zero_grad()
        model.terms(x)["loss"].backward()
        optimizer.step()
    assert model.terms(x)["unevenness"].item() < 0.2 * before
