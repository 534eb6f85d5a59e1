import numpy as np
import pytest
import torch

from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete


@pytest.fixture
def model():
    torch.manual_seed(0)
    return build_model(complete({"settings": {"hidden": "32"}}), (1, 8, 8))


def test_it_decodes_as_the_model_and_stays_as_it_was(model):
    decoder = FrozenDecoder(model)
    codes = np.random.default_rng(0).standard_normal((5, 2)).astype(np.float32)
    before = decoder(codes)
    with torch.no_grad():
        expected = 255 * model.decode(torch.from_numpy(codes))[:, 0].numpy()
        for parameter in model.parameters():
            parameter.add_(1.0)
    assert before.shape == (5, 8, 8)
    assert before.dtype == np.uint8
    assert np.abs(before.astype(float) - expected).max() <= 0.5 + 1e-3
    np.testing.assert_array_equal(decoder(codes), before)


def test_codes_of_another_size_are_refused(model):
    with pytest.raises(ValueError, match=r"codes must have shape \(n, 2\), got \(1, 3\)"):
        FrozenDecoder(model)(np.zeros((1, 3), dtype=np.float32))


def test_a_model_in_training_and_in_half_precision_is_left_alone(model):
    model = model.to(torch.bfloat16).train()
    images = FrozenDecoder(model)(np.zeros((1, 2), dtype=np.float32))
    assert images.shape == (1, 8, 8)
    assert model.training
    assert next(model.parameters()).dtype == torch.bfloat16
    assert next(model.parameters()).requires_grad
