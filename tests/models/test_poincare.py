import math

import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.models.poincare import PoincareVAE
from ae_studio.models.vae import kl_to_standard_normal
from ae_studio.training.defaults import complete


def make(latent_dim=2, **settings) -> PoincareVAE:
    torch.manual_seed(0)
    values = {"model": "poincare", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


@pytest.mark.parametrize("curvature", [0.1, 0.7, 5.0])
def test_codes_and_draws_of_the_prior_lie_inside_the_ball_of_its_space(curvature):
    model = make(curvature=curvature)
    radius = latent_space(complete({"model": "poincare", "settings": {"curvature": curvature}})).radius
    assert radius == pytest.approx(1 / math.sqrt(curvature))
    with torch.no_grad():
        model.encoder[-1].bias.add_(30)  # clouds far out
    for codes in (model.encode(torch.rand(4, 1, 8, 8)), model.prior().sample(torch.Size([500]))):
        assert codes.shape[1] == 2
        assert codes.dtype == torch.float32
        assert (codes.norm(dim=1) < radius).all()


def test_a_code_outside_is_decoded_as_the_one_at_the_rim():
    model = make().eval()
    far = torch.tensor([[30.0, 40.0]])
    torch.testing.assert_close(model.decode(far), model.decode(far / 10))
    assert torch.isfinite(model.decode(far)).all()


def test_the_decoder_sees_the_prior_as_standard_normal_numbers():
    model = make(latent_dim=3)
    torch.manual_seed(0)
    seen = model.decoder[0](model.prior().sample(torch.Size([50_000])))
    assert seen.dtype == torch.float32
    torch.testing.assert_close(seen.mean(dim=0), torch.zeros(3), atol=0.02, rtol=0)
    torch.testing.assert_close(seen.T.cov(), torch.eye(3), atol=0.03, rtol=0)


def test_nearly_flat_it_has_the_kl_of_the_vae():
    """With c to 0 the encoder's mean and variance are those of an ordinary normal distribution."""
    model, x = make(curvature=0.01), torch.rand(4, 1, 8, 8)
    model.ball = type(model.ball)(1e-8)
    with torch.no_grad():
        for parameter in model.encoder.parameters():
            parameter.mul_(1.5)
        mean, logvar = model.encoder(x).chunk(2, dim=1)
        expected = kl_to_standard_normal(mean, logvar)
        torch.manual_seed(0)
        density = model.draw_given(x, torch.zeros(4), 20_000)[1].mean(dim=1)
    error = density.std().item() / math.sqrt(20_000)
    assert -density.mean().item() == pytest.approx(expected.item(), abs=4 * error + 1e-5)
    assert expected > 0.01


def test_the_loss_is_reconstruction_and_the_log_ratio_of_the_sample_that_is_decoded():
    model, x = make(beta=3.0), torch.rand(8, 1, 8, 8)
    torch.manual_seed(1)
    terms = model.terms(x)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 3.0 * terms["kl"])
    torch.manual_seed(1)
    y = torch.zeros(8, dtype=torch.int64)
    weights = model.log_weights(x, y, 1)  # the same noise
    torch.testing.assert_close(-weights.mean(), terms["reconstruction"] + terms["kl"])


@pytest.mark.parametrize("latent_dim", [1, 16, 256])
def test_many_dimensions_stay_finite(latent_dim):
    model = make(latent_dim, curvature=10.0)
    terms = model.terms(torch.rand(8, 1, 8, 8))
    terms["loss"].backward()
    assert all(torch.isfinite(parameter.grad).all() for parameter in model.parameters())
    assert torch.isfinite(model.prior().log_prob(model.prior().sample(torch.Size([5])))).all()
