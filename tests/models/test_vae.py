"""The VAE against closed forms and independent computations."""

import pytest
import torch
from torch.distributions import Bernoulli, Categorical, Independent, MixtureSameFamily, Normal, kl_divergence

from ae_studio.models.base import reconstruction_error
from ae_studio.models.build import build_model
from ae_studio.models.vae import VAE, kl_per_dimension, kl_to_standard_normal, sample_gaussian
from ae_studio.training.defaults import complete


def make(**settings) -> VAE:
    torch.manual_seed(0)
    return build_model(complete({"model": "vae", "settings": settings}), (1, 8, 8))


def test_the_kl_is_that_of_torchs_distributions():
    mu, logvar = torch.randn(64, 5), torch.randn(64, 5)
    expected = kl_divergence(Normal(mu, torch.exp(0.5 * logvar)), Normal(0.0, 1.0)).sum(dim=1).mean()
    torch.testing.assert_close(kl_to_standard_normal(mu, logvar), expected)


def test_the_kl_equals_a_monte_carlo_estimate():
    torch.manual_seed(0)
    mu, logvar = torch.tensor([[0.5, -1.0]]), torch.tensor([[0.3, -0.8]])
    n = 200_000
    z = sample_gaussian(mu.expand(n, 2), logvar.expand(n, 2))
    ratio = Normal(mu, torch.exp(0.5 * logvar)).log_prob(z) - Normal(0.0, 1.0).log_prob(z)
    assert ratio.sum(dim=1).mean().item() == pytest.approx(kl_to_standard_normal(mu, logvar).item(), abs=0.01)


def test_the_kl_per_dimension_adds_up_to_the_kl():
    mu, logvar = torch.randn(64, 5), torch.randn(64, 5)
    torch.testing.assert_close(kl_per_dimension(mu, logvar).sum(), kl_to_standard_normal(mu, logvar))


def test_samples_have_the_posteriors_mean_and_variance():
    torch.manual_seed(0)
    z = sample_gaussian(torch.full((100_000, 1), 2.0), torch.full((100_000, 1), -1.0))
    assert z.mean().item() == pytest.approx(2.0, abs=0.01)
    assert z.var().item() == pytest.approx(torch.tensor(-1.0).exp().item(), rel=0.02)


def test_bernoulli_reconstruction_is_nats_summed_over_pixels():
    x, logits = torch.rand(7, 1, 4, 4).round(), torch.randn(7, 1, 4, 4)
    expected = -Bernoulli(logits=logits).log_prob(x).sum(dim=(1, 2, 3)).mean()
    torch.testing.assert_close(reconstruction_error(x, logits, "bernoulli"), expected)


def test_gaussian_reconstruction_is_the_sum_of_squares_over_pixels():
    x, logits = torch.rand(7, 1, 4, 4), torch.randn(7, 1, 4, 4)
    expected = (x - torch.sigmoid(logits)).square().sum(dim=(1, 2, 3)).mean()
    torch.testing.assert_close(reconstruction_error(x, logits, "gaussian"), expected)


@pytest.mark.parametrize("reconstruction", ["bernoulli", "gaussian"])
def test_the_loss_is_reconstruction_and_kl(reconstruction):
    terms = make(reconstruction=reconstruction, beta=1.0).terms(torch.rand(16, 1, 8, 8))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + terms["kl"])


def test_a_code_is_the_posteriors_mean():
    model = make()
    x = torch.rand(4, 1, 8, 8)
    torch.testing.assert_close(model.encode(x), model.posterior(x)[0])


class WithOtherPrior(VAE):
    """N(1, 2^2 I) said as a mixture of one, so that nobody finds a closed form."""

    def prior(self):
        one = Independent(Normal(torch.ones(1, self.latent_dim), 2 * torch.ones(1, self.latent_dim)), 1)
        return MixtureSameFamily(Categorical(torch.ones(1)), one)


def test_kl_to_a_prior_without_a_closed_form_is_estimated(monkeypatch):
    monkeypatch.setattr("ae_studio.models.vae.KL_SAMPLES", 20_000)
    torch.manual_seed(0)
    model = WithOtherPrior((1, 8, 8), 2, make().settings)
    x, y = torch.rand(5, 1, 8, 8), torch.zeros(5, dtype=torch.int64)
    with torch.no_grad():
        mu, logvar = model.posterior(x)
        exact = kl_divergence(Normal(mu, torch.exp(0.5 * logvar)), Normal(1.0, 2.0)).sum(1)
        torch.testing.assert_close(model.kl_given(x, y).squeeze(1), exact, atol=0.03, rtol=0)


def test_kl_of_each_dimension_is_measured_to_the_models_own_prior():
    model = make()
    x, y = torch.rand(5, 1, 8, 8), torch.zeros(5, dtype=torch.int64)
    with torch.no_grad():
        mu, logvar = model.posterior(x)
        torch.testing.assert_close(model.kl_given(x, y).mean(0), kl_per_dimension(mu, logvar))
