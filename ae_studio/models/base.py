"""What every model can do. A family is one subclass in one file, plus its line in the catalog."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Generic, Literal, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ae_studio.config import Schema
from ae_studio.models.stacks import ImageShape

S = TypeVar("S", bound=Schema)
Terms = dict[str, Tensor]


class Autoencoder(nn.Module, ABC, Generic[S]):
    """Images x (B, C, H, W) in [0, 1] to codes z (B, latent_dim) and back.

    Parameters: ``image_shape`` (C, H, W), ``latent_dim``, and the family's ``settings``.
    """

    loss_unit = "nats per image"

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: S) -> None:
        super().__init__()
        self.image_shape = image_shape
        self.latent_dim = latent_dim
        self.settings = settings
        self.epochs_done = 0.0  # set by the training, with its fraction: for terms that follow a schedule

    @property
    def pixels(self) -> int:
        """Numbers in an image, D."""
        return math.prod(self.image_shape)

    @abstractmethod
    def encode(self, x: Tensor) -> Tensor:
        """Images to codes (B, latent_dim); the posterior's mean where there is a posterior."""

    @abstractmethod
    def decode(self, z: Tensor) -> Tensor:
        """Codes to images (B, C, H, W)."""

    @abstractmethod
    def terms(self, x: Tensor) -> Terms:
        """Every term of the loss as a scalar, mean over the batch; ``"loss"`` is the one to minimise."""

    @abstractmethod
    def decoder_module(self) -> nn.Module:
        """The part of the network that decodes, for a copy of its own."""

    def forward(self, x: Tensor) -> Terms:
        return self.terms(x)


class StackedAutoencoder(Autoencoder[S]):
    """An autoencoder with a pixel likelihood over a decoder that gives logits."""

    decoder: nn.Module

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: S) -> None:
        super().__init__(image_shape, latent_dim, settings)
        likelihood: Literal["bernoulli", "gaussian"] = settings.reconstruction  # type: ignore[attr-defined]
        self.likelihood = likelihood
        self.loss_unit = "nats per image" if likelihood == "bernoulli" else "squared error per image"

    def decode(self, z: Tensor) -> Tensor:
        return torch.sigmoid(self.decoder(z))

    def decoder_module(self) -> nn.Module:
        return nn.Sequential(self.decoder, nn.Sigmoid())

    def reconstruction(self, x: Tensor, z: Tensor) -> Tensor:
        """R of the bestiary: summed over an image's pixels, mean over the batch."""
        return reconstruction_error(x, self.decoder(z), self.likelihood)


def reconstruction_error(x: Tensor, logits: Tensor, likelihood: str) -> Tensor:
    """Bernoulli: -sum[x log x^ + (1 - x) log(1 - x^)], nats; Gaussian: sum (x - x^)^2; x^ = sigmoid(logits)."""
    if likelihood == "bernoulli":
        return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
    return F.mse_loss(torch.sigmoid(logits), x, reduction="sum") / len(x)
