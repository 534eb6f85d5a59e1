"""What every model can do. A family is one subclass in one file, its line in the catalog, and its card."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any, Generic, Literal, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.distributions import Distribution

from ae_studio.config import Schema
from ae_studio.models.stacks import ImageShape

S = TypeVar("S", bound=Schema)
Terms = dict[str, Tensor]
Likelihood = Literal["bernoulli", "gaussian", "gaussian-linear"]

OPPONENT = "discriminator"  # the term that an opponent minimises


class Autoencoder(nn.Module, ABC, Generic[S]):
    """Images x (B, C, H, W) in [0, 1] to codes z (B, code_size) and back.

    Parameters: ``image_shape`` (C, H, W), ``latent_dim``, and the family's ``settings``.

    ``opponent`` is a network that learns against the rest (a discriminator): what it minimises is the term
    ``"discriminator"``, which must reach its parameters only, as ``"loss"`` must not reach them.
    """

    loss_unit = "nats per image"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """A family with terms of its own tells its own weights: those of what it extends may miss a part."""
        super().__init_subclass__(**kwargs)
        if ("terms" in vars(cls) or "terms_given" in vars(cls)) and "weights" not in vars(cls):
            cls.weights = Autoencoder.weights  # type: ignore[method-assign]

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: S) -> None:
        super().__init__()
        self.image_shape = image_shape
        self.latent_dim = latent_dim
        self.settings = settings
        self.opponent: nn.Module | None = None  # not of the class: that would hide what a family sets
        self.epochs_done = 0.0  # set by the training, with its fraction: for terms that follow a schedule

    @property
    def pixels(self) -> int:
        """Numbers in an image, D."""
        return math.prod(self.image_shape)

    @property
    def code_size(self) -> int:
        """Numbers in a code: the latent dimensions, and with some families more."""
        return self.latent_dim

    @abstractmethod
    def encode(self, x: Tensor) -> Tensor:
        """Images to codes (B, code_size); the posterior's mean where there is a posterior."""

    @abstractmethod
    def decode(self, z: Tensor) -> Tensor:
        """Codes to images (B, C, H, W)."""

    @abstractmethod
    def terms(self, x: Tensor) -> Terms:
        """Every term of the loss as a scalar, mean over the batch; ``"loss"`` is the one to minimise."""

    @abstractmethod
    def decoder_module(self) -> nn.Module:
        """The part of the network that decodes, for a copy of its own."""

    # What only some families have

    def weights(self) -> dict[str, float]:
        """What terms are multiplied by in the loss, as things stand; the products of those named add up to it.

        Empty where the loss is no such sum, or its family does not say.
        """
        return {}

    def encode_given(self, x: Tensor, y: Tensor) -> Tensor:
        """:meth:`encode` where the classes y (B,), int64, are known; for families that learn from them."""
        return self.encode(x)

    def code_and_spread(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor | None]:
        """:meth:`encode_given`, and the standard deviations (B, latent_dim) of a posterior that is a Gaussian."""
        return self.encode_given(x, y), None

    def terms_given(self, x: Tensor, y: Tensor) -> Terms:
        """:meth:`terms` likewise. The training calls this one."""
        return self.terms(x)

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor | None:
        """KL(q(z|x) || p(z)) of each image, nats, (B, parts); None for a model without a posterior.

        Its parts add up to the whole: one for each latent dimension where both distributions factorise over them.
        """
        return None

    def begin(self, x: Tensor, images: int | None = None) -> None:
        """Once, before the first step of a new run: some of the training images, for parts that start from data.

        ``images`` is how many training images there are in all, by default those of ``x``. What is made of either must
        be a parameter or a buffer, so that a run that goes on, and an opened snapshot, have it again.
        """

    def prior(self) -> Distribution | None:
        """Where codes (code_size,) are drawn from to make new images; None for a model that learns no prior.

        On the model's device, as it is now: its ``sample`` and, where there is one, its ``log_prob`` in nats.
        """
        return None

    def codebook(self, z: Tensor) -> tuple[Tensor, Tensor] | None:
        """Entries (K, latent_dim) and the share (K,) of these codes' slots that each takes; None without a codebook."""
        return None

    def parameter_groups(self, lr: float, weight_decay: float) -> list[dict[str, Any]]:
        """What Adam is given: the model's own parameters, then those of an opponent, which learns at its own pace."""
        theirs = list(self.opponent.parameters()) if self.opponent is not None else []
        known = {id(parameter) for parameter in theirs}
        own = [parameter for parameter in self.parameters() if id(parameter) not in known]
        groups: list[dict[str, Any]] = [{"params": own, "lr": lr, "weight_decay": weight_decay}]
        return [*groups, {"params": theirs, "weight_decay": 0.0, **self.opponent_adam(lr)}] if theirs else groups

    def opponent_adam(self, lr: float) -> dict[str, Any]:
        """Learning rate and betas of the opponent's Adam."""
        return {"lr": lr}

    def forward(self, x: Tensor) -> Terms:
        return self.terms(x)


class LearnsFromLabels:
    """Marks a family whose constructor takes, behind the settings, the number of classes of the data."""


def minimised(terms: Terms) -> Tensor:
    """What a step goes down: the loss, and what an opponent makes of it; no parameter has a part in both."""
    return terms["loss"] + terms[OPPONENT] if OPPONENT in terms else terms["loss"]


class StackedAutoencoder(Autoencoder[S]):
    """An autoencoder with a pixel likelihood over a decoder that gives logits."""

    decoder: nn.Module

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: S) -> None:
        super().__init__(image_shape, latent_dim, settings)
        likelihood: Likelihood = settings.reconstruction  # type: ignore[attr-defined]
        self.likelihood = likelihood
        self.loss_unit = "nats per image" if likelihood == "bernoulli" else "squared error per image"

    def decode(self, z: Tensor) -> Tensor:
        return pixel_means(self.decoder(z), self.likelihood)

    def decoder_module(self) -> nn.Module:
        return self.decoder if self.likelihood == "gaussian-linear" else nn.Sequential(self.decoder, nn.Sigmoid())

    def reconstruction(self, x: Tensor, z: Tensor) -> Tensor:
        """R of the bestiary: summed over an image's pixels, mean over the batch."""
        return reconstruction_error(x, self.decoder(z), self.likelihood)


def pixel_means(logits: Tensor, likelihood: Likelihood) -> Tensor:
    """x^ of what a decoder gives: sigmoid(logits), or the very numbers where the likelihood is linear."""
    return logits if likelihood == "gaussian-linear" else torch.sigmoid(logits)


def reconstruction_error(x: Tensor, logits: Tensor, likelihood: Likelihood) -> Tensor:
    """Bernoulli: -sum[x log x^ + (1 - x) log(1 - x^)], nats; Gaussian: sum (x - x^)^2; mean over the batch."""
    if likelihood == "bernoulli":
        return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
    return F.mse_loss(pixel_means(logits, likelihood), x, reduction="sum") / len(x)


def reconstruction_errors(x: Tensor, logits: Tensor, likelihood: Likelihood) -> Tensor:
    """The same of each image, (B,): what a bound needs that weighs several samples of one image."""
    if likelihood == "bernoulli":
        per_pixel = F.binary_cross_entropy_with_logits(logits, x, reduction="none")
    else:
        per_pixel = F.mse_loss(pixel_means(logits, likelihood), x, reduction="none")
    return per_pixel.flatten(1).sum(1)
