"""What can be set of the families whose codes lie in a codebook, in switches, or on a curved space. Knows no torch."""

from __future__ import annotations

from ae_studio.config import setting
from ae_studio.events import LatentSpace, Switch
from ae_studio.models.settings import StackSettings, VaeSettings


class VqVaeSettings(StackSettings):
    entries: int = setting(
        128,
        "Codebook entries K",
        "places that a slot can be in; more tell more, and more of them lie idle",
        ge=2,
        le=1024,
    )
    slots: int = setting(
        16, "Slots", "entries that an image is described by, one after the other, from the same codebook", ge=1, le=64
    )
    commitment: float = setting(
        0.25,
        "Commitment β",
        "how strongly the encoder is held to the entries that it has chosen",
        ge=0,
        le=100,
        live=True,
    )
    decay: float = setting(
        0.99, "Codebook decay γ", "share of an entry's running mean that stays at each step", ge=0, le=0.9999
    )

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, kind="codebook", slots=self.slots)


class HypersphericalSettings(VaeSettings):
    least_kappa: float = setting(
        1.0,
        "Least concentration κ₀",
        "below which no code's κ falls; more of it keeps many dimensions from collapsing, and costs nats",
        ge=0,
        le=1000,
    )

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, kind="sphere")

    def problem(self, latent_dim: int, class_names: tuple[str, ...]) -> str:
        if latent_dim >= 2:
            return ""
        return f"latent_dim must be at least 2 for a sphere, got {latent_dim}: 2 is a circle, 3 an ordinary sphere"


class PoincareSettings(VaeSettings):
    curvature: float = setting(
        0.7,
        "Curvature c",
        "how fast room grows with the distance from the middle; the ball has radius 1/√c",
        ge=0.01,
        le=10,
    )

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, kind="ball", radius=self.curvature**-0.5)


class CategoricalSettings(VaeSettings):
    categories: int = setting(
        10, "Options K", "options of each variable; a code has as many numbers for it", ge=2, le=64
    )
    temperature: float = setting(
        0.5,
        "Last temperature τ",
        "how soft samples are in training once τ has come down from 1; near 0 they are one-hot",
        ge=0.1,
        le=5,
        live=True,
    )
    anneal: int = setting(
        10,
        "Annealing",
        "epochs over which the temperature goes from 1 to its last value",
        unit="epochs",
        ge=0,
        le=10_000,
    )

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(0, switches=switches(latent_dim, self.categories))


class JointVaeSettings(StackSettings):
    variables: int = setting(
        1, "Choices", "variables with options, beside the continuous latent dimensions", ge=1, le=16
    )
    categories: int = setting(10, "Options K", "options of each choice", ge=2, le=64)
    gamma: float = setting(
        1.0,
        "Weight γ",
        "how strongly both KL are held at their capacities; the paper takes 30, on images of 32 x 32",
        ge=0,
        le=10_000,
        live=True,
    )
    capacity_z: float = setting(
        2.0,
        "Capacity of the numbers C",
        "nats that the continuous part is led to",
        unit="nats",
        ge=0,
        le=1000,
        live=True,
    )
    capacity_c: float = setting(
        2.2,
        "Capacity of the choices C",
        "nats that the choices are led to; never more than they can hold, log K each",
        unit="nats",
        ge=0,
        le=1000,
        live=True,
    )
    capacity_epochs: int = setting(
        60,
        "Capacity growth",
        "epochs over which both grow from 0; 0: all of it at once",
        unit="epochs",
        ge=0,
        le=10_000,
    )
    temperature: float = setting(
        0.67, "Temperature τ", "how soft the choices are in training; near 0 they are one-hot", ge=0.1, le=5, live=True
    )

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, switches=switches(self.variables, self.categories))


def switches(variables: int, categories: int) -> tuple[Switch, ...]:
    """c1, c2, ... with the options 1 to K each."""
    options = tuple(str(number) for number in range(1, categories + 1))
    return tuple(Switch(f"c{number}", options) for number in range(1, variables + 1))
