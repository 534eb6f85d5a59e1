"""The bound: the VAE's at K = 1, growing with K, and the exact likelihood of a linear Gaussian model."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, MultivariateNormal, Normal

from ae_studio.models.build import build_model
from ae_studio.models.iwae import IWAE, log_mean_exp
from ae_studio.models.vae import kl_to_standard_normal
from ae_studio.training.defaults import complete


def make(latent_dim: int = 2, shape=(1, 8, 8), **settings) -> IWAE:
    torch.manual_seed(0)
    values = {"model": "iwae", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), shape)


def terms_of(model, x):
    torch.manual_seed(1)
    return model.terms(x)


@pytest.mark.parametrize("reconstruction", ["bernoulli", "gaussian"])
def test_one_sample_is_the_vaes_bound_with_the_same_noise(reconstruction):
    model, x = make(samples=1, reconstruction=reconstruction), torch.rand(16, 1, 8, 8)
    terms = terms_of(model, x)
    torch.manual_seed(1)
    mu, logvar = model.posterior(x)
    sigma = torch.exp(0.5 * logvar)
    z = mu + sigma * torch.randn_like(mu)
    kl = (Normal(mu, sigma).log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(1).mean()
    torch.testing.assert_close(terms["loss"], model.reconstruction(x, z) + kl)
    torch.testing.assert_close(terms["loss"], terms["negative_elbo"])
    torch.testing.assert_close(terms["kl"], kl_to_standard_normal(mu, logvar))


def test_the_bound_is_the_papers_formula_sample_by_sample():
    model, x = make(samples=3), torch.rand(5, 1, 8, 8).round()
    terms = terms_of(model, x)
    torch.manual_seed(1)
    mu, logvar = model.posterior(x)
    sigma, noise, bounds = torch.exp(0.5 * logvar), torch.randn(5, 3, 2), []
    for b in range(5):
        weights = []
        for k in range(3):
            z = mu[b] + sigma[b] * noise[b, k]
            log_p = Bernoulli(model.decode(z[None])).log_prob(x[b]).sum() + Normal(0.0, 1.0).log_prob(z).sum()
            weights.append((log_p - Normal(mu[b], sigma[b]).log_prob(z).sum()).double().exp())
        bounds.append(-torch.log(sum(weights) / 3))
    assert terms["loss"].item() == pytest.approx(torch.stack(bounds).mean().item(), rel=1e-5)


def test_the_bound_gets_tighter_with_every_sample():
    torch.manual_seed(0)
    log_w = 3 * torch.randn(100, 16)  # the same draws, taken 1, 4 and 16 at a time
    bounds = [log_mean_exp(log_w.reshape(-1, k)).mean().item() for k in (1, 4, 16)]
    assert bounds[0] < bounds[1] < bounds[2]
    terms = terms_of(make(samples=5), torch.rand(16, 1, 8, 8))
    assert terms["loss"] < terms["negative_elbo"]


def linear_gaussian(error: float, samples: int) -> IWAE:
    """p(x|z) = N(w z + b, I/2), one latent dimension; q is the exact posterior, its mean off by ``error``."""
    model = make(1, (1, 2, 2), samples=samples, network="linear", reconstruction="gaussian-linear")
    encoder, decoder = model.encoder[-1], model.decoder[0]
    w, b = decoder.weight.data[:, 0], decoder.bias.data
    variance = 1 / (1 + 2 * w @ w)
    encoder.weight.data[0], encoder.bias.data[0] = 2 * variance * w, error - 2 * variance * (w @ b)
    encoder.weight.data[1], encoder.bias.data[1] = 0.0, torch.log(variance)
    return model.requires_grad_(False)


def exact_nats(model: IWAE, x: torch.Tensor) -> float:
    """-log N(x; b, w w^T + I/2), without the constant that a loss leaves out."""
    w, b = model.decoder[0].weight.data, model.decoder[0].bias.data
    marginal = MultivariateNormal(b, w @ w.T + 0.5 * torch.eye(4))
    return (-marginal.log_prob(x.flatten(1)).mean() - 0.5 * 4 * math.log(math.pi)).item()


@pytest.mark.parametrize("samples", [1, 7])
def test_with_the_exact_posterior_every_sample_gives_the_likelihood(samples):
    model, x = linear_gaussian(0.0, samples), torch.rand(6, 1, 2, 2)
    assert terms_of(model, x)["loss"].item() == pytest.approx(exact_nats(model, x), rel=1e-4)


def test_with_a_wrong_posterior_the_bound_goes_to_the_likelihood():
    x = torch.rand(1, 1, 2, 2).expand(4000, -1, -1, -1)
    gaps = []
    for samples in (1, 8, 64):
        model = linear_gaussian(0.7, samples)
        gaps.append(terms_of(model, x)["loss"].item() - exact_nats(model, x))
    shift = 0.7**2 / math.exp(model.encoder[-1].bias[1].item())  # squared, in standard deviations of the posterior
    assert gaps[0] == pytest.approx(shift / 2, abs=0.05)  # KL(q || the exact posterior)
    assert gaps[0] > 3 * gaps[1] > 9 * gaps[2]
    # To first order Var[w] / 2K of weights of mean 1; these are log-normal, with Var[w] = exp(shift) - 1.
    assert gaps[2] == pytest.approx((math.exp(shift) - 1) / (2 * 64), rel=0.25)
