"""The prior of pseudo-inputs against scipy, and against the plain VAE where the two are one."""

import copy

import numpy as np
import torch
from scipy.special import logsumexp
from scipy.stats import norm

from ae_studio.models.build import build_model
from ae_studio.models.vae import kl_to_standard_normal, sample_gaussian
from ae_studio.models.vamp_vae import VampVAE
from ae_studio.training.defaults import complete


def make(components: int = 7, **settings) -> VampVAE:
    torch.manual_seed(0)
    settings = {"hidden": "32", "components": components, **settings}
    return build_model(complete({"model": "vamp-vae", "latent_dim": 2, "settings": settings}), (1, 8, 8))


def density_by_scipy(model: VampVAE, z: torch.Tensor) -> np.ndarray:
    """log 1/K sum_k q(z|u_k), (n,)."""
    mu, logvar = (each.detach().double().numpy() for each in model.posterior(model.pseudo_inputs))
    each = norm.logpdf(z.double().numpy()[:, None], mu, np.exp(0.5 * logvar)).sum(axis=2)  # (n, K)
    return logsumexp(each, axis=1) - np.log(len(mu))


def test_the_prior_is_the_mixture_of_the_posteriors_of_its_pseudo_inputs():
    model, z = make(), torch.randn(20, 2)
    np.testing.assert_allclose(model.prior().log_prob(z), density_by_scipy(model, z), rtol=1e-4, atol=1e-5)


def test_the_prior_of_many_samples_is_taken_part_by_part(monkeypatch):
    model, z = make(), torch.randn(4, 5, 2)
    monkeypatch.setattr("ae_studio.models.vamp_vae.AT_ONCE", 3 * 7 * 2)
    torch.testing.assert_close(model.log_prior(z), model.prior().log_prob(z))


def test_the_loss_is_reconstruction_and_weighted_kl_to_the_mixture():
    model, x = make(beta=3.0), torch.rand(16, 1, 8, 8)
    torch.manual_seed(1)
    terms = model.terms(x)
    torch.manual_seed(1)
    mu, logvar = model.posterior(x)
    z = sample_gaussian(mu, logvar).detach()
    log_q = norm.logpdf(z, mu.detach(), torch.exp(0.5 * logvar).detach()).sum(axis=1)
    np.testing.assert_allclose(terms["kl"].item(), (log_q - density_by_scipy(model, z)).mean(), rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 3.0 * terms["kl"])


def test_one_pseudo_input_with_a_standard_normal_cloud_gives_the_kl_of_the_vae():
    model = make(components=1, network="linear")
    model.encoder[-1].weight.data.mul_(3)
    model.encoder[-1].bias.data.zero_()
    model.pseudo_inputs.data.zero_()  # a black image, whose cloud is N(0, I) now
    x = torch.rand(1, 1, 8, 8).expand(20_000, -1, -1, -1)
    expected = kl_to_standard_normal(*model.posterior(x))
    assert expected > 0.1
    torch.testing.assert_close(model.terms(x)["kl"], expected, rtol=0, atol=0.03)


def test_an_encoder_that_says_nothing_costs_nothing():
    model = make(network="linear")
    model.encoder[-1].weight.data.zero_()
    assert abs(model.terms(torch.rand(16, 1, 8, 8))["kl"].item()) < 1e-5


def test_pseudo_inputs_start_near_different_images_of_the_data_and_stay_in_range():
    model, x = make(components=30), torch.rand(40, 1, 8, 8).round()
    model.begin(x)
    found = torch.cdist(model.pseudo_inputs.flatten(1), x.flatten(1))
    assert found.min(dim=1).values.max() < 0.2  # noise of 0.01 in 64 pixels: 0.08
    assert len(found.argmin(dim=1).unique()) == 30
    assert 0 <= model.pseudo_inputs.min() < model.pseudo_inputs.max() <= 1
    model.pseudo_inputs.data.mul_(3).sub_(1)
    held = copy.deepcopy(model)
    held.pseudo_inputs.data.clamp_(0, 1)
    z = torch.randn(5, 2)
    torch.testing.assert_close(model.prior().log_prob(z), held.prior().log_prob(z))


def test_fewer_images_than_pseudo_inputs_are_taken_more_than_once():
    model, x = make(components=30), torch.rand(8, 1, 8, 8)
    model.begin(x)
    counts = torch.cdist(model.pseudo_inputs.flatten(1), x.flatten(1)).argmin(dim=1).bincount(minlength=8)
    assert counts.min() >= 3


def test_a_prior_that_was_taken_stays_as_it_was():
    model, z = make(), torch.randn(5, 2)
    taken = copy.deepcopy(model.prior())
    before = taken.log_prob(z)
    with torch.no_grad():
        model.pseudo_inputs.add_(0.3)
        model.encoder[-1].weight.mul_(3)
    torch.testing.assert_close(taken.log_prob(z), before)
    assert not torch.allclose(model.prior().log_prob(z), before)


def test_log_weights_use_the_learned_prior():
    model, x = make(), torch.rand(3, 1, 8, 8).round()
    torch.manual_seed(1)
    found = model.log_weights(x, torch.zeros(3, dtype=torch.int64), 4)
    torch.manual_seed(1)
    mu, logvar = (each.detach().expand(4, 3, 2) for each in model.posterior(x))
    z = sample_gaussian(mu, logvar)
    log_q = norm.logpdf(z, mu, torch.exp(0.5 * logvar)).sum(axis=2)
    log_p = density_by_scipy(model, z.reshape(12, 2)).reshape(4, 3)
    expected = model.log_likelihood(x, z).detach().numpy() + log_p - log_q
    np.testing.assert_allclose(found.detach(), expected, rtol=1e-4)
