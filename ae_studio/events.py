"""What a run tells the world: frozen, holding read-only numpy arrays and plain values, so that it may cross threads.

Images are uint8, shape (n, H, W) for grey and (n, H, W, 3) for colour, 0 for no ink and 255 for full. Loss terms are
in the model's own units; ``loss`` is the one that is minimised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

Images = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
Terms = Mapping[str, float]

Decoder = Callable[[Codes], Images]
"""Codes of shape (n, latent_dim) to n images. Has its own copy of the weights: training never blocks it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the model makes of the fixed images at one moment.

    ``codes`` (n, latent_dim) are the posterior means of the fixed validation sample, ``reconstructions`` those of the
    probe images. ``epoch`` counts whole epochs done; ``step`` training steps.
    """

    epoch: int
    step: int
    codes: Codes
    reconstructions: Images
    decoder: Decoder


@dataclass(frozen=True, slots=True)
class RunStarted:
    """First of a run. ``first_epoch`` is the number of epochs already done: 0, or more after a resume.

    ``probes`` are the fixed images of the reconstruction grid, ``sample_labels`` the classes of each look's codes.
    """

    run: Path
    epochs: int
    first_epoch: int
    steps_per_epoch: int
    latent_dim: int
    parameters: int
    train_images: int
    validation_images: int
    device: str
    precision: str
    probes: Images
    sample_labels: Labels
    class_names: tuple[str, ...]
    loss_unit: str = ""


@dataclass(frozen=True, slots=True)
class StepsDone:
    """Many steps at once, none lost: ``steps`` (n,) counted from 1, and for every term its n values."""

    epoch: int
    steps: npt.NDArray[np.int64]
    terms: Mapping[str, npt.NDArray[np.float32]]
    images_per_second: float


@dataclass(frozen=True, slots=True)
class LookDone:
    """A look between two epochs, a few times a second."""

    look: Look


@dataclass(frozen=True, slots=True)
class EpochDone:
    """An epoch is done, validated and on disk. Epoch 0 is the model before training: ``train`` is empty."""

    epoch: int
    train: Terms
    validation: Terms
    learning_rate: float
    seconds: float
    images_per_second: float
    snapshot: Path
    look: Look


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Last of a run, exactly one on every path. ``reason`` is in the user's words; ``run`` is None without a folder."""

    outcome: Literal["finished", "stopped", "failed"]
    reason: str
    run: Path | None


@dataclass(frozen=True, slots=True)
class RunStalled:
    """Only of a run that is watched: for so many seconds nothing in its folder has changed."""

    seconds: float


@dataclass(frozen=True, slots=True)
class RunGoesOn:
    """Behind a :class:`RunStalled`: something has changed again."""


Event = RunStarted | StepsDone | LookDone | EpochDone | RunStalled | RunGoesOn | RunEnded
OnEvent = Callable[[Event], None]
