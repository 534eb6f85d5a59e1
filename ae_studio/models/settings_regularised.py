"""What can be set of the families that regularise the code or the decoder. Knows no torch."""

from __future__ import annotations

from typing import Literal

from ae_studio.config import setting
from ae_studio.models.settings import StackSettings


class TopologicalSettings(StackSettings):
    hidden: str = setting(
        "1000-500-250",
        "Hidden layers",
        "widths of the encoder's layers; the decoder mirrors them",
        only_if="network=mlp",
    )
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
    )


class DenoisingSettings(StackSettings):
    corruption: Literal["mask", "gaussian"] = setting(
        "mask", "Corruption", "mask: some of the numbers of an image become 0; gaussian: noise is added to all"
    )
    masked: float = setting(
        0.3, "Masked share", "part of an image's numbers that become 0", only_if="corruption=mask", ge=0, le=0.99
    )
    noise: float = setting(
        0.3,
        "Noise σ",
        "standard deviation of the noise; images run from 0 to 1",
        only_if="corruption=gaussian",
        ge=0,
        le=10,
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
    )
    beta: float = setting(
        3.0,
        "Sparsity weight β",
        "0: a plain autoencoder; large: the wanted activity at any price",
        only_if="kind=kl",
        ge=0,
        le=1000,
    )
    k: int = setting(
        10, "Active numbers k", "the largest numbers of each code, which are kept", only_if="kind=top-k", ge=1, le=256
    )
