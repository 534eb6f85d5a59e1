"""What the tests of the metrics share: the digits, and models that have learned nothing."""

from dataclasses import replace

import pytest
import torch

from ae_studio.data.images import load
from ae_studio.latent.measured import Options
from ae_studio.latent.measures.subject import Subject, TestImages
from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.training.defaults import complete


@pytest.fixture(scope="session")
def digits():
    return load("digits")


@pytest.fixture
def subject(digits):
    """``subject(model="vae", latent_dim=3, options=..., one_class=True)`` with fresh weights, on the digits."""

    def make(options=None, one_class=False, **values):
        torch.manual_seed(0)
        config = complete({"settings": {}, **values})
        data = replace(digits, labels=digits.labels * 0) if one_class else digits
        model = build_model(config, data.image_shape, data.class_names)
        space = latent_space(config, data.class_names)
        return Subject(model, space, TestImages(data, options or Options()))

    return make
