"""Do the codes keep the neighbourhoods and distances of the images? On a sample: all pairs are compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Subject

OTHER_NEIGHBOURS = (10, 50, 100, 200)  # k that are told beside the chosen one: near neighbours to wide surroundings
SIGMAS = (0.1, 0.01)  # of the densities; distances are over the largest


def trustworthiness(ranks_x: Tensor, ranks_z: Tensor, k: int) -> float:
    """1 - 2 / (n k (2n - 3k - 1)) sum over i, and over j among i's k nearest in z but not in x, of (r_x(i, j) - k)."""
    n = len(ranks_x)
    false = (ranks_z >= 1) & (ranks_z <= k)
    penalty = (ranks_x - k).clamp_min(0)[false].sum().item()
    return 1 - penalty * 2 / (n * k * (2 * n - 3 * k - 1))


def continuity(ranks_x: Tensor, ranks_z: Tensor, k: int) -> float:
    """The same with the spaces exchanged: are an image's neighbours still neighbours as codes?"""
    return trustworthiness(ranks_z, ranks_x, k)


def mean_relative_rank_error(ranks_of: Tensor, ranks_in: Tensor, k: int) -> float:
    """1/C sum over i, and over i's k nearest in one space, of |r - r'| / r, with r the rank in that space, r' in the
    other, and C = n sum_{l=1..k} |n - 2l + 1| / l, about the largest that the sum can be."""
    n = len(ranks_of)
    near = (ranks_of >= 1) & (ranks_of <= k)
    error = ((ranks_in - ranks_of).abs()[near] / ranks_of[near]).sum().item()
    return error / (n * sum(abs(n - 2 * rank + 1) / rank for rank in range(1, k + 1)))


def density_kl(distances_x: Tensor, distances_z: Tensor, sigma: float) -> float:
    """KL of the densities f(i) ~ sum_j exp(-d(i, j)^2 / sigma), distances over their largest (Moor et al. 2020)."""
    log_x, log_z = (_log_density(each, sigma) for each in (distances_x, distances_z))
    return max(0.0, float((log_x.exp() * (log_x - log_z)).sum()))


def _log_density(distances: Tensor, sigma: float) -> Tensor:
    scaled = distances.double() / distances.max().clamp_min(1e-12)
    return torch.log_softmax(torch.logsumexp(-scaled.square() / sigma, dim=1), dim=0)


def stress(distances_x: Tensor, distances_z: Tensor) -> float:
    """Kruskal's: sqrt(min_a sum (d_x - a d_z)^2 / sum d_x^2), so that the scale of the codes does not matter."""
    dx, dz = distances_x.double(), distances_z.double()
    scale = (dx * dz).sum() / dz.square().sum().clamp_min(1e-12)
    return float(((dx - scale * dz).square().sum() / dx.square().sum().clamp_min(1e-12)).sqrt())


def mrre_latent(ranks_x: Tensor, ranks_z: Tensor, k: int) -> float:
    return mean_relative_rank_error(ranks_z, ranks_x, k)


def mrre_data(ranks_x: Tensor, ranks_z: Tensor, k: int) -> float:
    return mean_relative_rank_error(ranks_x, ranks_z, k)


# On a subject


def _ranked(find: Callable[[Tensor, Tensor, int], float], subject: Subject) -> Found:
    """A measure of neighbourhoods for the chosen k, and for others beside it."""
    n, chosen = len(subject.images.sample), subject.options.neighbours
    if not 1 <= chosen < n / 2:
        raise Undefined(f"{chosen} neighbours need more than {2 * chosen} images, there are {n}")
    _refuse_one_code(subject)
    x, z = subject.images.ranks, subject.ranks
    parts = {f"k = {k}": find(x, z, k) for k in OTHER_NEIGHBOURS if k != chosen and k < n / 2}
    return Found(find(x, z, chosen), parts, f"k = {chosen}, {n:,} images")


def _compared(sigma: float | None, subject: Subject) -> Found:
    _refuse_one_code(subject)
    x, z = subject.images.distances, subject.distances
    found = stress(x, z) if sigma is None else density_kl(x, z, sigma)
    return Found(found, note=f"{len(subject.images.sample):,} images")


def _refuse_one_code(subject: Subject) -> None:
    if not subject.distances.max() > 0:
        raise Undefined("all codes agree, so none is nearer than another")


METRICS = (
    Metric(
        About(
            "trustworthiness",
            "Trustworthiness",
            "",
            "Are neighbours among the codes neighbours among the images? 1: all of them.",
            "higher",
            "Venna & Kaski 2001, ICANN",
        ),
        partial(_ranked, trustworthiness),
        beside_pca=True,
    ),
    Metric(
        About(
            "continuity",
            "Continuity",
            "",
            "Are neighbours among the images still neighbours among the codes? 1: all of them.",
            "higher",
            "Venna & Kaski 2001, ICANN",
        ),
        partial(_ranked, continuity),
        beside_pca=True,
    ),
    Metric(
        About(
            "mrre_latent",
            "MRRE, codes",
            "",
            "Mean relative error of the ranks of the k nearest codes, seen from the images; 0: the same order.",
            "lower",
            "Lee & Verleysen 2009, Neurocomputing 72",
        ),
        partial(_ranked, mrre_latent),
        beside_pca=True,
    ),
    Metric(
        About(
            "mrre_data",
            "MRRE, images",
            "",
            "Mean relative error of the ranks of the k nearest images, seen from the codes; 0: the same order.",
            "lower",
            "Lee & Verleysen 2009, Neurocomputing 72",
        ),
        partial(_ranked, mrre_data),
        beside_pca=True,
    ),
    Metric(
        About(
            "density_kl_0_1",
            "Density KL, σ = 0.1",
            "nats",
            "KL of the density of the images from that of the codes, over wide surroundings; 0: dense where they are.",
            "lower",
            "Moor et al. 2020, arXiv:1906.00722, section 5",
        ),
        partial(_compared, SIGMAS[0]),
        beside_pca=True,
    ),
    Metric(
        About(
            "density_kl_0_01",
            "Density KL, σ = 0.01",
            "nats",
            "The same over close surroundings.",
            "lower",
            "Moor et al. 2020, arXiv:1906.00722, section 5",
        ),
        partial(_compared, SIGMAS[1]),
        beside_pca=True,
    ),
    Metric(
        About(
            "stress",
            "Stress",
            "",
            "How far the codes' distances are from the images', at the best common scale; 0: the same.",
            "lower",
            "Kruskal 1964, Psychometrika 29",
        ),
        partial(_compared, None),
        beside_pca=True,
    ),
)
