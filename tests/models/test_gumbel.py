"""Categorical posteriors against torch's distributions, Monte Carlo, and their limits."""

import math

import pytest
import torch
from torch.distributions import Categorical, OneHotCategorical, RelaxedOneHotCategorical, kl_divergence

from ae_studio.models.gumbel import (
    Standardised,
    UniformOneHots,
    gumbel_like,
    gumbel_softmax,
    kl_to_uniform,
    one_hot_sample,
)
from ae_studio.models.noise import rows_of_a_batch

EULER = 0.5772156649


def log_probabilities(*shape):
    return torch.log_softmax(2 * torch.randn(*shape), dim=-1)


def test_the_kl_is_that_of_torchs_distributions():
    log_p = log_probabilities(6, 4, 7)
    expected = kl_divergence(Categorical(logits=log_p), Categorical(logits=torch.zeros(7)))
    torch.testing.assert_close(kl_to_uniform(log_p), expected)


def test_the_kl_is_nothing_of_even_chances_and_log_k_of_a_certainty():
    certain = torch.log_softmax(torch.tensor([200.0, 0, 0, 0, 0]), dim=0)
    assert kl_to_uniform(certain).item() == pytest.approx(math.log(5))
    assert kl_to_uniform(torch.full((5,), -math.log(5))).item() == pytest.approx(0, abs=1e-6)


def test_the_kl_equals_a_monte_carlo_estimate():
    torch.manual_seed(0)
    log_p = log_probabilities(1, 2, 5)
    c = one_hot_sample(log_p.expand(100_000, 2, 5))
    ratio = (c * log_p).sum(dim=(1, 2)) + 2 * math.log(5)
    error = ratio.std().item() / math.sqrt(100_000)
    assert ratio.mean().item() == pytest.approx(kl_to_uniform(log_p).sum().item(), abs=4 * error)


def test_gumbel_noise_has_the_known_mean_and_variance():
    torch.manual_seed(0)
    noise = gumbel_like(torch.zeros(200_000, 1))
    assert noise.mean().item() == pytest.approx(EULER, abs=0.015)
    assert noise.var().item() == pytest.approx(math.pi**2 / 6, rel=0.02)


def test_the_noise_is_finite_at_both_ends_of_the_interval(monkeypatch):
    ends = torch.tensor([0.0, 1 - 2**-24])
    monkeypatch.setattr("ae_studio.models.gumbel.uniform_like", lambda x: ends)
    assert torch.isfinite(gumbel_like(ends)).all()


def test_exact_samples_take_each_option_with_its_probability():
    torch.manual_seed(0)
    log_p = log_probabilities(5)
    c = one_hot_sample(log_p.expand(100_000, 5))
    assert (c.sum(dim=1) == 1).all()
    torch.testing.assert_close(c.mean(dim=0), log_p.exp(), atol=4 * 0.5 / math.sqrt(100_000), rtol=0)


@pytest.mark.parametrize("temperature", [0.3, 1.0])
def test_relaxed_samples_are_distributed_as_torchs(temperature):
    torch.manual_seed(0)
    log_p = log_probabilities(4)
    mine = gumbel_softmax(log_p.expand(100_000, 4), temperature)
    theirs = RelaxedOneHotCategorical(torch.tensor(temperature), logits=log_p).sample(torch.Size([100_000]))
    torch.testing.assert_close(mine.sum(dim=1), torch.ones(100_000))
    for moment in (1, 2, 4):
        torch.testing.assert_close(mine.pow(moment).mean(dim=0), theirs.pow(moment).mean(dim=0), atol=0.008, rtol=0)


def test_the_colder_the_nearer_to_one_hot():
    log_p = log_probabilities(500, 6)
    largest = [gumbel_softmax(log_p, tau).max(dim=-1).values.mean().item() for tau in (5.0, 1.0, 0.5, 0.1)]
    assert largest == sorted(largest)
    assert largest[-1] > 0.95


def test_the_parts_of_several_processes_are_the_samples_of_one():
    log_p = log_probabilities(5, 3, 4)
    torch.manual_seed(0)
    whole = gumbel_softmax(log_p, 0.5)
    torch.manual_seed(0)
    with rows_of_a_batch(2, 5, 5):
        torch.testing.assert_close(gumbel_softmax(log_p[2:], 0.5), whole[2:])


def test_the_prior_draws_every_option_alike_and_knows_their_probability():
    prior = UniformOneHots(3, 4, torch.device("cpu"))
    torch.manual_seed(0)
    c = prior.sample(torch.Size([20_000]))
    assert c.shape == (20_000, 12)
    assert (c.view(-1, 3, 4).sum(dim=2) == 1).all()
    torch.testing.assert_close(c.mean(dim=0), torch.full((12,), 0.25), atol=0.015, rtol=0)
    expected = OneHotCategorical(logits=torch.zeros(3, 4)).log_prob(c.view(-1, 3, 4)).sum(dim=1)
    torch.testing.assert_close(prior.log_prob(c), expected)


def test_standardised_codes_have_mean_0_and_variance_1_under_the_prior():
    torch.manual_seed(0)
    c = Standardised(10)(UniformOneHots(2, 10, torch.device("cpu")).sample(torch.Size([50_000])))
    torch.testing.assert_close(c.mean(dim=0), torch.zeros(20), atol=0.02, rtol=0)
    torch.testing.assert_close(c.var(dim=0), torch.ones(20), atol=0.05, rtol=0)
