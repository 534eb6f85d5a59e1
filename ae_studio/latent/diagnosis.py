"""What a run suffers from, in plain words, with what to change. Knows no torch: it looks at terms, codes and settings.

A loss that explodes ends the run by itself; see :mod:`ae_studio.training.steps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ae_studio.config import RunConfig, field_specs
from ae_studio.events import Codes, LatentSpace
from ae_studio.latent.activity import ACTIVE, STILL
from ae_studio.latent.measured import shown
from ae_studio.models.catalog import family

COLLAPSED = 0.1  # nats of KL below which codes say next to nothing about their images
LASTING = 10  # epochs in a row, after which something is told before the end: a code may take some to form

FAR_TOO_STRONG = 0.25  # of the number of pixels, from which on a KL weight looks like multiplied by it
FAR_TOO_WEAK = 2.0  # over the number of pixels, up to which it looks like made for a mean over them

# Families whose loss compares the images of a batch with one another: what it compares, and the fewest images, or the
# fewest for each latent dimension, that still say something about it.
COUPLED = {
    "topological": ("The topological term compares the distances within a batch", 16, 0),
    "wae-mmd": ("MMD compares the codes of a batch with as many samples of the prior", 32, 0),
    "info-vae": ("MMD compares the codes of a batch with as many samples of the prior", 32, 0),
    "swae": ("The sliced Wasserstein distance compares the codes of a batch with samples of the prior", 32, 0),
    "beta-tcvae": ("The total correlation is estimated from the posteriors of a batch", 32, 0),
    "factor-vae": ("The total correlation is estimated from the codes of a batch", 32, 0),
    "dip-vae": ("The covariance of the codes is estimated from a batch", 16, 2),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """Of one ``kind``; ``setting`` is the one it is about, empty for none, and ``brief`` is what stands beside that."""

    kind: str
    text: str
    setting: str = ""
    brief: str = ""


def before_training(config: RunConfig, pixels: int) -> list[Advice]:
    """What the settings alone give away, for images of so many numbers; 0 where that is not known."""
    return [advice for advice in (_odd_kl_weight(config, pixels), _small_batch(config)) if advice]


def _odd_kl_weight(config: RunConfig, pixels: int) -> Advice | None:
    """A beta that belongs to another reduction: a mean over the pixels makes the same number D times stronger."""
    spec = field_specs(family(config.model).settings).get("beta")
    if not pixels or spec is None or not spec.label.startswith("KL weight"):
        return None
    beta = float(config.settings.get("beta", spec.default))
    summed = f"The error is summed here over all {pixels:,} pixels, not averaged"
    if beta >= FAR_TOO_STRONG * pixels:
        same = shown(beta / pixels)
        text = (
            f"{summed}: β = {beta:g} leaves the codes nothing to say. If it was multiplied by {pixels:,}, take {same}."
        )
        return Advice("strong beta", text, "beta", f"Far too strong for an error summed over {pixels:,} pixels")
    if 0 < beta <= FAR_TOO_WEAK / pixels:
        text = f"{summed}: β = {beta:g} is next to none. If it was made for a mean, take {shown(beta * pixels)}."
        return Advice("weak beta", text, "beta", f"Next to none for an error summed over {pixels:,} pixels")
    return None


def _small_batch(config: RunConfig) -> Advice | None:
    if config.model not in COUPLED:
        return None
    what, fewest, for_each_dimension = COUPLED[config.model]
    wanted = max(fewest, for_each_dimension * config.latent_dim)
    if config.batch_size >= wanted:
        return None
    text = f"{what}: {config.batch_size} images are too few for that. Take {wanted} or more."
    return Advice("small batch", text, "batch_size", f"Too few for this loss: take {wanted} or more")


def of_an_epoch(terms: Mapping[str, float], codes: Codes, space: LatentSpace) -> list[Advice]:
    """What an epoch's validation terms and its codes (n, code_size) show: a collapse, or else units that are dead."""
    kl = terms.get("kl")
    numbers = space.dim * space.slots
    if space.kind != "flat" or len(codes) < 2 or not numbers:
        variance = None
    else:
        variance = codes[:, :numbers].astype(np.float64).var(axis=0)
    collapse = _collapse(kl, variance)
    if collapse or variance is None:
        return [collapse] if collapse else []
    dead = _dead_units(variance, ACTIVE if kl is not None else STILL * float(variance.max()))
    return [dead] if dead else []


def _collapse(kl: float | None, variance: np.ndarray | None) -> Advice | None:
    if kl is None or not (kl < COLLAPSED or (variance is not None and not (variance > ACTIVE).any())):
        return None
    return Advice(
        "collapse",
        f"The codes say next to nothing about their images (KL {kl:.3f} nats): the posterior has collapsed onto the "
        "prior, so every code decodes alike. A smaller KL weight β helps, or one that grows from 0 (KL warm-up).",
        "beta",
    )


def _dead_units(variance: np.ndarray, least: float) -> Advice | None:
    dead = np.flatnonzero(variance <= least) + 1
    if not 0 < len(dead) < len(variance):
        return None
    which = ", ".join(str(number) for number in dead[:8]) + (", …" if len(dead) > 8 else "")
    return Advice(
        "dead units",
        f"{len(dead)} of {len(variance)} latent dimensions are the same for every image ({which}): they are not used. "
        "Fewer latent dimensions would do as well; a weaker penalty on the codes (β, λ) may wake them.",
        "latent_dim",
    )


class Diagnosis:
    """Follows a run epoch by epoch, and gives every kind of advice once."""

    def __init__(self, space: LatentSpace) -> None:
        self._space = space
        self._told: set[str] = set()
        self._lasting: dict[str, int] = {}
        self._newest: list[Advice] = []

    def follow(self, epoch: int, validation: Mapping[str, float], codes: Codes) -> None:
        """Only looks: what holds is said at the end."""
        self._newest = of_an_epoch(validation, codes, self._space) if epoch else []
        self._lasting = {advice.kind: self._lasting.get(advice.kind, 0) + 1 for advice in self._newest}

    def add_epoch(self, epoch: int, validation: Mapping[str, float], codes: Codes) -> list[Advice]:
        """What is to be said now: it has held for :data:`LASTING` epochs, and has not been said."""
        self.follow(epoch, validation, codes)
        return self._tell(advice for advice in self._newest if self._lasting[advice.kind] >= LASTING)

    def holds(self, advice: Iterable[Advice]) -> bool:
        """Whether the newest epoch still suffers from any of it."""
        return bool({each.kind for each in advice} & {each.kind for each in self._newest})

    def end(self) -> list[Advice]:
        """What holds at the end and has not been said."""
        return self._tell(self._newest)

    def _tell(self, advice: Iterable[Advice]) -> list[Advice]:
        new = [each for each in advice if each.kind not in self._told]
        self._told.update(each.kind for each in new)
        return new
