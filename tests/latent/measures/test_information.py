import math

import numpy as np
import pytest
import torch

from ae_studio.latent.measured import Options
from ae_studio.latent.measures.information import (
    METRICS,
    active_units,
    binarised,
    bound,
    count_active,
    kl,
    kl_per_dimension,
    likelihood_bound,
    nats_per_image,
    rate_distortion,
)
from ae_studio.latent.measures.metric import Undefined
from ae_studio.latent.measures.passing import pass_over
from ae_studio.models.catalog import MODELS
from ae_studio.models.vae import kl_per_dimension as kl_of

FIND = {metric.about.name: metric.measure for metric in METRICS}


def test_the_bound_of_one_sample_is_the_elbo_and_more_never_loosen_it():
    torch.manual_seed(0)
    weights = torch.randn(60, 7) * 5 - 100
    assert bound(weights, 1) == pytest.approx(float(weights.mean()), rel=1e-6)
    bounds = [bound(weights, k) for k in (1, 2, 4, 12, 60)]
    assert bounds == sorted(bounds)
    assert bounds[-1] == pytest.approx(float((weights.double().exp().mean(0)).log().mean()), rel=1e-6)


def test_the_bound_is_exact_for_a_gaussian_by_hand():
    """p(z) = N(0, 1), p(x|z) = N(z, 1), q(z|x) = N(x/2, 1): log p(x) is known, and k = 20,000 all but reaches it."""
    torch.manual_seed(0)
    x = torch.tensor([0.3, -1.2, 2.0])
    q, p = torch.distributions.Normal(x / 2, 1.0), torch.distributions.Normal(0.0, 1.0)
    z = q.sample((20_000,))
    weights = torch.distributions.Normal(z, 1.0).log_prob(x) + p.log_prob(z) - q.log_prob(z)
    exact = float(torch.distributions.Normal(0.0, math.sqrt(2)).log_prob(x).mean())
    assert bound(weights, 20_000) == pytest.approx(exact, abs=0.02)
    assert bound(weights, 1) < exact - 0.1


def test_a_models_bound_tightens_with_its_samples(subject):
    found = likelihood_bound(subject(options=Options(samples=50)))
    elbo, five, fifty = found.parts["k = 1"], found.parts["k = 5"], found.value
    assert elbo > five > fifty
    assert "grey values" in found.note


def test_with_one_sample_the_bound_is_the_negative_elbo(subject):
    """On all 359 test images both are estimates of the same; the samples' noise parts them."""
    made = subject(options=Options(samples=1))
    assert likelihood_bound(made).value == pytest.approx(nats_per_image(made).value, rel=5e-3)


def test_kl_is_that_of_the_posterior_by_hand(subject):
    made = subject(latent_dim=3)
    x = torch.tensor(made.images.data.images[made.images.data.test]) / 255
    with torch.no_grad():
        mu, logvar = made.model.posterior(x)
    expected = kl_of(mu, logvar)
    assert list(kl_per_dimension(made).parts.values()) == pytest.approx(expected.tolist(), rel=1e-4)
    assert kl(made).value == pytest.approx(float(expected.sum()), rel=1e-4)
    assert rate_distortion(made).parts["rate"] == kl(made).value


def test_units_are_active_where_the_posteriors_mean_moves():
    assert count_active(np.array([0.0, 0.009, 0.011, 2.0])) == 2


def test_a_dead_unit_is_not_counted(subject):
    made = subject(latent_dim=3)
    with torch.no_grad():
        made.model.encoder[-1].weight[1] = 0  # the mean of the second dimension
        made.model.encoder[-1].weight[[0, 2]] *= 100
    assert active_units(made).value == 2


def test_the_variance_is_over_all_images_not_over_batches(subject):
    made = subject(latent_dim=3)
    x = torch.tensor(made.images.data.images[made.images.data.test]) / 255
    with torch.no_grad():
        expected = made.model.encode(x).var(0, unbiased=False)
    assert made.whole.code_variance == pytest.approx(expected.numpy(), rel=1e-4)


def test_a_model_without_a_posterior_has_no_kl(subject):
    made = subject(model="deep")
    for find in (kl, kl_per_dimension, active_units, rate_distortion):
        with pytest.raises(Undefined, match="no posterior"):
            find(made)
    with pytest.raises(Undefined, match="no likelihood"):
        likelihood_bound(made)
    assert nats_per_image(made).value == pytest.approx(float(made.whole.nats.mean()))


def test_every_class_has_its_own_mean(subject):
    made = subject()
    parts = nats_per_image(made).parts
    assert len(parts) == 10
    labels = made.images.data.labels[made.images.data.test]
    weighted = sum(value * (labels == int(name.removeprefix("class "))).mean() for name, value in parts.items())
    assert weighted == pytest.approx(nats_per_image(made).value, rel=1e-5)


def test_static_pixels_are_the_same_every_time_and_dynamic_ones_are_not():
    x = torch.full((2, 1, 8, 8), 0.5)
    assert torch.equal(binarised(x, "none"), x)
    assert torch.equal(binarised(x, "static"), binarised(x, "static"))
    assert not torch.equal(binarised(x, "dynamic"), binarised(x, "dynamic"))
    assert set(binarised(x, "dynamic").unique().tolist()) == {0, 1}


def test_the_note_says_how_images_were_binarised(subject):
    assert "statically" in likelihood_bound(subject(options=Options(samples=2, binarised="static"))).note
    assert "dynamically" in likelihood_bound(subject(options=Options(samples=2, binarised="dynamic"))).note


def test_the_batches_of_a_pass_do_not_matter_without_a_posterior(subject):
    made = subject(model="deep")
    x, y = torch.tensor(made.images.data.images[:50]), torch.tensor(made.images.data.labels[:50])
    whole = pass_over(made.model, [(x, y)])
    parts = pass_over(made.model, [(x[:1], y[:1]), (x[1:], y[1:])])
    assert np.allclose(whole.squared_error, parts.squared_error, rtol=1e-4)
    assert np.allclose(whole.nats, parts.nats, rtol=1e-4)


def test_a_kl_that_is_told_of_the_batch_alone_is_not_left_out_of_the_bound(subject, monkeypatch):
    made = subject()
    monkeypatch.setattr(type(made.model), "kl_given", lambda self, x, y: None)
    with pytest.raises(Undefined, match="the loss has a KL, but the model does not tell it of each image"):
        nats_per_image(made)


@pytest.mark.parametrize("name", MODELS)
def test_every_family_with_a_kl_has_it_in_its_bound(subject, name):
    made = subject(model=name)
    assert nats_per_image(made).value > 0
    assert ("kl" in made.terms) <= (made.whole.kl is not None)
