"""The regularised autoencoder, RAE (Ghosh et al. 2020, arXiv:1903.12436)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from ae_studio.models.base import Terms, reconstruction_error
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.jacobian import value_and_columns
from ae_studio.models.noise import standard_normal_like
from ae_studio.models.settings_regularised import RaeSettings
from ae_studio.models.stacks import ImageShape


class RegularisedAutoencoder(DeterministicAutoencoder[RaeSettings]):
    """L = R + P (beta/2 ||z||^2 + lambda L_reg) (section 3): a VAE's smoothness without its noise.

    R is a sum over the P pixels of an image, the published one a mean: P times the published weights do here what they
    do there. New codes come from a mixture of Gaussians that is fitted afterwards (section 4).

    The spectral norm leaves the last layer free. With it, the logits of all pixels together could move by no more than
    the code does, and hardly anything would be learned; in the published networks, batch norms undo each layer's bound.

    The gradient penalty is the paper's, ||J_g||^2. The published code's is another, of the gradient of ||g(z)||^2; its
    weight of 5e-8 comes, on MNIST, to 1e-7 to 4e-7 of this one.
    """

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: RaeSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        if settings.regulariser == "sn":
            for layer in weighted_layers(self.decoder)[:-1]:
                spectral_norm(layer)

    def terms(self, x: Tensor) -> Terms:
        settings, z = self.settings, self.encode(x)
        code = 0.5 * z.float().square().sum() / len(z)
        terms, weighted = {"code": code}, settings.beta * code
        if settings.regulariser == "gp":
            logits, terms["gradient"] = self.decoded_with_gradient(z)
            weighted = weighted + settings.gp * terms["gradient"]
        else:
            logits = self.decoder(z)
        if settings.regulariser == "l2":
            terms["weights"] = squared_weights(self.decoder)
            weighted = weighted + settings.l2 * terms["weights"]
        reconstruction = reconstruction_error(x, logits, self.likelihood)
        _, height, width = self.image_shape
        return {"loss": reconstruction + height * width * weighted, "reconstruction": reconstruction, **terms}

    def weights(self) -> dict[str, float]:
        settings, (_, height, width) = self.settings, self.image_shape
        others = {"gp": {"gradient": settings.gp}, "l2": {"weights": settings.l2}}.get(settings.regulariser, {})
        every = {"code": settings.beta, **others}
        return {"reconstruction": 1.0, **{name: height * width * weight for name, weight in every.items()}}

    def decoded_with_gradient(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """The logits, and ||J_g(z)||_F^2 of the images, summed over their numbers: E ||J_g v||^2, v ~ N(0, I), by one v
        for each image (Hutchinson 1989)."""
        logits, (column,) = value_and_columns(self.decoder, z, standard_normal_like(z.float())[None])
        x = torch.sigmoid(logits)
        return logits, (x * (1 - x) * column).square().sum() / len(z)


def weighted_layers(network: nn.Module) -> list[nn.Module]:
    """Its linear layers and convolutions."""
    return [layer for layer in network.modules() if isinstance(layer, nn.Linear | nn.ConvTranspose2d)]


def squared_weights(network: nn.Module) -> Tensor:
    """The sum of all squared weights, without the offsets."""
    return torch.stack([parameter.square().sum() for parameter in network.parameters() if parameter.ndim > 1]).sum()
