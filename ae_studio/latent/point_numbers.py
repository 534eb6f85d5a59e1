"""A number for every point of the sample, to colour it by: how well it is kept, what it costs, where it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.events import Derivatives, LatentSpace, Look
from ae_studio.latent.errors import sample_errors

Numbers = npt.NDArray[np.float32]

COLUMNS = 8192  # of Jacobians in all: what a convolution decodes in a second or two; points beyond stay without number
JACOBIANS = 64  # codes whose Jacobians are held at once


@dataclass(frozen=True, slots=True)
class PointNumber:
    """``compute(scene)`` gives (n,) numbers, NaN where a point has none; ``why_not(scene)`` is empty where it can.

    A scene has ``space``, ``labels``, ``images`` or None, and a ``look``: see :mod:`ae_studio.latent.scene`.
    """

    key: str
    label: str
    unit: str
    hint: str
    why_not: Callable[[Any], str]
    compute: Callable[[Any], Numbers]


def errors(scene: Any) -> Numbers:
    """Mean squared error of a pixel, 0 to 1, between each image and what its code decodes to."""
    return sample_errors.of(scene.look, scene.images)


def divergences(scene: Any) -> Numbers:
    """KL(N(μ, σ²) ‖ N(0, I)) of each image's posterior, in nats (Kingma and Welling 2014, appendix B)."""
    return _divergence_by_dimension(scene.look).sum(axis=1).astype(np.float32)


def distances(scene: Any) -> Numbers:
    """From each code to the nearest other one."""
    from scipy.spatial import cKDTree

    found, _ = cKDTree(scene.look.codes).query(scene.look.codes, k=2)
    return np.asarray(found[:, 1], dtype=np.float32)


def stretchings(scene: Any) -> Numbers:
    """½ log det JᵀJ of the decoder at each code: the logarithm of how much larger a small volume becomes."""
    return stretching(scene.look.derivatives, scene.space, scene.look.codes)


def stretching(derivatives: Derivatives, space: LatentSpace, codes: Numbers) -> Numbers:
    """½ log det JᵀJ (n,) at codes (n, d), as many as COLUMNS allows, NaN for the rest.

    Switches are held; on a sphere, where the decoder knows no radius, it is the stretching of its surface.
    """
    dim = space.dim * space.slots
    found = np.full(len(codes), np.nan, dtype=np.float32)
    for start in range(0, min(len(codes), max(JACOBIANS, COLUMNS // dim)), JACOBIANS):
        _, jacobians = derivatives(codes[start : start + JACOBIANS])
        values = np.linalg.svd(jacobians[:, :, :dim].astype(np.float64), compute_uv=False)  # (m, d), falling
        kept = values[:, :-1] if space.kind == "sphere" else values
        found[start : start + len(values)] = np.log(np.maximum(kept, 1e-30)).sum(axis=1)
    return found


def _divergence_by_dimension(look: Look) -> npt.NDArray[np.float64]:
    assert look.spread is not None
    spread = np.maximum(look.spread.astype(np.float64), 1e-30)
    mean = look.codes[:, : spread.shape[1]].astype(np.float64)
    return 0.5 * (mean**2 + spread**2 - 1) - np.log(spread)


def _of_images(scene: Any) -> str:
    if scene.space.kind == "codebook":
        return "the points are entries of a codebook, not images"
    return "" if len(scene.look.codes) > 1 else "there are no codes yet"


def _no_error(scene: Any) -> str:
    missing = "" if scene.images is not None else "the images of this run were not kept"
    return _of_images(scene) or missing


def _no_divergence(scene: Any) -> str:
    look = scene.look
    if _of_images(scene) or look.spread is None or look.kl is None:
        return _of_images(scene) or "only a model with Gaussian posteriors has a KL for each image"
    # A learned prior is a normal distribution too, but not this one.
    standard = np.allclose(_divergence_by_dimension(look).mean(axis=0), look.kl, rtol=0.01, atol=1e-3)
    return "" if standard else "the prior of this model is no standard normal distribution"


def _no_stretching(scene: Any) -> str:
    missing = "" if scene.look.derivatives is not None else "the derivatives of this decoder are not known"
    return _of_images(scene) or missing


POINT_NUMBERS = {
    number.key: number
    for number in (
        PointNumber(
            "error",
            "Reconstruction error",
            "MSE a pixel",
            "How far each image is from what its code decodes to",
            _no_error,
            errors,
        ),
        PointNumber("kl", "KL of each image", "nats", "What each image costs in the code", _no_divergence, divergences),
        PointNumber(
            "distance",
            "Distance to the nearest",
            "",
            "How lonely each code is, in the whole code",
            _of_images,
            distances,
        ),
        PointNumber(
            "stretching",
            "Stretching of the decoder",
            "½ log det JᵀJ",
            "Where small steps in the code change the image much",
            _no_stretching,
            stretchings,
        ),
    )
}
