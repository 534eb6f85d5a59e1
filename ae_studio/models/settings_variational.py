"""What can be set of the variational families beyond the VAE and the beta-VAE. Knows no torch."""

from __future__ import annotations

from typing import Literal

from ae_studio.config import setting
from ae_studio.events import LatentSpace, Switch
from ae_studio.models.settings import StackSettings, VaeSettings


class ConditionalVaeSettings(VaeSettings):
    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, switches=(Switch("class", class_names, given=True),))

    def problem(self, latent_dim: int, class_names: tuple[str, ...]) -> str:
        if len(class_names) >= 2:
            return ""
        found = "one class" if class_names else "no labels"
        return f"model: conditional-vae learns from the classes of the images, and this data has {found}; take vae"


class CapacityVaeSettings(StackSettings):
    capacity: float = setting(
        25.0,
        "Capacity C",
        "nats of KL that the code is led to, at the end of its growth",
        unit="nats",
        ge=0,
        le=1000,
        live=True,
    )
    capacity_epochs: int = setting(
        10, "Capacity growth", "epochs over which C grows from 0; 0: all of it at once", unit="epochs", ge=0, le=10_000
    )
    gamma: float = setting(
        3.0,
        "Weight γ",
        "how strongly the KL is held at C; the paper takes 1000, on large sprites",
        ge=0,
        le=10_000,
        live=True,
    )


class BetaTcvaeSettings(VaeSettings):
    alpha: float = setting(
        1.0,
        "Mutual information α",
        "what the code has to pay for knowing which image it stands for",
        ge=0,
        le=1000,
        live=True,
    )
    beta: float = setting(
        6.0,
        "Total correlation β",
        "what dimensions of the code pay for telling of one another",
        ge=0,
        le=1000,
        live=True,
    )
    gamma: float = setting(
        1.0,
        "Dimension-wise KL γ",
        "what each dimension by itself pays for differing from the prior",
        ge=0,
        le=1000,
        live=True,
    )


class FactorVaeSettings(StackSettings):
    gamma: float = setting(
        6.4,
        "Total correlation γ",
        "what dimensions of the code pay, on top, for telling of one another",
        ge=0,
        le=1000,
        live=True,
    )
    width: int = setting(
        1000, "Opponent's width", "units in each of the 6 layers of the network that estimates it", ge=1, le=2048
    )


class DipVaeSettings(StackSettings):
    kind: Literal["I", "II"] = setting(
        "I", "Kind", "whose covariance is led to the identity: I, of the clouds' centres; II, of the codes themselves"
    )
    lambda_od: float = setting(
        10.0, "Covariance weight λod", "what two dimensions pay for varying together", ge=0, le=10_000, live=True
    )
    lambda_d: float = setting(
        100.0,
        "Variance weight λd",
        "what a dimension pays for a variance other than 1; the paper takes 10 λod",
        only_if="kind=I",
        ge=0,
        le=10_000,
        live=True,
    )
    lambda_d_ii: float = setting(
        10.0,
        "Variance weight λd",
        "what a dimension pays for a variance other than 1; the paper takes λod",
        only_if="kind=II",
        ge=0,
        le=10_000,
        live=True,
    )


class IwaeSettings(StackSettings):
    samples: int = setting(
        5, "Samples K", "codes drawn for each image; more: a tighter bound, and as many times the decoding", ge=1, le=64
    )


class VampVaeSettings(VaeSettings):
    components: int = setting(
        500,
        "Pseudo-inputs K",
        "learned images whose clouds make up the prior; each is encoded in every step",
        ge=1,
        le=2000,
    )
