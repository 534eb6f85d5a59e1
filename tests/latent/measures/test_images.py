import numpy as np
import pytest
import torch

from ae_studio.latent.measures.images import METRICS
from ae_studio.latent.measures.subject import pca_beside

FIND = {metric.about.name: metric.measure for metric in METRICS}


def test_the_errors_are_those_of_the_reconstruction_from_the_mean(subject):
    made = subject(model="linear")
    x = torch.tensor(made.images.data.images[made.images.data.test]) / 255
    with torch.no_grad():
        each = (made.model.decode(made.model.encode(x)) - x).square().flatten(1).mean(1).numpy()
    assert FIND["mse_per_pixel"](made).value == pytest.approx(each.mean(), rel=1e-5)
    assert FIND["psnr"](made).value == pytest.approx((10 * np.log10(1 / each)).mean(), rel=1e-5)


def test_an_image_without_an_error_is_perfect(subject):
    """Principal components as many as pixels give every image back."""
    perfect = pca_beside(subject(latent_dim=64))
    assert FIND["ssim"](perfect).value == pytest.approx(1, abs=1e-4)
    assert FIND["psnr"](perfect).value > 60
    assert FIND["mse_per_pixel"](perfect).value < 1e-6


def test_ssim_is_lower_where_structure_is_lost(subject):
    few, many = (FIND["ssim"](pca_beside(subject(latent_dim=d))).value for d in (2, 20))
    assert 0.2 < few < many - 0.2 < 0.8


def test_images_of_one_class_are_not_parted(subject):
    assert FIND["mse_per_pixel"](subject(one_class=True)).parts == {}
