"""The density ratio against the closed form of correlated Gaussians."""

import math

import pytest
import torch
from torch import nn
from torch.distributions import MultivariateNormal, Normal

from ae_studio.models.build import build_model
from ae_studio.models.factor_vae import FactorVAE, density_ratio, permute_dims, told_apart
from ae_studio.models.noise import rows_of_a_batch
from ae_studio.training.defaults import complete

RHO = 0.8
COVARIANCE = torch.tensor([[1.0, RHO], [RHO, 1.0]])
CLOSED_FORM = -0.5 * math.log(1 - RHO**2)  # -1/2 log det of the correlations: 0.51 nats


class ExactRatio(nn.Module):
    """log q(z) / prod_j q(z_j) of q = N(0, COVARIANCE), (B, 1)."""

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        joint = MultivariateNormal(torch.zeros(2), COVARIANCE)
        return (joint.log_prob(z) - Normal(0.0, 1.0).log_prob(z).sum(1))[:, None]


def correlated(count: int) -> torch.Tensor:
    return MultivariateNormal(torch.zeros(2), COVARIANCE).sample((count,))


def make(**settings) -> FactorVAE:
    torch.manual_seed(0)
    values = {"model": "factor-vae", "latent_dim": 2, "settings": {"hidden": "32", "width": 32, **settings}}
    return build_model(complete(values), (1, 8, 8))


def test_with_the_exact_ratio_the_total_correlation_is_the_closed_form(monkeypatch):
    model = make(gamma=7.0)
    model.opponent = ExactRatio()
    z = correlated(100_000)
    monkeypatch.setattr("ae_studio.models.factor_vae.sample_gaussian", lambda mu, logvar: z)
    terms = model.terms(torch.rand(1, 1, 8, 8).expand(len(z), -1, -1, -1))
    assert terms["total_correlation"].item() == pytest.approx(CLOSED_FORM, abs=0.01)
    expected = terms["reconstruction"] + terms["kl"] + 7.0 * terms["total_correlation"]
    torch.testing.assert_close(terms["loss"], expected)


def test_an_opponent_learns_the_closed_form_from_codes():
    torch.manual_seed(0)
    opponent = density_ratio(2, width=48)
    optimizer = torch.optim.Adam(opponent.parameters(), lr=2e-3, betas=(0.5, 0.9))
    for _ in range(500):
        optimizer.zero_grad()
        told_apart(opponent, correlated(256)).backward()
        optimizer.step()
    z = correlated(20_000)
    with torch.no_grad():
        assert opponent(z).mean().item() == pytest.approx(CLOSED_FORM, abs=0.07)
        assert told_apart(opponent, z) >= told_apart(ExactRatio(), z) - 0.005, (
            "nothing tells apart better than the ratio"
        )


def test_codes_that_cannot_be_told_apart_cost_log_2():
    class Undecided(nn.Module):
        def forward(self, z):
            return torch.zeros(len(z), 1)

    assert told_apart(Undecided(), torch.randn(8, 3)).item() == pytest.approx(math.log(2))


def test_permuted_codes_keep_every_dimension_and_lose_what_binds_them():
    torch.manual_seed(0)
    z = correlated(20_000)
    permuted = permute_dims(z)
    torch.testing.assert_close(permuted.sort(dim=0).values, z.sort(dim=0).values, rtol=0, atol=0)
    assert torch.corrcoef(permuted.T)[0, 1].abs() < 3 / math.sqrt(len(z))


def test_the_processes_streams_stay_alike():
    behind = []
    for start, stop in ((0, 3), (3, 5)):
        torch.manual_seed(0)
        with rows_of_a_batch(start, stop, 5):
            permute_dims(torch.randn(5, 2)[start:stop])
        behind.append(torch.get_rng_state())
    assert torch.equal(*behind)


def test_the_opponent_learns_at_the_papers_pace():
    own, theirs = make().parameter_groups(1e-3, 0.0)
    assert (own["lr"], theirs["lr"], theirs["betas"]) == (1e-3, 1e-4, (0.5, 0.9))


def test_the_opponent_has_six_layers_of_a_thousand():
    widths = [layer.out_features for layer in make(width=1000).opponent if isinstance(layer, nn.Linear)]
    assert widths == [1000] * 6 + [1]
