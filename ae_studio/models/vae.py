"""The variational autoencoder (Kingma & Welling 2013, arXiv:1312.6114)."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.models.base import StackedAutoencoder, Terms
from ae_studio.models.catalog import VaeSettings
from ae_studio.models.noise import standard_normal_like
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder


class VAE(StackedAutoencoder[VaeSettings]):
    """q(z|x) = N(mu, diag sigma^2), p(z) = N(0, I). L = R + beta KL; at beta = 1 the negative ELBO (eq. 10)."""

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: VaeSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, 2 * latent_dim)  # one head: mu, log sigma^2
        self.decoder = make_decoder(image_shape, settings, latent_dim)

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """mu and log sigma^2 of q(z|x), each (B, latent_dim)."""
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        return mu, logvar

    def encode(self, x: Tensor) -> Tensor:
        return self.posterior(x)[0]

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        reconstruction = self.reconstruction(x, sample_gaussian(mu, logvar))
        kl = kl_to_standard_normal(mu, logvar)
        return {"loss": reconstruction + self.kl_weight * kl, "reconstruction": reconstruction, "kl": kl}

    @property
    def kl_weight(self) -> float:
        """beta, 1 in the paper."""
        return self.settings.beta


def sample_gaussian(mu: Tensor, logvar: Tensor) -> Tensor:
    """z = mu + sigma * eps, eps ~ N(0, I): the reparameterisation of section 2.4."""
    return mu + torch.exp(0.5 * logvar) * standard_normal_like(mu)


def kl_to_standard_normal(mu: Tensor, logvar: Tensor) -> Tensor:
    """1/2 sum_j (mu_j^2 + sigma_j^2 - 1 - log sigma_j^2), nats, mean over the batch (appendix B)."""
    return kl_per_dimension(mu, logvar).sum()


def kl_per_dimension(mu: Tensor, logvar: Tensor) -> Tensor:
    """The same, each dimension's share, (latent_dim,)."""
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar).mean(dim=0)
