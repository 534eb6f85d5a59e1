"""The beta-VAE (Higgins et al. 2017, ICLR)."""

from __future__ import annotations

from ae_studio.models.settings import BetaVaeSettings
from ae_studio.models.vae import VAE


class BetaVAE(VAE):
    """L = R + beta KL (eq. 4), beta above 1 by default; with ``warmup`` it grows from 0 over the first epochs."""

    settings: BetaVaeSettings

    @property
    def kl_weight(self) -> float:
        """beta, or the part of it that the warm-up has come to."""
        if self.settings.warmup == 0:
            return self.settings.beta
        return self.settings.beta * min(1.0, self.epochs_done / self.settings.warmup)
