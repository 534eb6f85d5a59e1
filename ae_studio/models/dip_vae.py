"""The DIP-VAE (Kumar et al. 2018, arXiv:1711.00848): the codes' covariance is led to the identity."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.settings_variational import DipVaeSettings
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian


class DipVAE(VAE):
    """L = R + KL + lambda_od sum_(i != j) Cov_ij^2 + lambda_d sum_i (Cov_ii - 1)^2.

    Cov is that of the posterior means over the images (kind I, eq. 6) or of the codes, which adds their own spread
    (kind II, eq. 7). It is taken over the batch, with 1/B: several processes each take it over their own share.
    """

    settings: DipVaeSettings

    @property
    def diagonal_weight(self) -> float:
        """lambda_d: the two kinds want weights of different size."""
        return self.settings.lambda_d if self.settings.kind == "I" else self.settings.lambda_d_ii

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        reconstruction = self.reconstruction(x, sample_gaussian(mu, logvar))
        kl = kl_to_standard_normal(mu, logvar)
        cov = covariance(mu) if self.settings.kind == "I" else covariance(mu, logvar)
        off_diagonal, diagonal = distance_to_identity(cov)
        penalty = self.settings.lambda_od * off_diagonal + self.diagonal_weight * diagonal
        return {
            "loss": reconstruction + kl + penalty,
            "reconstruction": reconstruction,
            "kl": kl,
            "off_diagonal": off_diagonal,
            "diagonal": diagonal,
        }

    def weights(self) -> dict[str, float]:
        penalty = {"off_diagonal": self.settings.lambda_od, "diagonal": self.diagonal_weight}
        return {"reconstruction": 1.0, "kl": 1.0, **penalty}


def covariance(mu: Tensor, logvar: Tensor | None = None) -> Tensor:
    """Cov(mu) over the batch, (d, d); with logvar that of z: Cov(mu) + E[diag sigma^2] (eq. 5)."""
    with torch.autocast(mu.device.type, enabled=False):  # a product in 16 bits would blur what is to be zero
        centred = mu.float() - mu.float().mean(dim=0)
        of_means = centred.T @ centred / len(mu)
    return of_means if logvar is None else of_means + torch.diag(logvar.float().exp().mean(dim=0))


def distance_to_identity(cov: Tensor) -> tuple[Tensor, Tensor]:
    """sum_(i != j) Cov_ij^2 and sum_i (Cov_ii - 1)^2."""
    diagonal = cov.diagonal()
    off_diagonal = cov - torch.diag(diagonal)
    return off_diagonal.square().sum(), (diagonal - 1).square().sum()
