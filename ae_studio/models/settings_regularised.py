"""What can be set of the families that regularise the code or the decoder. Knows no torch."""

from __future__ import annotations

from typing import Literal

from ae_studio.config import setting
from ae_studio.models.settings import DeepSettings, StackSettings


class SquaredErrorSettings(StackSettings):
    """Of families whose papers take the squared error."""

    reconstruction: Literal["bernoulli", "gaussian"] = setting(
        "gaussian",
        "Reconstruction",
        "gaussian: sum of squares, as in the paper; bernoulli: cross-entropy in nats",
    )


class TopologicalSettings(DeepSettings):
    batch_norm: bool = setting(
        True, "Batch norm", "normalises each layer over the batch, as in the paper", only_if="network=mlp"
    )
    reconstruction: Literal["bernoulli", "gaussian"] = setting(
        "gaussian",
        "Reconstruction",
        "gaussian: squared error, as in the paper; bernoulli: cross-entropy in nats; either as a mean over the pixels",
    )
    weight: float = setting(
        0.125,
        "Topological weight λ",
        "0: a plain autoencoder; large: distances count for more than the images; 0.125 here is 0.5 in the paper",
        ge=0,
        le=1000,
        live=True,
    )


class DenoisingSettings(StackSettings):
    corruption: Literal["mask", "gaussian"] = setting(
        "mask", "Corruption", "mask: some of the numbers of an image become 0; gaussian: noise is added to all"
    )
    masked: float = setting(
        0.3,
        "Masked share",
        "part of an image's numbers that become 0",
        only_if="corruption=mask",
        ge=0,
        le=0.99,
        live=True,
    )
    noise: float = setting(
        0.3,
        "Noise σ",
        "standard deviation of the noise; images run from 0 to 1",
        only_if="corruption=gaussian",
        ge=0,
        le=10,
        live=True,
    )


class SparseSettings(StackSettings):
    kind: Literal["kl", "top-k"] = setting(
        "kl", "Sparsity", "kl: every number is near 0 for most images; top-k: of each image only k numbers are not 0"
    )
    rho: float = setting(
        0.05,
        "Wanted activity ρ",
        "mean over the images that each number of the code is to have",
        only_if="kind=kl",
        gt=0,
        lt=1,
        live=True,
    )
    beta: float = setting(
        3.0,
        "Sparsity weight β",
        "0: a plain autoencoder; large: the wanted activity at any price",
        only_if="kind=kl",
        ge=0,
        le=1000,
        live=True,
    )
    k: int = setting(
        10, "Active numbers k", "the largest numbers of each code, which are kept", only_if="kind=top-k", ge=1, le=256
    )


class ContractiveSettings(StackSettings):
    weight: float = setting(
        0.1,
        "Contraction weight λ",
        "0: the deep autoencoder; larger: codes change less with the image",
        ge=0,
        le=1000,
        live=True,
    )
    projections: int = setting(
        2,
        "Directions",
        "of the code, in which its change is measured; as many as latent dimensions: exact; fewer: random ones",
        ge=1,
        le=256,
    )


class RaeSettings(SquaredErrorSettings):
    beta: float = setting(
        1e-4,
        "Code weight β",
        "per pixel, as in the paper: keeps the codes near 0; 0: nothing does",
        ge=0,
        le=10,
        live=True,
    )
    regulariser: Literal["l2", "gp", "sn"] = setting(
        "l2",
        "Regulariser",
        "l2: small weights; gp: small change of the image with the code; sn: layers that do not stretch, but the last",
    )
    l2: float = setting(
        1e-7, "Decoder weights λ", "per pixel, as in the paper; 0: off", only_if="regulariser=l2", ge=0, le=1, live=True
    )
    gp: float = setting(
        2e-7,
        "Gradient penalty λ",
        "per pixel, about as published; 0: off",
        only_if="regulariser=gp",
        ge=0,
        le=10,
        live=True,
    )


class SigmaVaeSettings(StackSettings):
    reconstruction: Literal["gaussian"] = setting(
        "gaussian", "Reconstruction", "gaussian, with the σ that fits the errors best"
    )


class GeometricSettings(SquaredErrorSettings):
    activation: Literal["elu", "relu", "tanh", "none"] = setting(  # type: ignore[assignment]  # one more than others
        "elu",
        "Activation",
        "what bends the layers; elu (as in the paper) and tanh do so smoothly, relu in folds; none: a linear network",
        only_if="network=mlp",
    )
    weight: float = setting(
        0.1,
        "Evenness weight λ",
        "per number of an image, as in the paper; 0: the deep autoencoder",
        ge=0,
        le=1000,
        live=True,
    )
    points: int = setting(
        64, "Points", "codes of each batch at which the stretching is measured", unit="codes", ge=2, le=65_536
    )
