"""Does the aggregate posterior q(z) match the prior p(z), from which new images are drawn?"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ae_studio.latent.evaluation import fixed_noise
from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Subject
from ae_studio.models.divergences import mmd, random_directions, sliced_wasserstein

DIRECTIONS = 200
ITSELF = "prior with itself"  # what two samples of one distribution give: the floor


def maximum_mean_discrepancy(subject: Subject) -> Found:
    z, prior, other = _matched(subject)
    scale = 2 * float(prior.var(dim=0).sum())  # C = 2 d sigma^2 of Tolstikhin et al. 2018
    return Found(float(mmd(z, prior, scale)), {ITSELF: float(mmd(other, prior, scale))}, f"{len(z):,} codes")


def wasserstein(subject: Subject) -> Found:
    z, prior, other = _matched(subject)
    with fixed_noise():
        directions = random_directions(DIRECTIONS, z)
    found, floor = (math.sqrt(float(sliced_wasserstein(each, prior, directions))) for each in (z, other))
    return Found(found, {ITSELF: floor}, f"{len(z):,} codes, {DIRECTIONS} directions")


def _matched(subject: Subject) -> tuple[Tensor, Tensor, Tensor]:
    """Samples of q(z) (n, d), and two of p(z); of the numbers alone, without switches."""
    prior, numbers = subject.model.prior(), subject.space.dim * subject.space.slots
    if prior is None:
        raise Undefined("the model learns no prior")
    if not numbers:
        raise Undefined("the code has switches only, no numbers")
    z = subject.drawn[:, :numbers]
    with fixed_noise():
        first, second = prior.sample(torch.Size([2, len(z)])).float()[..., :numbers]
    return z, first, second


METRICS = (
    Metric(
        About(
            "mmd",
            "MMD to the prior",
            "",
            "Maximum mean discrepancy (squared, IMQ kernel) of the codes from the prior; around 0 where they agree.",
            "lower",
            "Tolstikhin et al. 2018, arXiv:1711.01558",
        ),
        maximum_mean_discrepancy,
    ),
    Metric(
        About(
            "sliced_wasserstein",
            "Sliced Wasserstein",
            "",
            "Distance of the codes from the prior: what each has to be moved along a line, over all directions.",
            "lower",
            "Kolouri et al. 2018, arXiv:1804.01947",
        ),
        wasserstein,
    ),
)
