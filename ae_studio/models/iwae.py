"""The importance weighted autoencoder (Burda, Grosse & Salakhutdinov 2016, arXiv:1509.00519)."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ae_studio.models.base import Terms, reconstruction_errors
from ae_studio.models.gaussian import log_normal, log_standard_normal
from ae_studio.models.settings_variational import IwaeSettings
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian


class IWAE(VAE):
    """L = -E[log 1/K sum_k w_k], w_k = p(x, z_k) / q(z_k|x), z_k ~ q(z|x) (eq. 8); at K = 1 the VAE's.

    The same network with a tighter bound. ``negative_elbo`` is what its samples say of the VAE's loss, R + KL.
    """

    settings: IwaeSettings

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = (each.float() for each in self.posterior(x))
        each_mu, each_logvar = (each[:, None].expand(-1, self.settings.samples, -1) for each in (mu, logvar))
        z = sample_gaussian(each_mu, each_logvar)  # (B, K, d)
        errors = self._errors(x, z)  # (B, K)
        log_w = (log_standard_normal(z) - log_normal(z, each_mu, each_logvar)).sum(2) - errors
        return {
            "loss": -log_mean_exp(log_w).mean(),
            "reconstruction": errors.mean(),
            "kl": kl_to_standard_normal(mu, logvar),
            "negative_elbo": -log_w.mean(),
        }

    def _errors(self, x: Tensor, z: Tensor) -> Tensor:
        """-log p(x|z_k), (B, K), nats; Gaussian with sigma^2 = 1/2, without its constant, as everywhere in a loss."""
        repeated = x.repeat_interleave(z.shape[1], dim=0)
        errors = reconstruction_errors(repeated, self.decoder(z.flatten(0, 1)), self.likelihood)
        return errors.view(z.shape[:2])


def log_mean_exp(log_w: Tensor) -> Tensor:
    """log 1/K sum_k w_k of log w (B, K), (B,)."""
    return torch.logsumexp(log_w, dim=1) - math.log(log_w.shape[1])
