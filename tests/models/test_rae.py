"""The RAE: the published scale of its weights, and each of its regularisers against an independent computation."""

import pytest
import torch
from torch.autograd.functional import jacobian

from ae_studio.models.build import build_model
from ae_studio.models.rae import RegularisedAutoencoder, squared_weights, weighted_layers
from ae_studio.training.defaults import complete


def make(shape=(1, 6, 6), latent_dim=2, **settings) -> RegularisedAutoencoder:
    torch.manual_seed(0)
    chosen = {"hidden": "16", "channels": "4", **settings}
    return build_model(complete({"model": "rae", "latent_dim": latent_dim, "settings": chosen}), shape)


@pytest.mark.parametrize("shape", [(1, 6, 6), (3, 6, 6)])
def test_the_published_weights_act_as_on_a_mean_over_pixels(shape):
    model, x = make(shape, beta=0.3, l2=0.02), torch.rand(9, *shape)
    z = model.encode(x)
    per_pixel = (x - model.decode(z)).square().sum(dim=1).mean()  # summed over colours, mean over pixels and images
    weights = sum(layer.weight.square().sum() for layer in model.decoder if isinstance(layer, torch.nn.Linear))
    expected = per_pixel + 0.3 * 0.5 * z.square().sum(dim=1).mean() + 0.02 * weights
    torch.testing.assert_close(model.terms(x)["loss"] / 36, expected)


def test_offsets_are_no_weights():
    network = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.fill_(2.0)
    assert squared_weights(network) == 4 * (2 * 3 + 3)


@pytest.mark.parametrize("network", ["mlp", "conv"])
def test_the_gradient_penalty_is_in_expectation_the_squared_norm_of_the_images_jacobian(network):
    model = make(latent_dim=4, regulariser="gp", network=network)
    z = torch.randn(1, 4)
    exact = jacobian(model.decode, z).square().sum().item()
    draws = [model.decoded_with_gradient(z.expand(500, -1))[1].item() for _ in range(20)]
    error = torch.tensor(draws).std().item() / 20**0.5
    assert sum(draws) / 20 == pytest.approx(exact, abs=4 * error)
    assert error < 0.05 * exact


def test_with_one_latent_dimension_each_draw_is_scaled_by_its_direction_alone():
    model, z = make(latent_dim=1, regulariser="gp"), torch.randn(1, 1)
    torch.manual_seed(7)
    v = torch.randn(1, 1)
    torch.manual_seed(7)
    logits, penalty = model.decoded_with_gradient(z)
    torch.testing.assert_close(logits, model.decoder(z))
    torch.testing.assert_close(penalty, (jacobian(model.decode, z) * v).square().sum())


def test_the_loss_has_the_gradient_penalty_times_the_pixels():
    model, x = make(regulariser="gp", gp=0.5, beta=0.0), torch.rand(9, 1, 6, 6)
    terms = model.terms(x)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 36 * 0.5 * terms["gradient"])


def test_the_spectral_norm_of_every_layer_of_the_decoder_but_the_last_is_one():
    model, x = make(hidden="16-8", regulariser="sn"), torch.rand(9, 1, 6, 6)
    for _ in range(200):  # each forward pass takes one step of the power iteration
        model.terms(x)
    layers = weighted_layers(model.decoder)
    assert len(layers) == 3
    for layer in layers[:-1]:
        assert torch.linalg.matrix_norm(layer.weight, ord=2).item() == pytest.approx(1, rel=1e-3)
    free = [*model.encoder.named_parameters(), *layers[-1].named_parameters()]
    assert not any("parametrizations" in name for name, _ in free)


def test_it_learns_no_prior():
    assert make().prior() is None
