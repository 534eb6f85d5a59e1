"""The hyperspherical VAE (Davidson, Falorsi, De Cao, Kipf & Tomczak 2018, arXiv:1804.00891)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn
from torch.distributions import Distribution

from ae_studio.models.base import Terms
from ae_studio.models.settings_geometry import HypersphericalSettings
from ae_studio.models.stacks import ImageShape, make_encoder
from ae_studio.models.vae import VAE
from ae_studio.models.von_mises_fisher import UniformOnSphere, VonMisesFisher


class HypersphericalVAE(VAE):
    """q(z|x) = vMF(mu, kappa), p(z) = uniform, on the unit sphere of R^m, m = ``latent_dim``. L = R + beta KL.

    kappa has a least value: one that may fall to 0 does so in the first steps, while the decoder still has no use for
    the code, and never comes back. A code is the mean direction mu. What is decoded is put onto the sphere first, so
    that the middle of two codes is a code as well.
    """

    settings: HypersphericalSettings

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: HypersphericalSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(
            image_shape, settings, latent_dim + 1
        )  # one head: mu, and kappa before its softplus

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """mu (B, latent_dim) and kappa (B, 1) of q(z|x)."""
        mu, kappa = self.encoder(x).float().split([self.latent_dim, 1], dim=1)
        return F.normalize(mu, dim=1), F.softplus(kappa) + self.settings.least_kappa

    def cloud(self, x: Tensor) -> VonMisesFisher:
        """q(z|x) of the images."""
        mu, kappa = self.posterior(x)
        return VonMisesFisher(mu, kappa.squeeze(1))

    def terms(self, x: Tensor) -> Terms:
        q = self.cloud(x)
        reconstruction, kl = self.reconstruction(x, q.sample()), q.kl_to_uniform().mean()
        return {
            "loss": reconstruction + self.kl_weight * kl,
            "reconstruction": reconstruction,
            "kl": kl,
            "concentration": q.kappa.mean().float(),
        }

    weights = VAE.weights

    def decode(self, z: Tensor) -> Tensor:
        return super().decode(F.normalize(z, dim=1))

    def decoder_module(self) -> nn.Module:
        return nn.Sequential(OntoSphere(), super().decoder_module())

    def prior(self) -> Distribution:
        """p(z): every direction alike, with a density on the sphere's surface."""
        return UniformOnSphere(self.latent_dim, next(self.parameters()).device)

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor:
        """KL(q(z|x) || p(z)) of each image, nats, (B, 1): it does not fall into dimensions."""
        return self.cloud(x).kl_to_uniform().unsqueeze(1)

    def code_and_spread(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor | None]:
        return self.encode_given(x, y), None  # the posterior is no Gaussian in the numbers of a code

    def draw_given(self, x: Tensor, y: Tensor, samples: int) -> tuple[Tensor, Tensor]:
        mu, kappa = self.posterior(x)
        q = VonMisesFisher(mu.expand(samples, -1, -1), kappa.squeeze(1).expand(samples, -1))
        z = q.sample()  # (samples, B, m)
        return z, -q.log_ratio(z)


class OntoSphere(nn.Module):
    """Codes (B, m) to the unit vectors of their directions; 0, which has none, stays."""

    def forward(self, z: Tensor) -> Tensor:
        return F.normalize(z, dim=1)
