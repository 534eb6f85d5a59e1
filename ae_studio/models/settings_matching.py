"""What can be set of the families that match the codes to a prior. Knows no torch."""

from __future__ import annotations

from typing import Literal

from ae_studio.config import setting
from ae_studio.models.settings import StackSettings

PriorName = Literal["normal", "mixture", "swiss-roll", "square", "ring", "circle"]
IN_THE_PLANE = ("mixture", "swiss-roll")
PRIOR_HELP = (
    "the shape that the codes are to fill: N(0, I), ten petals, a Swiss roll, the square from -1 to 1, "
    "a ring of radii 1/2 to 1, the unit circle"
)


class MatchingSettings(StackSettings):
    weight: float = setting(
        100.0,
        "Prior weight λ",
        "what a difference between codes and prior costs, beside the error of an image",
        ge=0,
        le=1e6,
        live=True,
    )


class WaeMmdSettings(MatchingSettings):
    reconstruction: Literal["bernoulli", "gaussian"] = setting(
        "gaussian",
        "Reconstruction",
        "gaussian: sum of squares, the paper's cost; bernoulli: cross-entropy in nats, against which λ weighs less",
    )
    sigma: float = setting(1.0, "Prior's width σ", "standard deviation of the prior N(0, σ² I)", ge=0.01, le=100)
    kernel: Literal["several", "one"] = setting(
        "several",
        "Kernel",
        "several: the sum of kernels with C from a tenth to ten times 2dσ², fills the prior best; one: C = 2dσ² alone",
    )


class InfoVaeSettings(StackSettings):
    alpha: float = setting(
        0.0,
        "Information α",
        "1 − α is the weight of the KL: 1 leaves it out, and the code may say all of an image; below 0 it weighs more",
        ge=-9,
        le=1,
        live=True,
    )
    weight: float = setting(
        10.0, "Matching λ", "α + λ − 1 is the weight of the MMD; λ = 1 with α = 0 is the VAE", ge=1, le=1e6, live=True
    )

    def problem(self, latent_dim: int, class_names: tuple[str, ...]) -> str:
        if self.alpha + self.weight < 1:
            least = f"{1 - self.alpha:g}"
            return f"weight must be at least 1 - alpha, here {least}: below, codes unlike the prior would be rewarded"
        return ""


class ShapedPriorSettings(MatchingSettings):
    """Of a family that can match any prior which can be sampled."""

    prior: PriorName = setting("normal", "Prior", PRIOR_HELP)

    def problem(self, latent_dim: int, class_names: tuple[str, ...]) -> str:
        if self.prior in IN_THE_PLANE and latent_dim < 2:
            return f"latent_dim must be at least 2 for the prior {self.prior}, drawn in a plane, got {latent_dim}"
        return ""


class SwaeSettings(ShapedPriorSettings):
    prior: PriorName = setting("ring", "Prior", PRIOR_HELP)
    weight: float = setting(
        1000.0,
        "Prior weight λ",
        "what the squared distance of codes and prior costs; about ten times the number of pixels in the paper's code",
        ge=0,
        le=1e6,
        live=True,
    )
    projections: int = setting(
        50, "Projections", "random directions a step in which codes and prior are compared", ge=1, le=1000
    )


class AdversarialSettings(ShapedPriorSettings):
    prior: PriorName = setting("mixture", "Prior", PRIOR_HELP)
    weight: float = setting(
        5.0,
        "Adversarial weight λ",
        "what it costs the codes to be told from the prior, nats a nat",
        ge=0,
        le=1e4,
        live=True,
    )
    discriminator_width: int = setting(
        256, "Discriminator's width", "units in each of its two hidden layers", unit="units", ge=1, le=4096
    )
    discriminator_pace: float = setting(
        3.0, "Discriminator's pace", "its learning rate over that of the rest", ge=0.01, le=100, live=True
    )
