import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS, model_class
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.training.defaults import complete

SINGLE = [name for name in MODELS if issubclass(model_class(name), DeterministicAutoencoder)]


def test_the_families_of_one_code_an_image_are_known():
    plain = {"deep", "denoising", "sparse", "contractive", "wae-mmd", "swae", "adversarial"}
    assert {*plain, "rae", "geometric"} == set(SINGLE)


@pytest.mark.parametrize("name", SINGLE)
def test_a_code_has_no_noise_even_in_training(name):
    model = build_model(complete({"model": name, "settings": {"hidden": "8"}}), (1, 8, 8)).train()
    x = torch.rand(3, 1, 8, 8)
    before = torch.get_rng_state()
    assert torch.equal(model.encode(x), model.encode(x))
    assert torch.equal(torch.get_rng_state(), before)
