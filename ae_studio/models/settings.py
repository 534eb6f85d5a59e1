"""What can be set of each family: the form's fields and the command line's --set. Knows no torch."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import field_validator

from ae_studio.config import Schema, setting
from ae_studio.events import LatentSpace

MAX_LAYERS = 8
MAX_WIDTH = 16_384


def parse_widths(text: str) -> tuple[int, ...]:
    """``"512-256"`` to (512, 256). Raises ValueError unless it is 1 to 8 widths from 1 to 16,384."""
    if not re.fullmatch(r"\d+(-\d+)*", text):
        raise ValueError("must be layer widths joined by '-', like 512-256")
    widths = tuple(int(part) for part in text.split("-"))
    if len(widths) > MAX_LAYERS or not all(1 <= width <= MAX_WIDTH for width in widths):
        raise ValueError(f"must be at most {MAX_LAYERS} widths, each from 1 to {MAX_WIDTH:,}")
    return widths


class ModelSettings(Schema):
    """Of every family; says, too, what its codes are and what it cannot learn from."""

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        """What the numbers of a code are; ``class_names`` are those of the data."""
        return LatentSpace(latent_dim)

    def problem(self, latent_dim: int, class_names: tuple[str, ...]) -> str:
        """Why the family cannot learn so many latent dimensions, or from data of these classes; else empty."""
        return ""


class LinearSettings(ModelSettings):
    """The linear autoencoder has nothing to set but the size of its code."""


class StackSettings(ModelSettings):
    """The networks on either side of the code; the decoder mirrors the encoder."""

    network: Literal["mlp", "conv", "linear"] = setting(
        "mlp", "Network", "mlp: fully connected layers; conv: convolutions, better on larger images; linear: none"
    )
    hidden: str = setting(
        "512-256", "Hidden layers", "widths of the encoder's layers; the decoder mirrors them", only_if="network=mlp"
    )
    channels: str = setting(
        "32-64", "Channels", "channels of the encoder's stages, each of which halves the image", only_if="network=conv"
    )
    activation: Literal["relu", "tanh", "none"] = setting(
        "relu", "Activation", "what bends the layers; none keeps the whole network linear", only_if="network=mlp"
    )
    reconstruction: Literal["bernoulli", "gaussian", "gaussian-linear"] = setting(
        "bernoulli",
        "Reconstruction",
        "bernoulli: cross-entropy in nats, crisp on black and white; gaussian: sum of squares; "
        "gaussian-linear: the same without the sigmoid at the end, so that a linear network is one throughout",
    )

    @field_validator("hidden", "channels")
    @classmethod
    def _widths(cls, text: str) -> str:
        parse_widths(text)
        return text


class DeepSettings(StackSettings):
    hidden: str = setting(
        "1000-500-250",
        "Hidden layers",
        "widths of the encoder's layers; the decoder mirrors them",
        only_if="network=mlp",
    )


class VaeSettings(StackSettings):
    beta: float = setting(
        1.0,
        "KL weight β",
        "above 1: simpler, more separate codes and blurrier images; 0: no prior at all",
        ge=0,
        le=1000,
        live=True,
    )


class BetaVaeSettings(VaeSettings):
    beta: float = setting(
        4.0,
        "KL weight β",
        "above 1: simpler, more separate codes and blurrier images; 1 is the VAE",
        ge=0,
        le=1000,
        live=True,
    )
    warmup: int = setting(
        0, "KL warm-up", "epochs over which β grows from 0; helps against collapse", unit="epochs", ge=0, le=10_000
    )
