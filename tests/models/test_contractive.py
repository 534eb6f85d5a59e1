"""The contraction against autograd's full Jacobian, exactly and in expectation."""

import pytest
import torch
from torch.autograd.functional import jacobian

from ae_studio.models.build import build_model
from ae_studio.models.contractive import ContractiveAutoencoder
from ae_studio.models.noise import rows_of_a_batch
from ae_studio.training.defaults import complete


def make(latent_dim=2, **settings) -> ContractiveAutoencoder:
    torch.manual_seed(0)
    chosen = {"hidden": "16", "activation": "tanh", "channels": "4", **settings}
    return build_model(complete({"model": "contractive", "latent_dim": latent_dim, "settings": chosen}), (1, 6, 6))


def squared_norms(model: ContractiveAutoencoder, x: torch.Tensor) -> torch.Tensor:
    """||J_f||_F^2 of each image, by autograd."""
    return torch.stack([jacobian(model.encoder, each[None]).square().sum() for each in x])


@pytest.mark.parametrize("network", ["mlp", "conv", "linear"])
@pytest.mark.parametrize(("latent_dim", "projections"), [(1, 2), (2, 2), (5, 5), (5, 256)])
def test_with_enough_directions_it_is_the_norm_of_the_whole_jacobian(network, latent_dim, projections):
    model, x = make(latent_dim, network=network, projections=projections), torch.rand(7, 1, 6, 6)
    z, contraction = model.contraction(x)
    torch.testing.assert_close(z, model.encode(x))
    torch.testing.assert_close(contraction, squared_norms(model, x).mean())


@pytest.mark.parametrize("projections", [1, 3])
def test_with_fewer_it_is_so_in_expectation(projections):
    model, x = make(latent_dim=6, projections=projections), torch.rand(1, 1, 6, 6)
    draws = torch.stack([model.contraction(x.expand(500, -1, -1, -1))[1].detach() for _ in range(20)])
    error = draws.std().item() / 20**0.5
    assert draws.mean().item() == pytest.approx(squared_norms(model, x).item(), abs=4 * error)
    assert error < 0.05 * draws.mean()


def test_a_linear_encoder_has_the_norm_of_its_weights():
    model = make(network="linear")
    weights = model.encoder[-1].weight
    torch.testing.assert_close(model.contraction(torch.rand(3, 1, 6, 6))[1], weights.square().sum())


def test_its_gradient_is_that_of_the_norm():
    model, x = make(), torch.rand(3, 1, 6, 6)
    model.contraction(x)[1].backward()
    found = [parameter.grad.clone() for parameter in model.encoder.parameters() if parameter.grad is not None]
    model.zero_grad()
    rows = [jacobian(model.encoder, each[None], create_graph=True).square().sum() for each in x]
    torch.stack(rows).mean().backward()
    expected = [parameter.grad for parameter in model.encoder.parameters() if parameter.grad is not None]
    assert len(found) == len(expected)
    for each, other in zip(found, expected, strict=True):
        torch.testing.assert_close(each, other)


def test_the_validation_measures_it_too():
    model, x = make(weight=0.5), torch.rand(4, 1, 6, 6)
    expected = model.terms(x)
    with torch.no_grad():
        terms = model.eval().terms(x)
    torch.testing.assert_close(terms["contraction"], expected["contraction"].detach())
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 0.5 * terms["contraction"])


def test_several_processes_take_the_directions_of_one():
    model, x = make(latent_dim=6, projections=2), torch.rand(4, 1, 6, 6)
    torch.manual_seed(3)
    whole = model.contraction(x)[1]
    parts = []
    for start in (0, 2):
        torch.manual_seed(3)
        with rows_of_a_batch(start, start + 2, 4):
            parts.append(model.contraction(x[start : start + 2])[1])
    torch.testing.assert_close((parts[0] + parts[1]) / 2, whole)
