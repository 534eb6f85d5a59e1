"""What each family says that its terms weigh: their products are the loss."""

from __future__ import annotations

import pytest
import torch

from ae_studio.config import field_specs
from ae_studio.models.base import Autoencoder
from ae_studio.models.catalog import MODELS
from ae_studio.models.vae import VAE
from tests.models.test_models import labels, make

NO_SUM = {"iwae"}  # the logarithm of a mean


def settings_of(name: str) -> list[dict[str, object]]:
    """The defaults, and one other value for each setting that is no matter of the network alone."""
    cases: list[dict[str, object]] = [{}]
    for spec in field_specs(MODELS[name].settings).values():
        if spec.name in ("network", "hidden", "channels", "activation"):
            continue
        if spec.choices:
            cases += [{spec.name: choice} for choice in spec.choices]
        elif spec.name in ("warmup", "capacity_epochs", "anneal"):
            cases += [{spec.name: 8}, {spec.name: 0}]
        elif spec.kind == "float" and spec.high is not None and spec.high > 1:
            cases += [{spec.name: min(spec.high, 3.7)}]
    return cases


CASES = [(name, settings) for name in MODELS for settings in settings_of(name)]


@pytest.mark.parametrize(("name", "settings"), CASES)
@pytest.mark.parametrize("epochs_done", [0.0, 2.6, 100.0])
def test_the_weighted_terms_add_up_to_the_loss_of_a_training_step(name, settings, epochs_done):
    model = make(name, settings).train()
    model.epochs_done = epochs_done
    terms = model.terms_given(torch.rand(16, 1, 8, 8), labels(16))
    weights = model.weights()
    assert set(weights) <= set(terms)
    if name in NO_SUM:
        assert weights == {}
        return
    total = sum(weight * terms[term].item() for term, weight in weights.items())
    assert total == pytest.approx(terms["loss"].item(), rel=2e-5, abs=2e-5)


@pytest.mark.parametrize("name", MODELS)
def test_a_loss_is_no_part_of_itself(name):
    weights = make(name, {}).weights()
    assert "loss" not in weights or weights == {"loss": 1.0}


def test_a_warm_up_shows_in_the_weight():
    model = make("beta-vae", {"beta": 4, "warmup": 8})
    model.epochs_done = 2.0
    assert model.weights() == {"reconstruction": 1.0, "kl": 1.0}


class Sparser(VAE):
    """A family of someone's own, whose loss has a part of which the VAE knows nothing."""

    def terms(self, x):
        terms = super().terms(x)
        penalty = self.encode(x).abs().sum()
        return {**terms, "loss": terms["loss"] + penalty, "penalty": penalty}


class Wider(VAE):
    """One that has the VAE's very loss."""


def test_terms_of_ones_own_have_no_weights_that_were_told_for_others():
    assert Sparser.weights is Autoencoder.weights
    assert Wider.weights is VAE.weights
