"""The sliced Wasserstein autoencoder (Kolouri et al. 2018, arXiv:1804.01947)."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.divergences import random_directions, sliced_wasserstein
from ae_studio.models.matching import MatchingAutoencoder
from ae_studio.models.priors import PRIORS, CodePrior
from ae_studio.models.settings_matching import SwaeSettings


class SlicedWae(MatchingAutoencoder[SwaeSettings]):
    """L = R + lambda SW_2^2(q(z), p(z)) (eq. 15), p(z) anything that can be sampled.

    With ``projections`` new random directions at each step. The published code takes the mean over the pixels for R and
    lambda = 10; beside our sum over the D pixels the same balance is lambda = 10 D.
    """

    divergence_name = "sliced_wasserstein"

    def divergence(self, z: Tensor, prior: Tensor) -> Tensor:
        return sliced_wasserstein(z, prior, random_directions(self.settings.projections, z))

    def prior(self) -> CodePrior:
        return PRIORS[self.settings.prior](self.latent_dim, next(self.parameters()).device)
