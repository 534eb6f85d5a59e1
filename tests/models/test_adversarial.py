"""The adversarial autoencoder: the discriminator's loss against the Jensen-Shannon divergence, and who learns what."""

import math

import pytest
import torch
from torch.distributions import Normal

from ae_studio.models.adversarial import discriminator_loss, generator_loss
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete


def make(**settings):
    torch.manual_seed(0)
    config = complete({"model": "adversarial", "lr": 1e-3, "settings": {"hidden": "32", **settings}})
    return build_model(config, (1, 8, 8))


def jensen_shannon(p: Normal, q: Normal) -> float:
    """By integration, nats."""
    z = torch.linspace(-12, 12, 20_001, dtype=torch.float64)
    middle = torch.logaddexp(p.log_prob(z), q.log_prob(z)) - math.log(2)
    halves = [(d.log_prob(z).exp() * (d.log_prob(z) - middle)).sum().item() for d in (p, q)]
    return 0.5 * sum(halves) * 24 / 20_000


@pytest.mark.parametrize("shift", [0.0, 1.0, 3.0])
def test_at_its_best_the_discriminators_loss_gives_the_jensen_shannon_divergence(shift):
    p, q = Normal(torch.tensor(0.0), torch.tensor(1.0)), Normal(torch.tensor(shift), torch.tensor(1.5))
    torch.manual_seed(0)
    best = lambda z: p.log_prob(z) - q.log_prob(z)  # noqa: E731  the logit of p / (p + q)
    loss = discriminator_loss(best(q.sample((400_000,))), best(p.sample((400_000,))))
    assert loss.item() == pytest.approx(2 * math.log(2) - 2 * jensen_shannon(p, q), abs=0.005)


def test_an_undecided_discriminator_costs_log_2_on_either_side():
    undecided = torch.zeros(8, 1)
    assert discriminator_loss(undecided, undecided).item() == pytest.approx(2 * math.log(2))
    assert generator_loss(undecided).item() == pytest.approx(math.log(2))


def test_of_equal_distributions_a_discriminator_learns_to_be_undecided():
    model = make(prior="normal")
    optimizer = torch.optim.Adam(model.opponent.parameters(), lr=1e-3)
    losses = []
    for _ in range(400):
        z, prior = model.prior().sample((2, 256))
        optimizer.zero_grad()
        loss = discriminator_loss(model.opponent(z), model.opponent(prior))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    late = torch.tensor(losses[200:])
    assert late.mean().item() == pytest.approx(2 * math.log(2), abs=0.005)


def test_a_code_gains_by_looking_like_the_prior():
    """The gradient of the codes' loss points to where the discriminator expects the prior."""
    z = torch.zeros(4, 1, requires_grad=True)
    generator_loss(z - 1).backward()  # the logit grows with z
    assert (z.grad < 0).all()
    assert generator_loss(torch.full((4, 1), 5.0)) < generator_loss(torch.full((4, 1), -5.0))


def test_the_loss_is_the_reconstruction_and_lambda_times_the_generators():
    terms = make(weight=4.0).terms(torch.rand(16, 1, 8, 8))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 4 * terms["generator"])


def test_both_see_the_same_discriminator():
    """The generator's and the discriminator's logits of the codes are one network's."""
    model, x = make(), torch.rand(16, 1, 8, 8)
    z = model.encode(x)
    torch.testing.assert_close(model.divergence(z, z), generator_loss(model.opponent(z)))


def test_the_loss_leaves_the_discriminator_alone_and_its_own_leaves_the_encoder_alone():
    model, x = make(), torch.rand(16, 1, 8, 8)
    terms = model.terms(x)
    theirs, own = list(model.opponent.parameters()), [*model.encoder.parameters(), *model.decoder.parameters()]
    assert all(g is None for g in torch.autograd.grad(terms["loss"], theirs, retain_graph=True, allow_unused=True))
    assert all(
        g is None for g in torch.autograd.grad(terms["discriminator"], own, retain_graph=True, allow_unused=True)
    )
    assert all(g.abs().sum() > 0 for g in torch.autograd.grad(terms["discriminator"], theirs, retain_graph=True))
    assert all(g.abs().sum() > 0 for g in torch.autograd.grad(terms["loss"], own))


def test_the_discriminator_learns_at_its_own_pace():
    model = make(discriminator_pace=2.5)
    own, theirs = model.parameter_groups(1e-3, 0.1)
    assert theirs["lr"] == pytest.approx(2.5e-3)
    assert theirs["betas"] == (0.5, 0.999)
    assert {id(p) for p in theirs["params"]} == {id(p) for p in model.opponent.parameters()}
    assert not {id(p) for p in theirs["params"]} & {id(p) for p in own["params"]}
