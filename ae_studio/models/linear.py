"""The talk's first beast: one linear layer in, one out. It learns the subspace of PCA (Baldi & Hornik 1989)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from ae_studio.models.base import Autoencoder, Terms
from ae_studio.models.settings import LinearSettings
from ae_studio.models.stacks import ImageShape


class LinearAutoencoder(Autoencoder[LinearSettings]):
    """z = W x + b, x^ = W' z + b'. The loss is the mean squared error over pixels and batch."""

    loss_unit = "squared error per pixel"

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: LinearSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = nn.Linear(self.pixels, latent_dim)
        self.decoder = nn.Linear(latent_dim, self.pixels)

    def encode(self, x: Tensor) -> Tensor:
        return self.encoder(x.flatten(1))

    def decode(self, z: Tensor) -> Tensor:
        return self.decoder(z).unflatten(1, self.image_shape)

    def decoder_module(self) -> nn.Module:
        return nn.Sequential(self.decoder, nn.Unflatten(1, self.image_shape))

    def terms(self, x: Tensor) -> Terms:
        x = x.flatten(1)  # (B, D)
        return {"loss": F.mse_loss(self.decoder(self.encoder(x)), x)}

    def weights(self) -> dict[str, float]:
        return {"loss": 1.0}
