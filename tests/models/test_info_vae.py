"""The InfoVAE in the limits in which it is another model, and its MMD, whose prior's sample is the codes' own noise."""

import pytest
import torch

from ae_studio.config import ConfigError
from ae_studio.models.build import build_model
from ae_studio.models.divergences import mmd
from ae_studio.training.defaults import complete


def make(model: str = "info-vae", **settings):
    torch.manual_seed(0)
    config = complete({"model": model, "settings": {"hidden": "32", **settings}})
    return build_model(config, (1, 8, 8)).eval()


def terms_of(model, x: torch.Tensor) -> dict[str, torch.Tensor]:
    torch.manual_seed(1)
    return model.terms(x)


@pytest.mark.parametrize("beta", [1.0, 4.0])
def test_alpha_one_minus_lambda_is_the_beta_vae_and_at_one_the_vae(beta):
    x = torch.rand(16, 1, 8, 8)
    expected = terms_of(make("beta-vae", beta=beta), x)
    terms = terms_of(make(alpha=1 - beta, weight=beta), x)
    for name in expected:
        torch.testing.assert_close(terms[name], expected[name], rtol=0, atol=0)


def test_alpha_one_has_no_kl():
    terms = terms_of(make(alpha=1.0, weight=50.0), torch.rand(16, 1, 8, 8))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 50 * terms["mmd"])


def test_the_weights_are_those_of_equation_6():
    terms = terms_of(make(alpha=0.25, weight=10.0), torch.rand(16, 1, 8, 8))
    expected = terms["reconstruction"] + 0.75 * terms["kl"] + 9.25 * terms["mmd"]
    torch.testing.assert_close(terms["loss"], expected)


def test_the_mmd_with_the_codes_own_noise_is_that_with_a_new_sample_in_expectation():
    model = make()
    x = torch.rand(32, 1, 8, 8)
    with torch.no_grad():
        for parameter in model.encoder[-1].parameters():
            parameter.mul_(4)  # codes that differ
        mu, logvar = model.posterior(x)
        own, new = [], []
        for _ in range(1500):
            noise = torch.randn_like(mu)
            z = mu + torch.exp(0.5 * logvar) * noise
            own.append(mmd(z, noise, 4.0, paired=True))
            new.append(mmd(z, torch.randn_like(mu), 4.0))
    own, new = torch.stack(own), torch.stack(new)
    assert (own.mean() - new.mean()).abs() < 4 * ((own.var() + new.var()) / 1500) ** 0.5
    assert own.mean() > 10 * own.std() / 1500**0.5, "there is something to estimate"
    assert own.std() < new.std()


def test_an_encoder_that_gives_the_prior_costs_exactly_nothing():
    model = make()
    with torch.no_grad():
        for parameter in model.encoder[-1].parameters():
            parameter.zero_()
    terms = model.terms(torch.rand(16, 1, 8, 8))
    assert terms["mmd"].item() == pytest.approx(0, abs=1e-6)
    assert terms["kl"].item() == 0


def test_weights_that_reward_codes_unlike_the_prior_are_refused():
    with pytest.raises(ConfigError, match="weight must be at least 1 - alpha, here 4"):
        make(alpha=-3.0, weight=2.0)
