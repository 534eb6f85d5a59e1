import itertools
import math

import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.models.categorical import CategoricalVAE
from ae_studio.training.defaults import complete


def make(latent_dim=3, **settings) -> CategoricalVAE:
    torch.manual_seed(0)
    values = {"model": "categorical", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def test_a_code_holds_the_probabilities_of_every_option():
    z = make(categories=4).encode(torch.rand(5, 1, 8, 8))
    assert z.shape == (5, 12)
    torch.testing.assert_close(z.view(5, 3, 4).sum(dim=2), torch.ones(5, 3))
    assert (z > 0).all()


def test_a_code_is_nothing_but_switches():
    space = latent_space(complete({"model": "categorical", "latent_dim": 2, "settings": {"categories": 3}}))
    assert (space.dim, space.size) == (0, 6)
    assert [(switch.name, switch.options) for switch in space.switches] == [("c1", tuple("123")), ("c2", tuple("123"))]


def test_the_temperature_falls_by_equal_factors_and_stays():
    model = make(temperature=0.25, anneal=10)
    found = []
    for epoch in (0.0, 5.0, 10.0, 50.0):
        model.epochs_done = epoch
        found.append(model.temperature)
    assert found == pytest.approx([1.0, 0.5, 0.25, 0.25])
    assert make(anneal=0).temperature == 0.5


def decoded_by(model, x):
    """What one call of terms decodes, (B, n, K)."""
    seen = []
    hook = model.decoder.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    model.terms(x)
    hook.remove()
    return seen[0].view(len(x), model.latent_dim, -1)


def test_training_decodes_mixtures_and_evaluation_exact_choices():
    model, x = make(), torch.rand(16, 1, 8, 8)
    mixtures, choices = decoded_by(model.train(), x), decoded_by(model.eval(), x)
    torch.testing.assert_close(mixtures.sum(dim=2), torch.ones(16, 3))
    assert (mixtures.max(dim=2).values < 0.999).any()
    assert set(choices.unique().tolist()) == {0.0, 1.0}


def test_the_evaluations_loss_does_not_depend_on_the_temperature():
    model, x = make().eval(), torch.rand(16, 1, 8, 8)
    losses = []
    for epoch in (0.0, 100.0):
        model.epochs_done = epoch
        torch.manual_seed(1)
        losses.append(model.terms(x)["loss"].item())
    assert losses[0] == losses[1]


def test_the_loss_is_reconstruction_and_the_kl_of_all_variables():
    model, x = make(beta=2.0), torch.rand(16, 1, 8, 8)
    terms = model.terms(x)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 2.0 * terms["kl"])
    p = model.encode(x).view(16, 3, 10)
    torch.testing.assert_close(terms["kl"], (p * (p * 10).log()).sum(dim=(1, 2)).mean())


def test_the_likelihood_from_weighted_samples_is_that_of_all_the_codes_there_are():
    """Two variables of three options: nine codes, whose likelihoods can be added up."""
    model = make(latent_dim=2, categories=3).eval()
    with torch.no_grad():
        for parameter in model.decoder.parameters():
            parameter.mul_(3)  # so that the codes differ in their likelihood
        x, y = torch.rand(3, 1, 8, 8).round(), torch.zeros(3, dtype=torch.int64)
        eye = torch.eye(3)
        codes = torch.stack([torch.cat([eye[i], eye[j]]) for i, j in itertools.product(range(3), repeat=2)])
        each = model.log_likelihood(x, codes.unsqueeze(1).expand(-1, 3, -1))  # (9, 3)
        exact = torch.logsumexp(each - math.log(9), dim=0)
        torch.manual_seed(0)
        weights = model.log_weights(x, y, 20_000)
    found = torch.logsumexp(weights, dim=0) - math.log(20_000)
    relative = (weights - exact).exp().std(dim=0) / math.sqrt(20_000)  # of the estimated likelihood
    assert ((found - exact).abs() < 4 * relative + 1e-4).all()
    assert each.std() > 0.1
