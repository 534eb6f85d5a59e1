"""The sigma-VAE: its sigma is the best, and its loss the likelihood of torch's distributions."""

import pytest
import torch
from torch.distributions import Normal

from ae_studio.models.build import build_model
from ae_studio.models.sigma_vae import LEAST_VARIANCE, SigmaVAE
from ae_studio.training.defaults import complete


def make(**settings) -> SigmaVAE:
    torch.manual_seed(0)
    return build_model(complete({"model": "sigma-vae", "settings": {"hidden": "16", **settings}}), (1, 6, 6))


def noisy(model: SigmaVAE, x: torch.Tensor) -> torch.Tensor:
    """What is decoded of a sample of the posterior, with the noise that ``terms`` draws after the same seed."""
    mu, logvar = model.posterior(x)
    torch.manual_seed(1)
    return model.decode(mu + torch.exp(0.5 * logvar) * torch.randn_like(mu))


def test_the_reconstruction_is_the_gaussians_log_density_at_the_root_of_the_mean_squared_error():
    model, x = make(), torch.rand(16, 1, 6, 6)
    decoded = noisy(model, x)
    sigma = (x - decoded).square().mean().sqrt()
    torch.manual_seed(1)
    terms = model.terms(x)
    torch.testing.assert_close(terms["sigma"], sigma)
    expected = -Normal(decoded, sigma).log_prob(x).sum(dim=(1, 2, 3)).mean()
    torch.testing.assert_close(terms["reconstruction"], expected)
    torch.testing.assert_close(terms["loss"], expected + terms["kl"])
    by_formula = 18 * torch.log(2 * torch.pi * sigma.square()) + 18
    torch.testing.assert_close(terms["reconstruction"], by_formula)


def test_no_other_sigma_is_better():
    model = make()
    errors = 36 * torch.rand(16, dtype=torch.float64)
    variance = model.optimal_variance(errors)

    def cost(sigma):
        return model._negative_log_likelihood(errors, sigma.square()).mean()

    sigma = variance.sqrt()
    assert cost(0.99 * sigma) > cost(sigma) < cost(1.01 * sigma)
    slope = (cost(sigma + 1e-5) - cost(sigma - 1e-5)) / 2e-5
    assert slope.item() == pytest.approx(0, abs=1e-4)


def test_its_gradient_is_that_of_a_gaussian_with_this_sigma_held_fixed():
    model, x = make(), torch.rand(16, 1, 6, 6)
    torch.manual_seed(1)
    model.terms(x)["reconstruction"].backward()
    found = [parameter.grad.clone() for parameter in model.parameters()]
    model.zero_grad()
    decoded = noisy(model, x)
    sigma = (x - decoded).square().mean().sqrt().detach()
    (-Normal(decoded, sigma).log_prob(x).sum() / 16).backward()
    for each, parameter in zip(found, model.parameters(), strict=True):
        torch.testing.assert_close(each, parameter.grad)


def test_a_perfect_reconstruction_has_the_sigma_of_rounding():
    model = make()
    errors = torch.zeros(4, requires_grad=True)
    variance = model.optimal_variance(errors)
    assert variance.item() == pytest.approx(LEAST_VARIANCE)
    rounding = (torch.arange(0, 1, 1e-4) - 0.5) / 255
    assert variance.item() == pytest.approx(rounding.var().item(), rel=1e-3)
    model._negative_log_likelihood(errors, variance).mean().backward()
    assert (errors.grad > 0).all()


def test_the_log_likelihood_of_one_sample_is_the_reconstruction():
    model, x = make(), torch.rand(16, 1, 6, 6)
    mu, logvar = model.posterior(x)
    torch.manual_seed(1)
    z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
    found = model.log_likelihood(x, z[None])
    assert found.shape == (1, 16)
    torch.manual_seed(1)
    torch.testing.assert_close(-found.mean(), model.terms(x)["reconstruction"])


def test_the_log_likelihood_of_several_samples_has_one_sigma():
    model, x, z = make(), torch.rand(5, 1, 6, 6), torch.randn(3, 5, 2)
    decoded = model.decode(z.flatten(0, 1)).unflatten(0, (3, 5))
    sigma = (x - decoded).square().mean().sqrt()
    torch.testing.assert_close(model.log_likelihood(x, z), Normal(decoded, sigma).log_prob(x).sum(dim=(2, 3, 4)))


def test_its_mean_log_weight_is_the_negative_loss():
    model, x = make(), torch.rand(64, 1, 6, 6)
    torch.manual_seed(1)
    bound = torch.stack([model.log_weights(x, torch.zeros(64), 1).mean() for _ in range(200)])
    losses = torch.stack([model.terms(x)["loss"] for _ in range(200)])
    error = (bound.var() / 200 + losses.var() / 200).sqrt().item()
    assert bound.mean().item() == pytest.approx(-losses.mean().item(), abs=4 * error)


def test_the_unit_is_nats_and_there_is_no_beta():
    model = make()
    assert model.loss_unit == "nats per image"
    assert model.kl_weight == 1
    assert not hasattr(model.settings, "beta")
