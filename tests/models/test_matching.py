import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS, model_class
from ae_studio.models.matching import MatchingAutoencoder
from ae_studio.training.defaults import complete

MATCHING = [name for name in MODELS if issubclass(model_class(name), MatchingAutoencoder)]


def test_three_families_match_single_codes_to_a_prior():
    assert set(MATCHING) == {"wae-mmd", "swae", "adversarial"}


@pytest.mark.parametrize("name", ["wae-mmd", "swae"])
@pytest.mark.parametrize("weight", [0.0, 3.0])
def test_the_loss_is_the_reconstruction_and_the_weighted_divergence(name, weight):
    model = build_model(complete({"model": name, "settings": {"hidden": "8", "weight": weight}}), (1, 8, 8))
    terms = model.terms(torch.rand(16, 1, 8, 8))
    expected = terms["reconstruction"] + weight * terms[model.divergence_name]
    assert terms["loss"].item() == pytest.approx(expected.item(), rel=1e-6)


@pytest.mark.parametrize("name", ["wae-mmd", "swae"])
def test_codes_far_from_the_prior_are_told_from_codes_of_it(name):
    torch.manual_seed(0)
    model = build_model(complete({"model": name, "settings": {"hidden": "8"}}), (1, 8, 8))
    draws = [model.prior().sample((500,)) for _ in range(2)]
    near, far = model.divergence(*draws), model.divergence(draws[0] + 5, draws[1])
    assert far > 10 * abs(near)
