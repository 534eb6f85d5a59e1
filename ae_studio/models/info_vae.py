"""The InfoVAE (Zhao et al. 2017, arXiv:1706.02262) with the MMD as its divergence."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.divergences import mmd
from ae_studio.models.noise import standard_normal_like
from ae_studio.models.settings_matching import InfoVaeSettings
from ae_studio.models.vae import VAE, kl_to_standard_normal


class InfoVAE(VAE):
    """L = R + (1 - alpha) KL(q(z|x) || p(z)) + (alpha + lambda - 1) MMD^2(q(z), p(z)) (eq. 6).

    alpha = 0, lambda = 1 is the VAE, alpha = 1 - lambda the beta-VAE with beta = lambda, and alpha = 1 has no KL
    ("MMD-VAE"). The MMD has the kernel and the estimate of the Wasserstein autoencoder, where the paper leaves a
    choice; several processes compute it over their own shares of a batch. Its sample of the prior is the very noise
    that made z: without that, the estimate's noise times lambda hides what the decoder could gain, and a short run on
    small images ends with q(z|x) = p(z).
    """

    settings: InfoVaeSettings

    @property
    def kl_weight(self) -> float:
        return 1 - self.settings.alpha

    @property
    def mmd_weight(self) -> float:
        return self.settings.alpha + self.settings.weight - 1

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        noise = standard_normal_like(mu)
        z = mu + torch.exp(0.5 * logvar) * noise
        reconstruction, kl = self.reconstruction(x, z), kl_to_standard_normal(mu, logvar)
        divergence = mmd(z, noise, scale=2 * self.latent_dim, paired=True)
        loss = reconstruction + self.kl_weight * kl + self.mmd_weight * divergence
        return {"loss": loss, "reconstruction": reconstruction, "kl": kl, "mmd": divergence}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "kl": self.kl_weight, "mmd": self.mmd_weight}
