"""The topological autoencoder (Moor et al. 2020, arXiv:1906.00722)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from ae_studio.models.base import StackedAutoencoder, Terms
from ae_studio.models.settings_regularised import TopologicalSettings
from ae_studio.models.spanning_tree import minimum_spanning_trees
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder


class TopologicalAutoencoder(StackedAutoencoder[TopologicalSettings]):
    """L = R_mean + lambda L_t (section 4): the distances that hold a batch together are the same in both spaces.

    R_mean is a mean over pixels, unlike R elsewhere here. The paper's images run from -1 to 1, in which R_mean is four
    times as large: its lambda of 0.5 is 0.125 here.

    L_t couples the images of a batch: its edges are shorter in a larger batch, so only values of equal batch sizes
    compare (the validation's has its own), and several processes each compute it over their own share.
    """

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: TopologicalSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, latent_dim, batch_norm=settings.batch_norm)
        self.decoder = make_decoder(image_shape, settings, latent_dim, batch_norm=settings.batch_norm)
        self.log_scale = nn.Parameter(torch.zeros(()))  # of the codes' distances; the logarithm keeps it above zero
        self.loss_unit = "nats per pixel" if self.likelihood == "bernoulli" else "squared error per pixel"

    def encode(self, x: Tensor) -> Tensor:
        return self.encoder(x)

    def terms(self, x: Tensor) -> Terms:
        z = self.encode(x)
        reconstruction = self.reconstruction(x, z) / self.pixels
        topological = topological_loss(*self.distances(x, z))
        loss = reconstruction + self.settings.weight * topological
        return {"loss": loss, "reconstruction": reconstruction, "topological": topological}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "topological": self.settings.weight}

    def distances(self, x: Tensor, z: Tensor) -> tuple[Tensor, Tensor]:
        """A_X and A_Z, each (B, B).

        A_X is divided by sqrt(D), the largest distance that two images can have, as the published code does with
        images; the largest of the batch, which it takes for other data, would change from step to step.
        """
        a_x = torch.cdist(x.float().flatten(1), x.float().flatten(1)) / math.sqrt(self.pixels)
        # Not by a matrix product: the difference of two squares is no distance any more where codes are close.
        a_z = torch.cdist(z.float(), z.float(), compute_mode="donot_use_mm_for_euclid_dist")
        return a_x, a_z * torch.exp(-self.log_scale)


def topological_loss(a_x: Tensor, a_z: Tensor) -> Tensor:
    """L_t = 1/B (||A_X[pi_X] - A_Z[pi_X]||^2 + ||A_Z[pi_Z] - A_X[pi_Z]||^2), as the published code has it: the paper
    writes 1/2 before each norm and no 1/B.

    pi are the persistence pairings of dimension 0: the edges of the minimum spanning tree. They are constants to the
    gradient, and at a distance of zero it is zero.
    """
    pairings = minimum_spanning_trees(torch.stack([a_x, a_z]))  # (2, B, B)
    return ((a_x - a_z).square() * pairings).sum() / len(a_x)
