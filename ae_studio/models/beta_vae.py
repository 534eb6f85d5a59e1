"""The beta-VAE (Higgins et al. 2017, ICLR)."""

from __future__ import annotations

from ae_studio.models.schedules import ramp
from ae_studio.models.settings import BetaVaeSettings
from ae_studio.models.vae import VAE


class BetaVAE(VAE):
    """L = R + beta KL (eq. 4), beta above 1 by default; with ``warmup`` it grows from 0 over the first epochs."""

    settings: BetaVaeSettings

    @property
    def kl_weight(self) -> float:
        """beta, or the part of it that the warm-up has come to."""
        return self.settings.beta * ramp(self.epochs_done, self.settings.warmup)
