import pytest
import torch

from ae_studio.models.base import reconstruction_error
from ae_studio.models.build import build_model
from ae_studio.models.vae import kl_to_standard_normal
from ae_studio.training.defaults import complete


def make(model: str = "capacity-vae", **settings):
    torch.manual_seed(0)
    values = {"model": model, "latent_dim": 4, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def terms_of(model, x):
    torch.manual_seed(1)
    return model.terms(x)


@pytest.mark.parametrize(("epochs_done", "capacity"), [(0.0, 0.0), (2.0, 5.0), (8.0, 20.0), (40.0, 20.0)])
def test_the_capacity_grows_in_a_straight_line_and_is_told(epochs_done, capacity):
    model = make(capacity=20.0, capacity_epochs=8)
    model.epochs_done = epochs_done
    assert terms_of(model, torch.rand(4, 1, 8, 8))["capacity"].item() == capacity


@pytest.mark.parametrize(("capacity", "side"), [(0.001, 1.0), (30.0, -1.0)])
def test_the_loss_pays_for_the_distance_to_the_capacity_on_either_side(capacity, side):
    model, x = make(capacity=capacity, capacity_epochs=0, gamma=50.0), torch.rand(16, 1, 8, 8)
    terms = terms_of(model, x)
    torch.manual_seed(1)
    mu, logvar = model.posterior(x)
    kl = kl_to_standard_normal(mu, logvar)
    z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
    expected = reconstruction_error(x, model.decoder(z), "bernoulli") + side * 50.0 * (kl - capacity)
    torch.testing.assert_close(terms["loss"], expected)


def test_without_capacity_it_is_the_beta_vae_of_the_same_weight():
    x = torch.rand(16, 1, 8, 8)
    held, free = terms_of(make(capacity=0.0, gamma=7.0), x), terms_of(make("beta-vae", beta=7.0), x)
    for name in free:
        torch.testing.assert_close(held[name], free[name], rtol=0, atol=0)


def test_training_leads_the_kl_to_the_capacity():
    model, x = make(capacity=5.0, capacity_epochs=0), torch.rand(64, 1, 8, 8).round()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(150):
        optimizer.zero_grad()
        model.terms(x)["loss"].backward()
        optimizer.step()
    assert model.terms(x)["kl"].item() == pytest.approx(5.0, abs=0.5)
