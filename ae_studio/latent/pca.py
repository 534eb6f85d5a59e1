"""Principal components as an autoencoder: the best that a linear one can do (Baldi & Hornik 1989), to compare with."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ae_studio.data.batches import Indices, Source
from ae_studio.models.linear import LinearAutoencoder
from ae_studio.models.pixels import to_unit
from ae_studio.models.settings import LinearSettings
from ae_studio.models.stacks import ImageShape

WORK = 5e10  # multiplications that the covariance may cost, about a second: all of MNIST, a tenth of CIFAR-10
FEWEST = 2000  # images that are taken whatever they cost
CHUNK = 2000


class PrincipalComponents(LinearAutoencoder):
    """z = V^T (x - mean), x^ = V z + mean, with the ``latent_dim`` directions V (D, d) of largest variance."""

    def __init__(self, image_shape: ImageShape, mean: Tensor, directions: Tensor) -> None:
        """``mean`` (D,) and orthonormal ``directions`` (D, d)."""
        super().__init__(image_shape, directions.shape[1], LinearSettings())
        with torch.no_grad():
            self.encoder.weight.copy_(directions.T)
            self.encoder.bias.copy_(-directions.T @ mean)
            self.decoder.weight.copy_(directions)
            self.decoder.bias.copy_(mean)
        self.requires_grad_(False).eval()


def fit_pca(images: Source, shape: ImageShape, indices: Indices, latent_dim: int) -> PrincipalComponents:
    """Of the chosen images (n, *shape), or of as many of them, evenly spread, as :data:`WORK` allows."""
    pixels = math.prod(shape)
    most = max(FEWEST, int(WORK / pixels**2))
    chosen = torch.tensor(indices[:: -(-len(indices) // most)])
    total = torch.zeros(pixels, dtype=torch.float64)
    squares = torch.zeros(pixels, pixels, dtype=torch.float64)
    for part in torch.split(chosen, CHUNK):
        x = to_unit(images.index_select(0, part)).flatten(1)  # (n, D)
        total += x.sum(0)
        squares += x.T @ x
    mean = total / len(chosen)
    _, directions = torch.linalg.eigh(squares / len(chosen) - mean.outer(mean))  # in ascending order
    largest = directions[:, -min(latent_dim, pixels) :].flip(1)
    return PrincipalComponents(shape, mean.float(), largest.float())
