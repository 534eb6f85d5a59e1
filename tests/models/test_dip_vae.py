import math

import numpy as np
import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.dip_vae import DipVAE, covariance, distance_to_identity
from ae_studio.models.vae import sample_gaussian
from ae_studio.training.defaults import complete


def make(**settings) -> DipVAE:
    torch.manual_seed(0)
    values = {"model": "dip-vae", "latent_dim": 3, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def penalty_by_numpy(cov: np.ndarray) -> tuple[float, float]:
    off = sum(cov[i, j] ** 2 for i in range(len(cov)) for j in range(len(cov)) if i != j)
    return off, sum((cov[i, i] - 1) ** 2 for i in range(len(cov)))


@pytest.mark.parametrize("kind", ["I", "II"])
def test_the_penalty_is_that_of_numpys_covariance(kind):
    model, x = make(kind=kind, lambda_od=3.0, lambda_d=5.0, lambda_d_ii=7.0), torch.rand(20, 1, 8, 8)
    with torch.no_grad():
        mu, logvar = (each.double().numpy() for each in model.posterior(x))
        terms = model.terms(x)
    cov = np.cov(mu, rowvar=False, bias=True)
    if kind == "II":
        cov = cov + np.diag(np.exp(logvar).mean(axis=0))
    off, diagonal = penalty_by_numpy(cov)
    assert terms["off_diagonal"].item() == pytest.approx(off, rel=1e-4)
    assert terms["diagonal"].item() == pytest.approx(diagonal, rel=1e-4)
    expected = terms["reconstruction"] + terms["kl"] + 3.0 * off + {"I": 5.0, "II": 7.0}[kind] * diagonal
    assert terms["loss"].item() == pytest.approx(expected.item(), rel=1e-5)


def test_whitened_codes_cost_nothing():
    torch.manual_seed(0)
    z = torch.randn(50, 4, dtype=torch.float64)
    z = z - z.mean(0)
    white = z @ torch.linalg.inv(torch.linalg.cholesky(z.T @ z / 50)).T
    off, diagonal = distance_to_identity(covariance(white))
    assert off.item() == pytest.approx(0, abs=1e-9)
    assert diagonal.item() == pytest.approx(0, abs=1e-9)


def test_kind_two_is_the_covariance_of_the_codes_drawn():
    torch.manual_seed(0)
    mu, logvar = torch.randn(10, 2), torch.randn(10, 2) - 1
    many = 40_000
    z = sample_gaussian(mu.repeat(many, 1), logvar.repeat(many, 1))
    torch.testing.assert_close(covariance(mu, logvar), covariance(z), rtol=0, atol=6 * 2 / math.sqrt(10 * many))


def test_a_single_image_has_no_covariance():
    off, diagonal = distance_to_identity(covariance(torch.randn(1, 5)))
    assert (off.item(), diagonal.item()) == (0.0, 5.0)


@pytest.mark.parametrize(("kind", "expected"), [("I", 100.0), ("II", 10.0)])
def test_the_kinds_have_the_papers_weights(kind, expected):
    model = make(kind=kind)
    assert (model.settings.lambda_od, model.diagonal_weight) == (10.0, expected)
