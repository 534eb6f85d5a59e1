"""The beta-VAE with a capacity that grows (Burgess et al. 2018, arXiv:1804.03599)."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.schedules import ramp
from ae_studio.models.settings_variational import CapacityVaeSettings
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian


class CapacityVAE(VAE):
    """L = R + gamma |KL - C| (eq. 8), C growing from 0 to ``capacity`` nats over the first epochs.

    KL is the mean over the batch: of several processes each holds that of its own share at C.
    """

    settings: CapacityVaeSettings

    @property
    def capacity(self) -> float:
        """C, nats per image, by now."""
        return self.settings.capacity * ramp(self.epochs_done, self.settings.capacity_epochs)

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        reconstruction = self.reconstruction(x, sample_gaussian(mu, logvar))
        kl = kl_to_standard_normal(mu, logvar)
        capacity = torch.full_like(kl, self.capacity)
        gap = torch.abs(kl - capacity)
        loss = reconstruction + self.settings.gamma * gap
        return {"loss": loss, "reconstruction": reconstruction, "kl": kl, "capacity": capacity, "kl_gap": gap}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "kl_gap": self.settings.gamma}
