"""Which models there are, with their settings. Knows no torch, so that the form and ``--help`` are there at once."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import field_validator

from ae_studio.config import ConfigError, Schema, setting, unknown_name

if TYPE_CHECKING:
    from ae_studio.models.base import Autoencoder

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


class LinearSettings(Schema):
    """The linear autoencoder has nothing to set but the size of its code."""


class StackSettings(Schema):
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
    reconstruction: Literal["bernoulli", "gaussian"] = setting(
        "bernoulli",
        "Reconstruction",
        "bernoulli: cross-entropy in nats, crisp on black and white; gaussian: sum of squares",
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
    )


class BetaVaeSettings(VaeSettings):
    beta: float = setting(
        4.0,
        "KL weight β",
        "above 1: simpler, more separate codes and blurrier images; 1 is the VAE",
        ge=0,
        le=1000,
    )
    warmup: int = setting(
        0, "KL warm-up", "epochs over which β grows from 0; helps against collapse", unit="epochs", ge=0, le=10_000
    )


@dataclass(frozen=True, slots=True)
class Family:
    """A model as the form, the command line and the tests see it.

    ``formula`` is HTML in the paper's letters; ``where`` is ``module:class``; ``defaults`` replace those of
    :class:`~ae_studio.config.RunConfig`.
    """

    short: str
    title: str
    summary: str
    formula: str
    where: str
    settings: type[Schema]
    paper: str
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def plain_formula(self) -> str:
        """The formula for a terminal: fractions with a stroke, lowered letters behind an underscore."""
        fractions = re.sub(r"<sup>(.*?)</sup>/<sub>(.*?)</sub>", r"\1/\2", self.formula)
        return re.sub(r"<sub>(.*?)</sub>", r"_\1", fractions)


MODELS: dict[str, Family] = {
    "linear": Family(
        short="Linear",
        title="Linear autoencoder",
        summary="One linear layer in, one out. It learns the plane that PCA finds.",
        formula="L = <sup>1</sup>/<sub>D</sub> ‖x − W′(W x + b) − b′‖²",
        where="ae_studio.models.linear:LinearAutoencoder",
        settings=LinearSettings,
        paper="Baldi & Hornik 1989, Neural Networks 2(1)",
        defaults={"lr": 1e-2, "epochs": 50, "batch_size": 64},
    ),
    "deep": Family(
        short="Deep",
        title="Deep autoencoder",
        summary="Layers that bend: the same code size keeps far more than the linear one.",
        formula="L = −log p(x | g(f(x)))",
        where="ae_studio.models.deep:DeepAutoencoder",
        settings=DeepSettings,
        paper="Hinton & Salakhutdinov 2006, Science 313",
    ),
    "vae": Family(
        short="VAE",
        title="Variational autoencoder",
        summary="Learns a distribution over codes, so that new images can be drawn.",
        formula="L = −E<sub>q</sub>[log p(x|z)] + KL(q(z|x) ‖ p(z))",
        where="ae_studio.models.vae:VAE",
        settings=VaeSettings,
        paper="Kingma & Welling 2013, arXiv:1312.6114",
    ),
    "beta-vae": Family(
        short="β-VAE",
        title="β-VAE",
        summary="A VAE that weighs the prior by β: one knob from sharp to orderly.",
        formula="L = −E<sub>q</sub>[log p(x|z)] + β KL(q(z|x) ‖ p(z))",
        where="ae_studio.models.beta_vae:BetaVAE",
        settings=BetaVaeSettings,
        paper="Higgins et al. 2017, ICLR",
    ),
}


def family(name: str) -> Family:
    """The family of this name. Raises :class:`ConfigError` that lists the known ones."""
    if name not in MODELS:
        raise ConfigError(unknown_name("model", name, MODELS))
    return MODELS[name]


def model_class(name: str) -> type[Autoencoder[Any]]:
    """The family's class; imports torch."""
    module, attribute = family(name).where.split(":")
    return getattr(importlib.import_module(module), attribute)
