import itertools
import math

import pytest
import torch
from torch.distributions import Independent, Normal

from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.models.gumbel import UniformOneHots
from ae_studio.models.joint_vae import Behind, JointVAE, SideBySide
from ae_studio.training.defaults import complete


def make(latent_dim=2, **settings) -> JointVAE:
    torch.manual_seed(0)
    values = {"model": "joint-vae", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def test_a_code_is_the_numbers_and_behind_them_the_options():
    model = make(latent_dim=3, variables=2, categories=4)
    x = torch.rand(5, 1, 8, 8)
    z = model.encode(x)
    assert z.shape == (5, 11)
    torch.testing.assert_close(z[:, :3], model.posterior(x)[0])
    torch.testing.assert_close(z[:, 3:].view(5, 2, 4).sum(dim=2), torch.ones(5, 2))


def test_its_space_has_a_switch_for_every_choice():
    values = {"model": "joint-vae", "latent_dim": 2, "settings": {"variables": 2, "categories": 3}}
    space = latent_space(complete(values))
    assert (space.dim, space.size) == (2, 8)
    assert [switch.name for switch in space.switches] == ["c1", "c2"]


def test_both_kl_are_held_at_their_capacities():
    model = make(gamma=7.0, capacity_z=1.5, capacity_c=0.25, capacity_epochs=10)
    x = torch.rand(16, 1, 8, 8)
    for epoch, share in ((0.0, 0.0), (5.0, 0.5), (20.0, 1.0)):
        model.epochs_done = epoch
        terms = model.terms(x)
        price = (terms["kl_continuous"] - 1.5 * share).abs() + (terms["kl_discrete"] - 0.25 * share).abs()
        torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 7.0 * price)
        torch.testing.assert_close(terms["kl"], terms["kl_continuous"] + terms["kl_discrete"])


def test_the_choices_are_led_to_no_more_nats_than_they_can_hold():
    assert make(variables=2, categories=4, capacity_c=50.0, capacity_epochs=0).capacities[1] == 2 * math.log(4)


def test_kl_of_an_image_falls_into_that_of_each_number_and_each_choice():
    model, x = make(latent_dim=3, variables=2), torch.rand(6, 1, 8, 8)
    kl = model.kl_given(x, torch.zeros(6, dtype=torch.int64))
    terms = model.terms(x)
    assert kl.shape == (6, 5)
    torch.testing.assert_close(kl[:, :3].sum(dim=1).mean(), terms["kl_continuous"])
    torch.testing.assert_close(kl[:, 3:].sum(dim=1).mean(), terms["kl_discrete"])


def test_the_mean_log_ratio_of_draws_is_minus_the_kl():
    model = make(variables=2, categories=3).eval()
    with torch.no_grad():
        for parameter in model.encoder.parameters():
            parameter.mul_(2)
        x, y = torch.rand(3, 1, 8, 8), torch.zeros(3, dtype=torch.int64)
        torch.manual_seed(1)
        codes, density = model.draw_given(x, y, 20_000)
        kl = model.kl_given(x, y).sum(dim=1)
    assert codes.shape == (20_000, 3, 8)
    assert (codes[..., 2:].reshape(-1, 2, 3).sum(dim=2) == 1).all()
    error = density.std(dim=0) / math.sqrt(20_000)
    assert ((density.mean(dim=0) + kl).abs() < 4 * error).all()
    assert kl.min() > 0.01


def test_the_likelihood_from_weighted_samples_is_that_of_a_fine_grid_of_codes():
    """One number and one choice of three: the integral can be added up."""
    model = make(latent_dim=1, categories=3).eval()
    with torch.no_grad():
        for parameter in model.decoder.parameters():
            parameter.mul_(3)  # so that the codes differ in their likelihood
        x, y = torch.rand(2, 1, 8, 8).round(), torch.zeros(2, dtype=torch.int64)
        grid = torch.linspace(-6, 6, 601)
        codes = torch.stack([torch.cat([z[None], c]) for z, c in itertools.product(grid, torch.eye(3))])
        each = model.log_likelihood(x, codes.unsqueeze(1).expand(-1, 2, -1))
        log_prior = model.prior().log_prob(codes).unsqueeze(1)
        exact = torch.logsumexp(each + log_prior, dim=0) + math.log(grid[1] - grid[0])
        torch.manual_seed(0)
        weights = model.log_weights(x, y, 20_000)
    found = torch.logsumexp(weights, dim=0) - math.log(20_000)
    relative = (weights - exact).exp().std(dim=0) / math.sqrt(20_000)  # of the estimated likelihood
    assert ((found - exact).abs() < 4 * relative + 1e-3).all()
    assert each.std() > 0.1


def test_two_distributions_side_by_side_are_independent():
    normal = Independent(Normal(torch.zeros(2), torch.ones(2)), 1)
    both = SideBySide(normal, UniformOneHots(1, 4, torch.device("cpu")))
    torch.manual_seed(0)
    drawn = both.sample(torch.Size([500]))
    assert drawn.shape == (500, 6)
    torch.testing.assert_close(both.log_prob(drawn), normal.log_prob(drawn[:, :2]) - math.log(4))
    assert drawn[:, 2:].sum(dim=1).tolist() == [1] * 500


def test_the_numbers_before_the_choices_are_left_alone():
    doubled = Behind(2, torch.nn.Hardtanh(0, 1))(torch.tensor([[5.0, -5.0, 5.0, -5.0]]))
    assert doubled.tolist() == [[5.0, -5.0, 1.0, 0.0]]


@pytest.mark.parametrize("training", [True, False])
def test_training_decodes_mixtures_and_evaluation_exact_choices(training):
    model = make().train(training)
    seen = []
    model.decoder.register_forward_pre_hook(lambda _, given: seen.append(given[0][:, 2:]))
    model.terms(torch.rand(16, 1, 8, 8))
    assert (set(seen[0].unique().tolist()) == {0.0, 1.0}) != training
