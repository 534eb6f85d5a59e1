"""What the families share that map an image to one code, without noise."""

from __future__ import annotations

from typing import TypeVar

from torch import Tensor, nn

from ae_studio.models.base import StackedAutoencoder
from ae_studio.models.settings import StackSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder

D = TypeVar("D", bound=StackSettings)


class DeterministicAutoencoder(StackedAutoencoder[D]):
    """z = f(x) (B, latent_dim), and x^ from g(z); what is asked of the code beside that is the family's."""

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: D) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder: nn.Module = make_encoder(image_shape, settings, latent_dim)
        self.decoder = make_decoder(image_shape, settings, latent_dim)

    def encode(self, x: Tensor) -> Tensor:
        return self.encoder(x)
