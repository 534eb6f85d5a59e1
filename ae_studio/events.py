"""What a run tells the world: frozen, holding read-only numpy arrays and plain values, so that it may cross threads.

Images are uint8, shape (n, H, W) for grey and (n, H, W, 3) for colour, 0 for no ink and 255 for full. Loss terms are
in the model's own units; ``loss`` is the one that is minimised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

Images = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
Terms = Mapping[str, float]
SettingValue = bool | int | float | str

Decoder = Callable[[Codes], Images]
"""Codes of shape (n, code size) to n images. Has its own copy of the weights: training never blocks it."""


Derivatives = Callable[..., tuple[Codes, Codes]]
"""Codes (n, code size) to decoded images in [0, 1], (n, D), and the decoder's Jacobians there, (n, D, code size).

With directions (n, k, code size) for a second argument it gives the images' derivatives along those alone, (n, D, k):
of many numbers in a code that is far quicker. The D numbers of an image are in the order channels, height, width.
"""


@dataclass(frozen=True, slots=True)
class Encoded:
    """``codes`` (n, code size), the posterior's means where there is one.

    ``spread`` (n, dim): the standard deviations of a Gaussian posterior; None for models without one.
    """

    codes: Codes
    spread: Codes | None = None


Encoder = Callable[[Images, Labels], Encoded]
"""Images uint8 (n, H, W) or (n, H, W, 3) and their classes (n,) to their codes; frozen as the decoder is."""

Sampler = Callable[[int, int], Codes]
"""A number n of codes and a seed to codes (n, code size): of the prior or, without one, of what was learned."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A part of a code that is one of several ``options``: as many numbers, 1 for the one that holds and 0 elsewhere.

    ``given``: it is told to the model, as a class is, and not found in the image.
    """

    name: str
    options: tuple[str, ...]
    given: bool = False


@dataclass(frozen=True, slots=True)
class LatentSpace:
    """What the numbers of a code are: ``dim`` numbers, ``slots`` times, and behind them those of the ``switches``.

    ``kind`` says where the ``dim`` numbers may lie: anywhere (flat); on the unit sphere; inside the ball of this
    ``radius``; or in the places that a codebook has (then each slot is one of its entries).
    """

    dim: int
    kind: Literal["flat", "sphere", "ball", "codebook"] = "flat"
    radius: float = 1.0
    slots: int = 1
    switches: tuple[Switch, ...] = ()

    @property
    def size(self) -> int:
        """All numbers of a code."""
        return self.dim * self.slots + sum(len(switch.options) for switch in self.switches)


USAGE_LEVELS = ("unused", "rare", "usual", "often")  # of a codebook's entries, against an even use


@dataclass(frozen=True, slots=True)
class Codebook:
    """``entries`` (K, dim), and ``usage`` (K,): the share of the fixed sample's slots that each of them takes."""

    entries: Codes
    usage: Codes

    @property
    def perplexity(self) -> float:
        """exp of the entropy of the usage: how many entries are in use, counted by how much; 1 to K."""
        used = self.usage[self.usage > 0]
        return float(np.exp(-(used * np.log(used)).sum()))


@dataclass(frozen=True, slots=True)
class Prior:
    """What new codes are drawn from, where a model learns that. ``sd``: N(0, sd^2 I) of the latent dimensions; None: of
    another form, known by what is drawn from it.
    """

    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What the model makes of the fixed images at one moment.

    ``codes`` (n, code size) are the posterior means of the fixed validation sample, ``reconstructions`` those of the
    probe images. ``epoch`` counts whole epochs done; ``step`` training steps. ``spread`` (n, dim) are the standard
    deviations of Gaussian posteriors, ``kl`` (dim,) what each dimension costs, in nats, mean over the sample, where the
    prior is a normal distribution; None for all other models. ``prior`` is None where none is learned, or known.
    """

    epoch: int
    step: int
    codes: Codes
    reconstructions: Images
    decoder: Decoder
    sampler: Sampler | None = None
    codebook: Codebook | None = None
    encoder: Encoder | None = None
    derivatives: Derivatives | None = None
    spread: Codes | None = None
    kl: Codes | None = None
    prior: Prior | None = None


@dataclass(frozen=True, slots=True)
class RunStarted:
    """First of a run. ``first_epoch`` is the number of epochs already done: 0, or more where a run goes on.

    One that ``goes_on`` lies on the disk with these epochs, which are not told again.

    ``probes`` are the fixed images of the reconstruction grid, ``sample_labels`` the classes of each look's codes and
    ``sample_images`` the images themselves, None where they are not known.
    """

    run: Path
    epochs: int
    first_epoch: int
    steps_per_epoch: int
    space: LatentSpace
    parameters: int
    train_images: int
    validation_images: int
    device: str
    precision: str
    probes: Images
    sample_labels: Labels
    class_names: tuple[str, ...]
    loss_unit: str = ""
    sample_images: Images | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class StepsDone:
    """Many steps at once, none lost: ``steps`` (n,) counted from 1, and for every term its n values.

    ``weights`` maps a term to what it was multiplied by in the loss, at the first of the steps and at the last; empty
    where the model does not say.
    """

    epoch: int
    steps: npt.NDArray[np.int64]
    terms: Mapping[str, npt.NDArray[np.float32]]
    images_per_second: float
    weights: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ValuesChanged:
    """Settings of the run were changed behind ``step`` steps: ``values``, by name, hold from the next one on.

    ``epoch`` counts whole epochs done; ``before`` are the same settings' values until then.
    """

    epoch: int
    step: int
    values: Mapping[str, SettingValue]
    before: Mapping[str, SettingValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayerStep:
    """What one step did to a layer of ``weights`` numbers; all sizes are Euclidean norms.

    ``gradient`` is that of the loss, before clipping; ``size`` that of the weights before the step; ``update`` how far
    the step moved them.
    """

    name: str
    weights: int
    gradient: float
    size: float
    update: float


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A training step from the inside, as it was carried out: what slow motion shows.

    ``images`` are the first of its batch of ``batch_size``, ``labels`` their classes; ``codes`` (n, code size) what
    they were encoded to, with the ``spread`` (n, dim) of a Gaussian posterior; ``samples`` (n, code size) the codes
    that were decoded, to the images ``decoded``. ``noise`` says why those are other ones: drawn from a posterior, or of
    images with noise in them; ``none`` where they are the same. ``terms`` are those of the whole batch, ``weights``
    what each is multiplied by in the loss. ``gradient`` is the norm, before clipping, of the gradient of all that goes
    down the loss (an opponent's is not in it), ``clip`` the largest norm allowed, 0 for any.
    """

    epoch: int
    step: int
    images: Images
    labels: Labels
    batch_size: int
    codes: Codes
    spread: Codes | None
    samples: Codes
    decoded: Images
    noise: Literal["none", "posterior", "image"]
    terms: Terms
    weights: Terms
    gradient: float
    clip: float
    learning_rate: float
    layers: tuple[LayerStep, ...]


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


Event = RunStarted | StepsDone | ValuesChanged | StepSeen | LookDone | EpochDone | RunStalled | RunGoesOn | RunEnded
OnEvent = Callable[[Event], None]
