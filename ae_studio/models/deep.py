"""The deep autoencoder (Hinton & Salakhutdinov 2006, Science 313): 784-1000-500-250-d and its mirror."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.base import StackedAutoencoder, Terms
from ae_studio.models.settings import DeepSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder


class DeepAutoencoder(StackedAutoencoder[DeepSettings]):
    """z = f(x), x^ = sigmoid(g(z)); the loss is the reconstruction error R alone. The code is linear, unbounded."""

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: DeepSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, latent_dim)
        self.decoder = make_decoder(image_shape, settings, latent_dim)

    def encode(self, x: Tensor) -> Tensor:
        return self.encoder(x)

    def terms(self, x: Tensor) -> Terms:
        return {"loss": self.reconstruction(x, self.encode(x))}
