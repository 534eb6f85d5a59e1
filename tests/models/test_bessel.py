import math

import pytest
import torch
from scipy.special import ive

from ae_studio.models.bessel import normaliser


@pytest.mark.parametrize("kappa", [0.3, 4.0, 50.0])
def test_on_an_ordinary_sphere_the_normaliser_is_the_hyperbolic_sine(kappa):
    log_f, mean_length = normaliser(torch.tensor(kappa).double(), 3)
    assert log_f.item() == pytest.approx(math.log(math.sinh(kappa) / kappa), rel=1e-6)
    assert mean_length.item() == pytest.approx(1 / math.tanh(kappa) - 1 / kappa, rel=1e-6)


@pytest.mark.parametrize("m", [2, 4, 20, 256])
def test_the_ratio_is_scipys(m):
    kappa = torch.tensor([0.5, 3.0, 40.0, 2000.0]).double()
    expected = ive(m / 2, kappa.numpy()) / ive(m / 2 - 1, kappa.numpy())
    known = expected > 0
    assert normaliser(kappa, m)[1].numpy()[known] == pytest.approx(expected[known], rel=1e-6)


@pytest.mark.parametrize("m", [2, 3, 17, 200])
def test_the_ratio_is_the_normalisers_slope(m):
    kappa = torch.tensor([0.01, 1.0, 30.0, 1e4]).double().requires_grad_()
    log_f, ratio = normaliser(kappa, m)
    (slope,) = torch.autograd.grad(log_f.sum(), kappa)
    assert slope.tolist() == pytest.approx(ratio.tolist(), rel=1e-5)
    assert log_f[0].item() == pytest.approx(0.01**2 / (2 * m), rel=1e-3)  # E[t^2] = 1/m


def test_without_concentration_nothing_is_weighted():
    log_f, ratio = normaliser(torch.zeros(1).double(), 5)
    assert log_f.item() == ratio.item() == 0
