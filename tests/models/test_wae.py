"""The Wasserstein autoencoder's loss from its parts, and its scale and prior."""

import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.divergences import SEVERAL_SCALES, mmd
from ae_studio.training.defaults import complete


def make(latent_dim: int = 2, **settings):
    torch.manual_seed(0)
    config = complete({"model": "wae-mmd", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}})
    return build_model(config, (1, 8, 8)).eval()


@pytest.mark.parametrize(("kernel", "factors"), [("one", (1.0,)), ("several", SEVERAL_SCALES)])
def test_the_loss_is_the_squared_error_and_lambda_times_the_mmd(kernel, factors):
    model, x = make(latent_dim=3, weight=7.0, sigma=1.5, kernel=kernel), torch.rand(32, 1, 8, 8)
    torch.manual_seed(1)
    terms = model.terms(x)
    torch.manual_seed(1)
    prior = 1.5 * torch.randn(32, 3)
    z = model.encode(x)
    divergence = mmd(z, prior, 2 * 3 * 1.5**2, factors)
    error = (x - model.decode(z)).square().sum(dim=(1, 2, 3)).mean()
    torch.testing.assert_close(terms["mmd"], divergence)
    torch.testing.assert_close(terms["loss"], error + 7.0 * divergence)


def test_the_kernels_reach_is_the_mean_squared_distance_of_two_draws():
    torch.manual_seed(0)
    model = make(latent_dim=5, sigma=0.7)
    a, b = model.prior().sample((50_000,)), model.prior().sample((50_000,))
    assert (a - b).square().sum(dim=1).mean().item() == pytest.approx(2 * 5 * 0.7**2, rel=0.01)


def test_codes_that_are_draws_of_the_prior_cost_nothing_in_expectation():
    torch.manual_seed(0)
    model = make(sigma=2.0)
    draws = torch.stack([model.divergence(*model.prior().sample((2, 16))) for _ in range(1000)])
    assert draws.mean().abs() < 4 * draws.std() / 1000**0.5
    shifted = model.divergence(model.prior().sample((500,)) + 2, model.prior().sample((500,)))
    assert shifted > 0.1


def test_the_mmd_pulls_codes_to_the_priors_place_and_width():
    """The penalty alone, by gradient descent, makes a far and narrow cloud of codes N(0, I)."""
    torch.manual_seed(0)
    model = make()
    z = (0.1 * torch.randn(200, 2) + 1).requires_grad_()
    optimizer = torch.optim.Adam([z], lr=0.03)
    for _ in range(500):
        optimizer.zero_grad()
        model.divergence(z, model.prior().sample((200,))).backward()
        optimizer.step()
    assert z.mean(dim=0).abs().max() < 0.2
    torch.testing.assert_close(torch.cov(z.detach().T), torch.eye(2), atol=0.25, rtol=0)
