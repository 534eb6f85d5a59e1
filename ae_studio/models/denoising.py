"""The denoising autoencoder (Vincent et al. 2008, ICML)."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.base import StackedAutoencoder, Terms
from ae_studio.models.noise import standard_normal_like, uniform_like
from ae_studio.models.settings_regularised import DenoisingSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder


class DenoisingAutoencoder(StackedAutoencoder[DenoisingSettings]):
    """L = R(x, g(f(x~))), x~ ~ q_D(x~|x) (section 2.3): the clean image from a corrupted one.

    The validation is corrupted like the training, by the same noise in every epoch, so that its loss is the same
    function. Codes, pictures and ``mse_per_pixel`` are of clean images.
    """

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: DenoisingSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, latent_dim)
        self.decoder = make_decoder(image_shape, settings, latent_dim)

    def encode(self, x: Tensor) -> Tensor:
        return self.encoder(x)

    def terms(self, x: Tensor) -> Terms:
        return {"loss": self.reconstruction(x, self.encode(self.corrupted(x)))}

    def corrupted(self, x: Tensor) -> Tensor:
        """Each number of an image set to 0 with probability ``masked`` (in the paper so many exactly), or
        N(0, noise^2) added to each, after which it may lie outside of [0, 1] (Vincent et al. 2010, JMLR 11)."""
        if self.settings.corruption == "mask":
            return x * (uniform_like(x) >= self.settings.masked)
        return x + self.settings.noise * standard_normal_like(x)
