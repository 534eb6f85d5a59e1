"""How good a model is on images it has not learned from: every metric there is, in order of value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor

from ae_studio.latent.measured import Found, Measured
from ae_studio.latent.measures import (
    classes,
    distortion,
    efficiency,
    factors,
    images,
    information,
    matching,
    neighbours,
    samples,
)
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.passing import pass_over
from ae_studio.latent.measures.subject import Subject, pca_beside
from ae_studio.models.base import Autoencoder

_GROUPS = (images, information, classes, neighbours, matching, samples, distortion, efficiency, factors)

METRICS: dict[str, Metric] = {metric.about.name: metric for group in _GROUPS for metric in group.METRICS}


def metrics(model: Autoencoder[Any], batches: Iterable[tuple[Tensor, Tensor]]) -> dict[str, float]:
    """The basic ones of a model alone, as means over uint8 images (B, C, H, W) and their classes (B,).

    ``mse_per_pixel``, ``reconstruction_nats``, ``nats_per_image`` and, with a posterior, ``kl_nats``; see the registry.
    """
    found = pass_over(model.eval(), batches)
    nats, kl = float(found.nats.mean()), None if found.kl is None else float(found.kl.sum(1).mean())
    values = {"mse_per_pixel": float(found.squared_error.mean()), "reconstruction_nats": nats}
    return values | ({} if kl is None else {"kl_nats": kl}) | {"nats_per_image": nats + (kl or 0.0)}


def measure(subject: Subject, names: Iterable[str] = tuple(METRICS)) -> Iterator[Measured]:
    """One metric after another, as they are found; whoever has enough stops asking.

    BLAS computes on one thread meanwhile: its helpers and a training's would wait for one another.
    """
    from threadpoolctl import threadpool_limits

    beside: Subject | None = None
    for name in names:
        metric = METRICS[name]
        if metric.beside_pca and beside is None:
            beside = pca_beside(subject)
        with threadpool_limits(1, user_api="blas"):
            found = _found(metric, subject)
            baseline = _found(metric, beside) if metric.beside_pca and beside and not found.reason else None
        yield Measured(
            metric.about, found.value, found.parts, found.note, found.reason, baseline.value if baseline else None
        )


def _found(metric: Metric, subject: Subject) -> Measured:
    """The value, or why there is none: a metric that cannot be computed keeps no other from being told."""
    try:
        with torch.no_grad():
            value = metric.measure(subject)
    except Undefined as undefined:
        return Measured(metric.about, reason=str(undefined))
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as error:
        return Measured(metric.about, reason=f"could not be computed: {error}")
    found = value if isinstance(value, Found) else Found(value)
    numbers = [number for number in (found.value, *found.parts.values()) if number is not None]
    if not all(math.isfinite(number) for number in numbers):
        return Measured(metric.about, reason="is no finite number: the codes or the images have lost all bounds")
    return Measured(metric.about, found.value, found.parts, found.note)
