"""The sliced Wasserstein autoencoder: its loss from its parts, its priors, and codes that move into their shape."""

import pytest
import torch

from ae_studio.config import ConfigError
from ae_studio.models.build import build_model
from ae_studio.models.priors import PRIORS
from ae_studio.training.defaults import complete


def make(latent_dim: int = 2, **settings):
    torch.manual_seed(0)
    config = complete({"model": "swae", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}})
    return build_model(config, (1, 8, 8)).eval()


def test_the_loss_of_one_latent_dimension_is_that_of_sorted_codes():
    model, x = make(latent_dim=1, weight=30.0, prior="square"), torch.rand(32, 1, 8, 8)
    torch.manual_seed(1)
    terms = model.terms(x)
    torch.manual_seed(1)
    prior = 2 * torch.rand(32, 1) - 1
    distance = (model.encode(x).sort(dim=0).values - prior.sort(dim=0).values).square().mean()
    torch.testing.assert_close(terms["sliced_wasserstein"], distance)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 30 * distance)


@pytest.mark.parametrize("name", PRIORS)
def test_every_prior_is_at_no_distance_from_itself_and_far_from_a_shifted_one(name):
    model = make(prior=name)
    z, other = model.prior().sample((2, 20_000))
    assert model.divergence(z, other) < 0.002
    assert model.divergence(z + torch.tensor([1.0, 0.0]), other).item() == pytest.approx(0.5, rel=0.4)


def test_there_are_as_many_directions_as_projections(monkeypatch):
    asked = []
    from ae_studio.models import swae

    original = swae.random_directions
    monkeypatch.setattr(swae, "random_directions", lambda count, like: asked.append(count) or original(count, like))
    make(projections=7).terms(torch.rand(4, 1, 8, 8))
    assert asked == [7]


def test_the_distance_pulls_codes_into_a_ring_with_a_hole():
    torch.manual_seed(0)
    model = make(prior="ring")
    z = (0.2 * torch.randn(500, 2)).requires_grad_()
    optimizer = torch.optim.Adam([z], lr=0.01)
    for _ in range(400):
        optimizer.zero_grad()
        model.divergence(z, model.prior().sample((500,))).backward()
        optimizer.step()
    radius = z.detach().norm(dim=1)
    assert ((radius > 0.35) & (radius < 1.1)).float().mean() > 0.95


@pytest.mark.parametrize("name", ["mixture", "swiss-roll"])
def test_a_prior_that_is_drawn_in_a_plane_needs_two_dimensions(name):
    with pytest.raises(ConfigError, match=f"latent_dim must be at least 2 for the prior {name}"):
        make(latent_dim=1, prior=name)
    assert make(latent_dim=2, prior=name).code_size == 2
