"""The conditional VAE (Sohn, Lee & Yan 2015, NIPS): encoder and decoder are told the class."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.distributions import Distribution, OneHotCategorical

from ae_studio.models.base import LearnsFromLabels, Terms
from ae_studio.models.gaussian import log_standard_normal
from ae_studio.models.settings import StackSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder
from ae_studio.models.vae import VAE, kl_of_images, kl_to_standard_normal, sample_gaussian


class ConditionalVAE(VAE, LearnsFromLabels):
    """q(z|x, y) = N(mu, diag sigma^2), p(z|y) = N(0, I), p(x|z, y). L = R + beta KL (eq. 4, the prior without y).

    At beta = 1 a bound on -log p(x|y). A code is z and, behind it, y one-hot: (B, latent_dim + classes).
    """

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: StackSettings, classes: int) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.classes = classes
        channels, height, width = image_shape
        self.as_channels = settings.network == "conv"  # else y stands behind the pixels, as so many more
        seen = (channels + classes, height, width) if self.as_channels else (self.pixels + classes, 1, 1)
        self.encoder = make_encoder(seen, settings, 2 * latent_dim)
        self.decoder = make_decoder(image_shape, settings, latent_dim + classes)

    @property
    def code_size(self) -> int:
        return self.latent_dim + self.classes

    def posterior_given(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        label = F.one_hot(y, self.classes).to(x.dtype)  # (B, classes)
        if self.as_channels:
            planes = label[:, :, None, None].expand(-1, -1, *self.image_shape[1:])
            seen = torch.cat([x, planes], dim=1)  # (B, C + classes, H, W)
        else:
            seen = torch.cat([x.flatten(1), label], dim=1)  # (B, D + classes)
        mu, logvar = self.encoder(seen).chunk(2, dim=1)
        return mu, logvar

    def code_given(self, z: Tensor, y: Tensor) -> Tensor:
        return torch.cat([z, F.one_hot(y, self.classes).to(z.dtype)], dim=-1)

    def encode_given(self, x: Tensor, y: Tensor) -> Tensor:
        return self.code_given(self.posterior_given(x, y)[0], y)

    def terms_given(self, x: Tensor, y: Tensor) -> Terms:
        mu, logvar = self.posterior_given(x, y)
        reconstruction = self.reconstruction(x, self.code_given(sample_gaussian(mu, logvar), y))
        kl = kl_to_standard_normal(mu, logvar)
        return {"loss": reconstruction + self.kl_weight * kl, "reconstruction": reconstruction, "kl": kl}

    weights = VAE.weights

    def prior(self) -> Distribution:
        """p(z) = N(0, I), and every class as probable as the others."""
        return LabelledPrior(super().prior(), self.classes)

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor:
        """Of each dimension, (B, latent_dim), given the class."""
        return kl_of_images(*self.posterior_given(x, y))

    def log_prior(self, z: Tensor) -> Tensor:
        return log_standard_normal(z).sum(-1)

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        raise ValueError("a conditional VAE does nothing without the classes: call posterior_given(x, y)")

    def encode(self, x: Tensor) -> Tensor:
        raise ValueError("a conditional VAE does nothing without the classes: call encode_given(x, y)")

    def terms(self, x: Tensor) -> Terms:
        raise ValueError("a conditional VAE does nothing without the classes: call terms_given(x, y)")


class LabelledPrior(Distribution):
    """Codes z, y: z of ``latents``, and behind it y one-hot, of the classes with equal probability."""

    arg_constraints = {}  # noqa: RUF012  (torch's own way to say that there is nothing to check)

    def __init__(self, latents: Distribution, classes: int) -> None:
        (dim,) = latents.event_shape
        super().__init__(event_shape=torch.Size([dim + classes]), validate_args=False)
        self.latents = latents
        self.label = OneHotCategorical(logits=latents.mean.new_zeros(classes))

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        shape = torch.Size(sample_shape)
        return torch.cat([self.latents.sample(shape), self.label.sample(shape)], dim=-1)

    def log_prob(self, value: Tensor) -> Tensor:
        """log p(z) + log p(y), nats."""
        z, y = value.split([len(self.latents.mean), len(self.label.logits)], dim=-1)
        return self.latents.log_prob(z) + self.label.log_prob(y)
