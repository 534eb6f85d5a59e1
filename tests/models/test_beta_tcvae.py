"""The three parts of the KL against closed forms of Gaussians, and N through a whole run."""

import math

import numpy as np
import pytest
import torch

from ae_studio.models.beta_tcvae import BetaTCVAE, kl_in_parts, log_importance
from ae_studio.models.build import build_model
from ae_studio.models.gaussian import log_normal, log_standard_normal
from ae_studio.models.vae import kl_per_dimension, kl_to_standard_normal, sample_gaussian
from ae_studio.training.defaults import complete


def make(**settings) -> BetaTCVAE:
    torch.manual_seed(0)
    values = {"model": "beta-tcvae", "latent_dim": 4, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def gaussian_aggregate(covariance: list[list[float]], images: int, noise: float):
    """mu_i and log sigma_i^2 whose mixture q(z) is N(0, covariance) in the limit of many images."""
    torch.manual_seed(0)
    whole = torch.tensor(covariance)
    spread = torch.linalg.cholesky(whole - noise * torch.eye(len(whole)))
    mu = torch.randn(images, len(whole)) @ spread.T
    return mu, torch.full_like(mu, math.log(noise))


@pytest.mark.parametrize("images", [64, 50_000])
def test_the_parts_add_up_to_the_kl_of_the_same_samples(images):
    torch.manual_seed(0)
    mu, logvar = torch.randn(64, 5), torch.randn(64, 5) - 1
    z = sample_gaussian(mu, logvar)
    parts = kl_in_parts(z, mu, logvar, torch.tensor(images))
    expected = (log_normal(z, mu, logvar) - log_standard_normal(z)).sum(1).mean()
    torch.testing.assert_close(sum(parts), expected)


def test_with_all_weights_one_the_loss_is_the_vaes_in_expectation():
    model, x = make(alpha=1.0, beta=1.0, gamma=1.0), torch.rand(32, 1, 8, 8)
    model.begin(x)
    for parameter in model.parameters():
        parameter.data.mul_(2.0)  # a KL of some nats
    with torch.no_grad():
        draws = [model.terms(x) for _ in range(400)]
    gap = torch.stack([terms["loss"] - terms["reconstruction"] - terms["kl"] for terms in draws])
    assert draws[0]["kl"] > 0.5
    assert abs(gap.mean()) < 3 * gap.std() / math.sqrt(len(gap))


def test_each_part_has_its_weight():
    terms = make(alpha=2.0, beta=3.0, gamma=5.0).terms(torch.rand(16, 1, 8, 8))
    weighted = 2 * terms["mutual_information"] + 3 * terms["total_correlation"] + 5 * terms["dimension_kl"]
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + weighted)


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_the_parts_of_a_gaussian_aggregate_are_the_closed_forms(rho):
    """q(z) = N(0, S), S_jj = 1.5: TC = -1/2 log det corr(S), MI = 1/2 log(det S / s2^d), dwKL = KL(N(0, 1.5) || p)."""
    s2, variance = 0.3, 1.5
    covariance = [[variance, rho * variance], [rho * variance, variance]]
    mu, logvar = gaussian_aggregate(covariance, 3000, s2)
    mi, tc, dwkl = kl_in_parts(sample_gaussian(mu, logvar), mu, logvar, torch.tensor(3000))
    assert tc.item() == pytest.approx(-0.5 * math.log(1 - rho**2), abs=0.03)
    assert mi.item() == pytest.approx(0.5 * math.log(np.linalg.det(covariance) / s2**2), abs=0.06)
    assert dwkl.item() == pytest.approx(2 * 0.5 * (variance - 1 - math.log(variance)), abs=0.04)


def test_the_density_of_the_aggregate_is_estimated_without_bias():
    """The mean over batches that hold the image is q(z) over all images."""
    torch.manual_seed(0)
    mu, logvar = torch.randn(40, 2), torch.full((40, 2), -1.0)
    z = torch.tensor([0.3, -0.2])
    density = log_normal(z, mu, logvar).sum(1).exp()  # (40,): q(z | x_n)
    weights = log_importance(8, torch.tensor(40)).exp()
    estimates = []
    for _ in range(4000):
        own = torch.randint(0, 40, ())  # the image that z came from, whichever it was
        others = (own + 1 + torch.randperm(39)[:7]) % 40
        estimates.append(weights[0] @ density[torch.cat([own[None], others])])
    found = torch.stack(estimates)
    assert abs(found.mean() - density.mean()) < 3 * found.std() / math.sqrt(len(found))
    assert found.std() / density.mean() > 0.1, "the batches agree, so the test says nothing"


@pytest.mark.parametrize(("batch", "images"), [(1, 1), (1, 100), (8, 8), (8, 100), (8, 0)])
def test_the_weights_of_a_batch_are_those_of_all_images(batch, images):
    weights = log_importance(batch, torch.tensor(images)).exp()
    torch.testing.assert_close(weights.sum(1), torch.ones(batch))
    if batch >= images:
        torch.testing.assert_close(weights, torch.full((batch, batch), 1 / batch))


def test_where_the_codes_are_the_prior_nothing_is_to_pay():
    mu, logvar = torch.zeros(50, 3), torch.zeros(50, 3)
    for part in kl_in_parts(torch.randn(50, 3), mu, logvar, torch.tensor(50)):
        assert part.item() == pytest.approx(0, abs=1e-5)
    assert kl_to_standard_normal(mu, logvar) == kl_per_dimension(mu, logvar).sum() == 0


def test_a_run_tells_how_many_images_it_learns_from_and_its_snapshot_knows(tmp_path, monkeypatch):
    from ae_studio.runs.recorded import RecordedRun
    from ae_studio.training.train import train

    monkeypatch.setattr("ae_studio.training.portions.FIRST_IMAGES", 100)  # it is shown fewer images than there are
    values = {"model": "beta-tcvae", "epochs": 1, "settings": {"hidden": "8"}}
    train(complete(values), lambda event: None, out=tmp_path / "run")
    run = RecordedRun(tmp_path / "run")
    assert run.model().training_images.item() == run.train_images > 1000
