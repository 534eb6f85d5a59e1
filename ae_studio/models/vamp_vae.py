"""The VampPrior (Tomczak & Welling 2018, arXiv:1705.07120): a prior made of the posteriors of learned images."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from ae_studio.models.base import Terms
from ae_studio.models.gaussian import log_normal
from ae_studio.models.settings import StackSettings
from ae_studio.models.settings_variational import VampVaeSettings
from ae_studio.models.stacks import ImageShape
from ae_studio.models.vae import VAE, sample_gaussian

NOISE = 0.01  # standard deviation of what is added to the images that the pseudo-inputs start from
AT_ONCE = 2**24  # numbers of a density held in memory: 64 MiB


class VampVAE(VAE):
    """p(z) = 1/K sum_k q(z|u_k) (eq. 9) with learned pseudo-inputs u_k. L = R + beta KL, the KL from one sample, nats.

    KL = E_q[log q(z|x) - log p(z)] has no closed form here; a single batch may make it negative.
    """

    settings: VampVaeSettings

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: StackSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.pseudo_inputs = nn.Parameter(torch.rand(self.settings.components, *image_shape))  # (K, C, H, W)

    def begin(self, x: Tensor, images: int | None = None) -> None:
        """The pseudo-inputs start from images, each taken as often as the others."""
        count = len(self.pseudo_inputs)
        order = torch.cat([torch.randperm(len(x)) for _ in range(0, count, len(x))])[:count]
        start = x[order].to(self.pseudo_inputs.device)
        # Cut off at 0 and 1: beyond, where the clamp of mixture() holds them, they would get no gradient.
        self.pseudo_inputs.data.copy_((start + NOISE * torch.randn_like(start)).clamp(0, 1))

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = (each.float() for each in self.posterior(x))
        z = sample_gaussian(mu, logvar)
        reconstruction = self.reconstruction(x, z)
        kl = (log_normal(z, mu, logvar).sum(1) - self.mixture().log_prob(z)).mean()
        return {"loss": reconstruction + self.kl_weight * kl, "reconstruction": reconstruction, "kl": kl}

    weights = VAE.weights

    def mixture(self) -> MixtureSameFamily:
        """p(z), through which the encoder and the pseudo-inputs learn."""
        mu, logvar = (each.float() for each in self.posterior(self.pseudo_inputs.clamp(0, 1)))  # each (K, d)
        # Unchecked: torch's checks would wait for the device in every step.
        components = Independent(Normal(mu, torch.exp(0.5 * logvar), validate_args=False), 1, validate_args=False)
        alike = Categorical(logits=torch.zeros_like(mu[:, 0]), validate_args=False)
        return MixtureSameFamily(alike, components, validate_args=False)

    @torch.no_grad()
    def prior(self) -> MixtureSameFamily:
        """p(z) as it is now."""
        return self.mixture()

    def log_prior(self, z: Tensor) -> Tensor:
        """A part of the samples after the other: each is held against every pseudo-input."""
        prior, rows = self.prior(), z.reshape(-1, self.latent_dim)
        some = max(1, AT_ONCE // (len(self.pseudo_inputs) * self.latent_dim))
        return torch.cat([prior.log_prob(part) for part in rows.split(some)]).view(z.shape[:-1])
