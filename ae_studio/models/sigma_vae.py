"""The sigma-VAE (Rybkin et al. 2021, arXiv:2006.13202): a Gaussian decoder whose variance is the one that fits."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ae_studio.models.base import Terms, reconstruction_errors
from ae_studio.models.settings_regularised import SigmaVaeSettings
from ae_studio.models.stacks import ImageShape
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian

LEAST_VARIANCE = 1 / (12 * 255**2)  # of rounding to 256 grey values: a smaller one would describe the rounding


class SigmaVAE(VAE):
    """L = -log N(x; x^, sigma*^2 I) + KL, nats per image, below 0 where the density is above 1.

    One sigma*^2 for all pixels, the mean squared error of the batch: it minimises L, so there is no beta to
    choose. Several processes each take that of their own share.
    """

    settings: SigmaVaeSettings

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: SigmaVaeSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.loss_unit = "nats per image"

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        errors = self._errors(x, sample_gaussian(mu, logvar))
        variance = self.optimal_variance(errors)
        reconstruction = self._negative_log_likelihood(errors, variance).mean()
        kl = kl_to_standard_normal(mu, logvar)
        loss = reconstruction + kl
        return {"loss": loss, "reconstruction": reconstruction, "kl": kl, "sigma": variance.sqrt()}

    weights = VAE.weights

    def optimal_variance(self, errors: Tensor) -> Tensor:
        """sigma*^2 of squared errors that are sums over images, any shape; at least the variance of rounding."""
        return (errors.mean() / self.pixels).clamp(min=LEAST_VARIANCE)

    def _errors(self, x: Tensor, z: Tensor) -> Tensor:
        """sum (x - x^)^2 of each image, (B,)."""
        return reconstruction_errors(x, self.decoder(z).float(), "gaussian")

    def _negative_log_likelihood(self, errors: Tensor, variance: Tensor) -> Tensor:
        """D/2 log(2 pi sigma^2) + error / (2 sigma^2), nats: D/2 log(2 pi sigma*^2) + D/2 in the mean at sigma*."""
        return 0.5 * (self.pixels * torch.log(2 * math.pi * variance) + errors / variance)

    def log_likelihood(self, x: Tensor, codes: Tensor) -> Tensor:
        """log p(x|z) of codes (samples, B, code_size), nats, (samples, B); sigma* is that of all of them together."""
        repeated = x.expand(len(codes), *x.shape).flatten(0, 1)
        errors = self._errors(repeated, codes.flatten(0, 1)).view(len(codes), len(x))
        return -self._negative_log_likelihood(errors, self.optimal_variance(errors))
