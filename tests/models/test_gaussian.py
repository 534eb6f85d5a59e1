import numpy as np
import torch
from scipy.stats import norm

from ae_studio.models.gaussian import log_normal, log_standard_normal


def test_the_density_is_scipys_and_broadcasts():
    z, mu, logvar = torch.randn(4, 1, 3), torch.randn(5, 3), torch.randn(5, 3)
    expected = norm.logpdf(z.numpy(), mu.numpy(), np.exp(0.5 * logvar.numpy()))
    np.testing.assert_allclose(log_normal(z, mu, logvar).numpy(), expected, rtol=1e-5, atol=1e-5)


def test_the_standard_density_is_that_of_mean_0_and_variance_1():
    z = torch.randn(6, 2)
    torch.testing.assert_close(log_standard_normal(z), log_normal(z, torch.zeros(2), torch.zeros(2)))
