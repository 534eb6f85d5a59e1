"""How much do the codes say, and how likely are the images?"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from ae_studio.latent.evaluation import fixed_noise
from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.images import per_class
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Subject
from ae_studio.models.vae import VAE

ACTIVE = 0.01  # variance over the images above which a dimension of the posterior's mean counts as active
BOUND_IMAGES = 500  # whose likelihood is bounded: every one is decoded as often as there are samples
DECODED = 2000  # images at once: bounds the memory of many samples
BINARISATION_SEED = 20_080_501  # of the static binarisation: the same pixels for every model

NO_POSTERIOR = "the model has no posterior q(z|x), only codes"


def kl(subject: Subject) -> Found:
    total = _kl(subject).sum(1)
    return Found(float(total.mean()), per_class(subject, total))


def kl_per_dimension(subject: Subject) -> Found:
    each = _kl(subject).mean(0)  # (parts,)
    if len(each) == 1 < subject.space.dim:
        raise Undefined("the posterior or the prior does not factorise over the dimensions")
    return Found(parts={f"dimension {number}": float(value) for number, value in enumerate(each, 1)})


def active_units(subject: Subject) -> Found:
    _kl(subject)
    variance = subject.whole.code_variance[: subject.space.dim * subject.space.slots]
    if not len(variance):
        raise Undefined("the code has switches only, no numbers that could vary")
    return Found(float(count_active(variance)), note=f"of {len(variance)}")


def count_active(variance: np.ndarray) -> int:
    """Of variances (d,) over the images, of the posterior's mean."""
    return int((variance > ACTIVE).sum())


def nats_per_image(subject: Subject) -> Found:
    if subject.whole.kl is None and "kl" in subject.terms:
        raise Undefined("the loss has a KL, but the model does not tell it of each image: it has no kl_given")
    nats = subject.whole.nats + (subject.whole.kl.sum(1) if subject.whole.kl is not None else 0)
    return Found(float(nats.mean()), per_class(subject, nats))


def rate_distortion(subject: Subject) -> Found:
    rate, distortion = float(_kl(subject).sum(1).mean()), float(subject.whole.nats.mean())
    return Found(parts={"rate": rate, "distortion": distortion}, note="R = KL, D = reconstruction, both in nats")


def likelihood_bound(subject: Subject) -> Found:
    """Of some of the images, under the model's own likelihood; the parts are the bounds of fewer samples."""
    model = subject.model
    if not isinstance(model, VAE):
        raise Undefined("the model has no likelihood whose bound could be computed")
    x, y = subject.images.x[:BOUND_IMAGES], torch.tensor(subject.images.labels[:BOUND_IMAGES])
    samples, rows = subject.options.samples, []
    with torch.no_grad(), fixed_noise():
        x = binarised(x, subject.options.binarised)
        at_once = max(1, DECODED // samples)
        for part, classes in zip(torch.split(x, at_once), torch.split(y, at_once), strict=True):
            subject.images.check()
            rows.append(model.log_weights(part, classes, samples))
    weights = torch.cat(rows, dim=1)  # (samples, n)
    parts = {f"k = {k}": -bound(weights, k) for k in (1, 5, 50, 500) if k < samples}
    as_they_are = {"none": "grey values in [0, 1]", "static": "statically binarised"}
    images = as_they_are.get(subject.options.binarised, "dynamically binarised")
    gaussian = ", Gaussian with sigma² = 1/2" if model.likelihood == "gaussian" else ""
    return Found(-bound(weights, samples), parts, f"{len(x)} images, {images}; k = {samples}{gaussian}")


def bound(log_weights: Tensor, k: int) -> float:
    """E[log 1/k sum_i w_i] (Burda et al. 2016, eq. 8), nats, of log weights (samples, n).

    Averaged over the samples' parts of k: a bound whose k divides another's is then never above it.
    """
    groups = len(log_weights) // k
    parts = log_weights[: groups * k].double().view(groups, k, -1)
    return float((torch.logsumexp(parts, dim=1) - math.log(k)).mean())


def binarised(x: Tensor, how: str) -> Tensor:
    """Every pixel 1 with the probability of its grey value: ``static`` with one draw for good, ``dynamic`` with one
    from the evaluation's own noise; ``none`` leaves the grey values."""
    if how == "none":
        return x
    generator = torch.Generator().manual_seed(BINARISATION_SEED) if how == "static" else None
    return torch.bernoulli(x, generator=generator)


def _kl(subject: Subject) -> np.ndarray:
    """(n, parts)"""
    if subject.whole.kl is None:
        raise Undefined(NO_POSTERIOR)
    return subject.whole.kl


METRICS = (
    Metric(
        About(
            "kl_nats",
            "KL",
            "nats",
            "KL(q(z|x) || p(z)): what the code of an image says beyond the prior. Below 0.1 the posterior collapsed.",
            "neither",
            "Kingma & Welling 2013, arXiv:1312.6114, appendix B",
        ),
        kl,
    ),
    Metric(
        About(
            "kl_per_dimension",
            "KL per dimension",
            "nats",
            "Each latent dimension's share of KL; one near 0 is not used.",
            "neither",
            "Kingma & Welling 2013, arXiv:1312.6114, appendix B",
        ),
        kl_per_dimension,
    ),
    Metric(
        About(
            "active_units",
            "Active units",
            "",
            f"Latent dimensions in which the posterior's mean varies over the images, by more than {ACTIVE}.",
            "higher",
            "Burda et al. 2016, arXiv:1509.00519, section 5.2",
        ),
        active_units,
    ),
    Metric(
        About(
            "nats_per_image",
            "Negative ELBO",
            "nats",
            "Reconstruction and KL together, Bernoulli on grey values; without a posterior the reconstruction alone.",
            "lower",
            "Kingma & Welling 2013, arXiv:1312.6114, eq. 3",
        ),
        nats_per_image,
    ),
    Metric(
        About(
            "iwae_nats",
            "NLL bound",
            "nats",
            "Upper bound of -log p(x) by importance weights; it tightens with the samples k, and k = 1 is the ELBO's.",
            "lower",
            "Burda et al. 2016, arXiv:1509.00519, eq. 8",
        ),
        likelihood_bound,
    ),
    Metric(
        About(
            "rate_distortion",
            "Rate / distortion",
            "nats",
            "The point of this model on the rate-distortion plane: what the code costs, and what it leaves open.",
            "neither",
            "Alemi et al. 2018, arXiv:1711.00464",
        ),
        rate_distortion,
    ),
)
