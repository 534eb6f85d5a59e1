"""The Wasserstein autoencoder with the MMD penalty (Tolstikhin et al. 2018, arXiv:1711.01558)."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.divergences import SEVERAL_SCALES, mmd
from ae_studio.models.matching import MatchingAutoencoder
from ae_studio.models.priors import Gaussian
from ae_studio.models.settings_matching import WaeMmdSettings


class WaeMmd(MatchingAutoencoder[WaeMmdSettings]):
    """L = R + lambda MMD^2(q(z), p(z)) (algorithm 2), p(z) = N(0, sigma^2 I).

    The paper's cost c(x, x^) is the squared error summed over the pixels, so R with ``reconstruction`` gaussian; R in
    nats is some times larger, and the same lambda weighs less beside it. The paper has lambda = 10 and one kernel for
    d = 8 and a hundred epochs; in two dimensions and few epochs a tighter hold fills the prior, so the defaults differ.
    """

    divergence_name = "mmd"

    def divergence(self, z: Tensor, prior: Tensor) -> Tensor:
        """With the kernel's C = 2 d sigma^2: the mean of |a - b|^2 of two samples of the prior (section 4)."""
        scale = 2 * self.latent_dim * self.settings.sigma**2
        return mmd(z, prior, scale, SEVERAL_SCALES if self.settings.kernel == "several" else (1.0,))

    def prior(self) -> Gaussian:
        return Gaussian(self.latent_dim, next(self.parameters()).device, self.settings.sigma)
