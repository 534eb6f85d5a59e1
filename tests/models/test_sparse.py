"""The sparse autoencoder against torch's distributions, and how many numbers it leaves."""

import pytest
import torch
from torch.distributions import Bernoulli, kl_divergence

from ae_studio.models.build import build_model
from ae_studio.models.sparse import SparseAutoencoder, kl_to_activity, largest
from ae_studio.training.defaults import complete


def make(latent_dim=12, **settings) -> SparseAutoencoder:
    torch.manual_seed(0)
    chosen = {"model": "sparse", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(chosen), (1, 8, 8))


@pytest.mark.parametrize("rho", [0.05, 0.5, 0.9])
def test_the_sparsity_is_the_kl_of_bernoullis(rho):
    a = 2 * torch.randn(64, 7) - 1
    activity = torch.sigmoid(a).mean(dim=0)
    expected = kl_divergence(Bernoulli(torch.tensor(rho)), Bernoulli(activity)).sum()
    torch.testing.assert_close(kl_to_activity(a, rho), expected)


def test_the_wanted_activity_costs_nothing():
    a = torch.logit(torch.full((10, 3), 0.05))
    assert kl_to_activity(a, 0.05).item() == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("value", [-200.0, 200.0])
def test_a_number_that_is_never_or_always_on_is_still_drawn_to_the_wanted_activity(value):
    a = torch.full((10, 3), value, requires_grad=True)
    kl_to_activity(a, 0.05).backward()
    assert torch.isfinite(a.grad).all()
    assert (a.grad * value > 0).all()


def test_the_loss_is_reconstruction_and_weighted_sparsity():
    model, x = make(beta=2.5), torch.rand(16, 1, 8, 8)
    terms = model.terms(x)
    torch.testing.assert_close(terms["reconstruction"], model.reconstruction(x, model.encode(x)))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 2.5 * terms["sparsity"])


def test_training_brings_each_number_to_the_wanted_activity():
    model, x = make(beta=1000.0, rho=0.2), torch.rand(64, 1, 8, 8)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(200):
        optimizer.zero_grad()
        model.terms(x)["loss"].backward()
        optimizer.step()
    torch.testing.assert_close(model.encode(x).mean(dim=0), torch.full((12,), 0.2), atol=0.02, rtol=0)


@pytest.mark.parametrize("k", [1, 4, 12])
def test_exactly_k_numbers_of_each_code_are_active_and_they_are_the_largest(k):
    model, x = make(kind="top-k", k=k), torch.rand(50, 1, 8, 8)
    z, a = model.encode(x), model.encoder(x)
    assert ((z != 0).sum(dim=1) == k).all()
    least_kept = torch.where(z != 0, a, torch.inf).amin(dim=1)
    largest_dropped = torch.where(z != 0, -torch.inf, a).amax(dim=1)
    assert (least_kept > largest_dropped).all()
    assert torch.equal(z[z != 0], a[z != 0])


def test_with_no_more_than_k_numbers_all_are_kept():
    z = torch.randn(5, 2)
    assert torch.equal(largest(z, 10), z)


def test_only_the_kept_numbers_have_a_gradient():
    z = torch.randn(5, 8, requires_grad=True)
    largest(z, 3).sum().backward()
    assert torch.equal(z.grad, (largest(z, 3) != 0).float())


def test_the_code_is_long_by_default():
    assert complete({"model": "sparse"}).latent_dim == 64
