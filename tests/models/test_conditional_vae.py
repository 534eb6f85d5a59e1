"""The conditional VAE: what the class tells, and that its likelihood is that of the image given the class."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, Normal

from ae_studio.config import ConfigError
from ae_studio.latent.metrics import metrics
from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.models.conditional_vae import ConditionalVAE
from ae_studio.models.vae import kl_to_standard_normal
from ae_studio.training.defaults import complete

CLASSES = ("zero", "one", "two")


def config(latent_dim: int = 2, **settings):
    settings = {"hidden": "16", "channels": "4-8", **settings}
    return complete({"model": "conditional-vae", "latent_dim": latent_dim, "settings": settings})


def make(shape=(1, 8, 8), latent_dim: int = 2, **settings) -> ConditionalVAE:
    torch.manual_seed(0)
    return build_model(config(latent_dim, **settings), shape, CLASSES)


@pytest.mark.parametrize(("class_names", "found"), [((), "no labels"), (("all",), "one class")])
def test_data_without_at_least_two_classes_is_refused_in_words(class_names, found):
    with pytest.raises(ConfigError, match=f"learns from the classes of the images, and this data has {found}"):
        build_model(config(), (1, 8, 8), class_names)


def test_a_code_is_the_posteriors_mean_and_the_class_as_its_space_says():
    model, x, y = make(), torch.rand(3, 1, 8, 8), torch.tensor([2, 0, 1])
    code = model.encode_given(x, y)
    torch.testing.assert_close(code[:, :2], model.posterior_given(x, y)[0])
    assert code[:, 2:].tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    (switch,) = latent_space(config(), CLASSES).switches
    assert (switch.options, switch.given) == (CLASSES, True)


@pytest.mark.parametrize("network", ["linear", "mlp", "conv"])
def test_the_class_reaches_the_encoder_and_the_decoder(network):
    model, x = make((3, 8, 8), network=network), torch.rand(1, 3, 8, 8).expand(3, -1, -1, -1)
    for found in (
        model.posterior_given(x, torch.arange(3))[0],
        model.decode(model.code_given(torch.zeros(3, 2), torch.arange(3))),
    ):
        assert (found[0] - found[1]).abs().max() > 1e-4
        assert (found[0] - found[2]).abs().max() > 1e-4


def test_without_the_classes_it_says_what_to_call():
    model, x = make(), torch.rand(3, 1, 8, 8)
    for method in ("encode", "terms", "posterior"):
        with pytest.raises(ValueError, match=rf"call {method}_given\(x, y\)"):
            getattr(model, method)(x)


def test_the_loss_is_reconstruction_and_weighted_kl_of_the_posterior_given_the_class():
    model, x, y = make(beta=3.0), torch.rand(9, 1, 8, 8), torch.arange(9) % 3
    terms = model.terms_given(x, y)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 3.0 * terms["kl"])
    torch.testing.assert_close(terms["kl"], kl_to_standard_normal(*model.posterior_given(x, y)))


def test_the_prior_draws_every_class_alike_and_standard_normal_latents():
    torch.manual_seed(0)
    prior = make().prior()
    code = prior.sample(torch.Size([30_000]))
    assert code.shape == (30_000, 5)
    # Three standard errors: sqrt(2/9 / n) of a share, 1/sqrt(n) of a mean.
    torch.testing.assert_close(code[:, 2:].mean(0), torch.full((3,), 1 / 3), rtol=0, atol=3 * math.sqrt(2 / 9 / 30_000))
    torch.testing.assert_close(code[:, :2].mean(0), torch.zeros(2), rtol=0, atol=3 / math.sqrt(30_000))
    torch.testing.assert_close(code[:, :2].std(0), torch.ones(2), rtol=0, atol=3 / math.sqrt(60_000))
    expected = Normal(0.0, 1.0).log_prob(code[:, :2]).sum(1) - math.log(3)
    torch.testing.assert_close(prior.log_prob(code), expected)


@pytest.mark.parametrize("label", [0, 2])
def test_importance_sampling_finds_the_likelihood_of_the_image_given_the_class(label):
    """log p(x|y) = log of the integral of p(x|z, y) N(z; 0, 1) over z, by a fine sum over one latent dimension."""
    model = make((1, 4, 4), latent_dim=1).requires_grad_(False)
    for parameter in model.parameters():
        parameter.mul_(2.0)  # so that z and y matter
    x, y = torch.rand(1, 1, 4, 4).round(), torch.tensor([label])
    z = torch.linspace(-8, 8, 4001)[:, None]
    x_hat = model.decode(torch.cat([z, torch.eye(3)[label].expand(len(z), 3)], dim=1))
    log_joint = Bernoulli(x_hat).log_prob(x).sum((1, 2, 3)) + Normal(0.0, 1.0).log_prob(z[:, 0])
    exact = torch.logsumexp(log_joint, 0) + math.log(16 / 4000)

    log_w = model.log_weights(x, y, 20_000)[:, 0]  # (samples,)
    estimate = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    error = (log_w - log_w.max()).exp()
    relative = error.std() / error.mean() / math.sqrt(len(error))
    assert abs(estimate - exact) < 4 * relative + 1e-3
    others = [k for k in range(3) if k != label]
    wrong = [model.log_weights(x, torch.tensor([k]), 20_000).logsumexp(0) - math.log(20_000) for k in others]
    assert all(abs(value - exact) > 0.02 for value in wrong), "the class does not matter, so the test says nothing"


def test_the_metrics_are_its_own_terms():
    torch.manual_seed(0)
    model, labels = make(), torch.arange(60) % 3
    images = torch.randint(0, 256, (60, 1, 8, 8), dtype=torch.uint8)
    from ae_studio.latent.evaluation import mean_terms

    found, terms = metrics(model, [(images, labels)]), mean_terms(model, [(images, labels)])
    assert found["kl_nats"] == pytest.approx(terms["kl"], rel=1e-5)
    assert found["mse_per_pixel"] == pytest.approx(terms["mse_per_pixel"], rel=1e-5)
