"""How does the decoder stretch the latent space? By G = J^T J, the metric that it pulls back from the images."""

from __future__ import annotations

from torch import Tensor

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Subject

FLAT = 1e-12  # of the largest stretch, squared, below which the decoder does not react to a direction


def _log_det(subject: Subject) -> Tensor:
    """log det G at each code, (n,)."""
    return _lively(subject).log().sum(dim=1)


def log_det(subject: Subject) -> Found:
    found = _log_det(subject)
    return Found(float(found.mean()), note=f"mean over {len(found)} codes")


def log_det_spread(subject: Subject) -> Found:
    found = _log_det(subject)
    return Found(float(found.std()), note=f"standard deviation over {len(found)} codes")


def condition_number(subject: Subject) -> Found:
    values = _lively(subject)
    each = (values[:, -1] / values[:, 0]).sqrt()
    return Found(float(each.median()), {"largest": float(each.max())}, f"median over {len(each)} codes")


def _lively(subject: Subject) -> Tensor:
    if subject.space.kind == "codebook" or not subject.space.dim:
        raise Undefined("codes are one of several entries: there is nothing between them")
    values = subject.stretch
    flat = (values[:, 0] <= FLAT * values[:, -1]) | (values[:, -1] <= 0)
    if not values.shape[1]:
        raise Undefined("there is no direction on a sphere of this dimension")
    if flat.any():
        raise Undefined(f"at {int(flat.sum())} of {len(flat)} codes the decoder does not react to every direction")
    return values


METRICS = (
    Metric(
        About(
            "log_det_metric",
            "Decoder volume",
            "nats",
            "log det JᵀJ: how much the decoder blows up a small piece of the latent space; J its Jacobian.",
            "neither",
            "Nazari et al. 2023, arXiv:2306.17638",
        ),
        log_det,
        beside_pca=True,
    ),
    Metric(
        About(
            "log_det_spread",
            "Decoder volume, spread",
            "nats",
            "How differently it does so in different places: 0 for a map that keeps areas in proportion.",
            "lower",
            "Nazari et al. 2023, arXiv:2306.17638",
        ),
        log_det_spread,
        beside_pca=True,
    ),
    Metric(
        About(
            "condition_number",
            "Condition number",
            "",
            "How much more the decoder stretches its liveliest direction than its dullest; 1: all alike.",
            "lower",
            "of the decoder's Jacobian J",
        ),
        condition_number,
        beside_pca=True,
    ),
)
