"""The categorical VAE by Gumbel-softmax (Jang, Gu & Poole 2016, arXiv:1611.01144)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.distributions import Distribution

from ae_studio.models.base import Terms
from ae_studio.models.gumbel import Standardised, UniformOneHots, gumbel_softmax, kl_to_uniform, one_hot_sample
from ae_studio.models.schedules import ramp
from ae_studio.models.settings_geometry import CategoricalSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder
from ae_studio.models.vae import VAE


class CategoricalVAE(VAE):
    """q(c|x) of ``latent_dim`` variables with ``categories`` options each, p(c) uniform. L = R + beta KL.

    Training decodes relaxed samples, whose temperature falls by the epochs. In evaluation mode they are exact, one-hot:
    the loss is then a bound on the likelihood of the discrete model itself, and does not depend on the temperature.
    A code holds the probabilities of all options, (B, latent_dim * categories).
    """

    settings: CategoricalSettings

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: CategoricalSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, self.code_size)
        decoder = make_decoder(image_shape, settings, self.code_size)
        self.decoder = nn.Sequential(Standardised(settings.categories), decoder)

    @property
    def code_size(self) -> int:
        return self.latent_dim * self.settings.categories

    @property
    def temperature(self) -> float:
        """tau: from 1 to ``temperature`` by equal factors, as exp(-r t) of section 4, and no further."""
        return self.settings.temperature ** ramp(self.epochs_done, self.settings.anneal)

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """q(c|x) and its logarithm, each (B, latent_dim, categories)."""
        logits = self.encoder(x).float().unflatten(1, (self.latent_dim, self.settings.categories))
        log_p = torch.log_softmax(logits, dim=-1)
        return log_p.exp(), log_p

    def encode(self, x: Tensor) -> Tensor:
        return self.posterior(x)[0].flatten(1)

    def terms(self, x: Tensor) -> Terms:
        _, log_p = self.posterior(x)
        c = gumbel_softmax(log_p, self.temperature) if self.training else one_hot_sample(log_p)
        reconstruction, kl = self.reconstruction(x, c.flatten(1)), kl_to_uniform(log_p).sum(dim=1).mean()
        return {"loss": reconstruction + self.kl_weight * kl, "reconstruction": reconstruction, "kl": kl}

    weights = VAE.weights

    def prior(self) -> Distribution:
        return UniformOneHots(self.latent_dim, self.settings.categories, next(self.parameters()).device)

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor:
        """KL(q(c|x) || p(c)) of each image and variable, nats, (B, latent_dim)."""
        return kl_to_uniform(self.posterior(x)[1])

    def code_and_spread(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor | None]:
        return self.encode_given(x, y), None  # the posterior is no Gaussian in the numbers of a code

    def draw_given(self, x: Tensor, y: Tensor, samples: int) -> tuple[Tensor, Tensor]:
        log_p = self.posterior(x)[1].expand(samples, -1, -1, -1)
        c = one_hot_sample(log_p)  # (samples, B, n, K)
        return c.flatten(2), self.prior().log_prob(c.flatten(2)) - (c * log_p).sum(dim=(2, 3))
