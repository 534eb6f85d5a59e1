"""The denoising autoencoder (Vincent et al. 2008, ICML)."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.noise import standard_normal_like, uniform_like
from ae_studio.models.settings_regularised import DenoisingSettings


class DenoisingAutoencoder(DeterministicAutoencoder[DenoisingSettings]):
    """L = R(x, g(f(x~))), x~ ~ q_D(x~|x) (section 2.3): the clean image from a corrupted one.

    The validation is corrupted like the training, by the same noise in every epoch, so that its loss is the same
    function. Codes, pictures and ``mse_per_pixel`` are of clean images.
    """

    def terms(self, x: Tensor) -> Terms:
        return {"loss": self.reconstruction(x, self.encode(self.corrupted(x)))}

    def weights(self) -> dict[str, float]:
        return {"loss": 1.0}

    def corrupted(self, x: Tensor) -> Tensor:
        """Each number of an image set to 0 with probability ``masked`` (in the paper so many exactly), or
        N(0, noise^2) added to each, after which it may lie outside of [0, 1] (Vincent et al. 2010, JMLR 11)."""
        if self.settings.corruption == "mask":
            return x * (uniform_like(x) >= self.settings.masked)
        return x + self.settings.noise * standard_normal_like(x)
