import math

import pytest
import torch

from ae_studio.config import ConfigError
from ae_studio.models.build import build_model
from ae_studio.models.hyperspherical import HypersphericalVAE
from ae_studio.training.defaults import complete


def make(latent_dim=3, **settings) -> HypersphericalVAE:
    torch.manual_seed(0)
    values = {"model": "hyperspherical", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def test_a_code_is_a_unit_vector_and_so_is_what_is_decoded():
    model = make(latent_dim=5).eval()
    z = model.encode(torch.rand(4, 1, 8, 8))
    torch.testing.assert_close(z.norm(dim=1), torch.ones(4))
    torch.testing.assert_close(model.decode(3 * z), model.decode(z))
    torch.testing.assert_close(model.decoder_module()(3 * z), model.decode(z))
    assert torch.isfinite(model.decode(torch.zeros(1, 5))).all()


def test_one_dimension_is_no_sphere():
    with pytest.raises(ConfigError, match="latent_dim must be at least 2 for a sphere, got 1"):
        make(latent_dim=1)


def test_the_concentration_stays_above_its_least_value():
    model = make(least_kappa=7.0)
    assert (model.posterior(torch.rand(8, 1, 8, 8))[1] >= 7).all()


@pytest.mark.parametrize("latent_dim", [2, 3, 6])
def test_the_mean_of_the_log_weights_is_the_elbo(latent_dim):
    """KL by its closed form, the weights by densities: they agree where both are right."""
    model = make(latent_dim).eval()
    x = torch.rand(2, 1, 8, 8).round()
    y = torch.zeros(2, dtype=torch.int64)
    torch.manual_seed(1)
    with torch.no_grad():
        weights = model.log_weights(x, y, 5_000).mean(dim=1)  # of both images at once: (samples,)
        bounds = torch.stack([model.terms(x)["loss"] for _ in range(500)])
        density = model.draw_given(x, y, 5_000)[1].mean(dim=1)
        kl = model.kl_given(x, y).mean().item()
    assert density.mean().item() == pytest.approx(-kl, abs=4 * density.std().item() / math.sqrt(5_000))
    error = math.hypot(weights.std().item() / math.sqrt(5_000), bounds.std().item() / math.sqrt(500))
    assert weights.mean().item() == pytest.approx(-bounds.mean().item(), abs=4 * error)


def test_the_loss_is_reconstruction_and_weighted_kl():
    model = make(beta=3.0)
    x = torch.rand(8, 1, 8, 8)
    terms = model.terms(x)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 3.0 * terms["kl"])
    y = torch.zeros(8, dtype=torch.int64)
    torch.testing.assert_close(terms["kl"], model.kl_given(x, y).mean())


def test_the_prior_is_one_over_the_surface_and_gives_unit_codes():
    prior = make().prior()
    z = prior.sample(torch.Size([7]))
    torch.testing.assert_close(z.norm(dim=1), torch.ones(7))
    assert prior.log_prob(z)[0].item() == pytest.approx(-math.log(4 * math.pi))
