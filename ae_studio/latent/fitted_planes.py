"""Planes fitted to the codes of one moment: to their spread, KL, classes, or to three images. Knows no torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Labels
from ae_studio.latent.plane import LatentPlane, agreeing, dimension_plane, pca_plane

RIDGE = 1e-6  # of the mean variance, on the covariance within classes: it may be singular, and then still inverts
FLAT = 1e-3  # of the largest side: a triangle that is lower has no plane that rounding would not turn
NO_STRENGTH = 1e-6  # of the strongest discriminant's: a weaker one separates nothing

Floats = npt.NDArray[np.float64]


class NoPlane(ValueError):
    """There is no such plane; the message says why, in the user's words."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known when a plane is fitted: ``codes`` (n, d), their classes (n,), and the ``kl`` (d,) in nats, if any.

    Planes lie in the first ``dim`` numbers of a code; ``images`` are the indices of those chosen to span one.
    """

    codes: Codes
    labels: Labels
    dim: int
    kl: Codes | None = None
    images: tuple[int, ...] = ()


def fit_plane(kind: str, known: Known, previous: LatentPlane | None = None) -> LatentPlane:
    """One of :data:`FITTED`, turned within itself to agree with the previous one. Raises NoPlane."""
    if len(known.codes) < 2:
        raise NoPlane("There are no codes yet")
    if not np.isfinite(known.codes).all():
        raise NoPlane("The codes have lost all bounds")
    if known.dim < 2:  # a line
        return dimension_plane(known.codes.shape[1], 0, 0)
    return FITTED[kind](known, previous)


def why_no_plane(kind: str, known: Known) -> str:
    """The reason why there is none, as far as it can be told without fitting; empty where there may be one."""
    if kind == "kl" and known.kl is None:
        return "This model has no KL of each dimension to choose by"
    if kind == "lda" and len(np.unique(known.labels)) < 2:
        return "All images are of one class: there is nothing to separate"
    if kind == "points" and len(known.images) < 3:
        return f"Three images are needed, {len(known.images)} chosen: rest the mouse on a point or click it"
    return ""


def kl_plane(kl: Codes, size: int, previous: LatentPlane | None = None) -> LatentPlane:
    """The plane of the two dimensions of largest KL (dim,). One that the ``previous`` showed already keeps its axis."""
    x, y = (int(index) for index in np.argsort(-np.nan_to_num(kl), kind="stable")[:2])
    before = previous.dimensions if previous is not None else None
    if before is not None and len(before) == 2 and (x == before[1] or y == before[0]):
        x, y = y, x
    return dimension_plane(size, x, y)


def lda_plane(codes: Codes, labels: Labels, previous: LatentPlane | None = None, dim: int = 0) -> LatentPlane:
    """The plane in which the classes (n,) of codes (n, d) lie farthest apart, measured by their own spread.

    Spanned by the two strongest discriminants of Fisher (1936) and Rao (1948): w with largest w^T B w / w^T W w, of the
    covariances between and within classes. Where the centroids lie on one line (two classes), the second axis is the
    widest of what is at right angles to it. Raises NoPlane where no class differs from another.
    """
    dim = dim or codes.shape[1]
    z = codes[:, :dim].astype(np.float64)
    _, classes, counts = np.unique(labels[: len(z)], return_inverse=True, return_counts=True)
    if len(counts) < 2:
        raise NoPlane("All images are of one class: there is nothing to separate")
    mean = z.mean(axis=0)
    centroids = np.stack([z[classes == number].mean(axis=0) for number in range(len(counts))])  # (C, dim)
    within = z - centroids[classes]
    between = np.sqrt(counts / len(z))[:, None] * (centroids - mean)  # (C, dim): B = between^T between
    discriminants = _discriminants(within.T @ within / len(z), between, float(z.var(axis=0).mean()))
    if not len(discriminants):
        raise NoPlane("The centroids of all classes coincide: no direction separates them")
    if len(discriminants) < 2:
        discriminants = np.stack([discriminants[0], _widest_beside(z - mean, discriminants[0])])
    axes = np.zeros((2, codes.shape[1]))
    axes[:, :dim] = orthonormal(discriminants)
    origin = np.zeros(codes.shape[1], dtype=np.float32)
    origin[:dim] = mean
    return LatentPlane(origin, agreeing(axes.astype(np.float32), previous), ("LD₁", "LD₂"))


def _discriminants(within: Floats, between: Floats, variance: float) -> Floats:
    """At most two w (k, dim), strongest first, of W (dim, dim) and the square root (C, dim) of B."""
    if variance <= 0:
        return np.zeros((0, len(within)))
    values, vectors = np.linalg.eigh(within + RIDGE * variance * np.eye(len(within)))
    whitening = vectors / np.sqrt(values)  # (dim, dim): whitening^T W whitening = 1
    _, strengths, directions = np.linalg.svd(between @ whitening, full_matrices=False)
    strong = strengths[:2] > max(NO_STRENGTH * strengths[0], 1e-9)
    found: Floats = directions[:2][strong] @ whitening.T
    return found


def _widest_beside(spread: Floats, direction: Floats) -> Floats:
    """The direction (dim,) of largest variance of spread (n, dim) at right angles to a given one."""
    unit = direction / np.linalg.norm(direction)
    rest = spread - np.outer(spread @ unit, unit)
    _, directions = np.linalg.eigh(rest.T @ rest)
    widest: Floats = directions[:, -1] - unit * (directions[:, -1] @ unit)
    if np.linalg.norm(widest) > 0.5:  # else nothing spreads beside it, and what eigh gave is the direction itself
        return widest
    other: Floats = np.eye(len(unit))[np.abs(unit).argmin()]
    return other


def points_plane(corners: Codes, previous: LatentPlane | None = None, dim: int = 0) -> LatentPlane:
    """The plane through three codes (3, d), its origin in their middle. Raises NoPlane where they lie on one line."""
    dim = dim or corners.shape[1]
    sides = corners[:, :dim].astype(np.float64)
    first, second = sides[1] - sides[0], sides[2] - sides[0]
    longest = max(np.linalg.norm(side) for side in (first, second, second - first))
    if min(np.linalg.norm(side) for side in (first, second, second - first)) <= FLAT * longest:
        raise NoPlane("Two of the three images have the same code: choose another")
    height = np.linalg.norm(second - first * (first @ second) / (first @ first))
    if height <= FLAT * longest:
        raise NoPlane("The codes of the three images lie on one line: choose another")
    axes = np.zeros((2, corners.shape[1]))
    axes[:, :dim] = orthonormal(np.stack([first, second]))
    origin = np.zeros(corners.shape[1], dtype=np.float32)
    origin[:dim] = sides.mean(axis=0)
    return LatentPlane(origin, agreeing(axes.astype(np.float32), previous), ("P₁", "P₂"))


def orthonormal(rows: Floats) -> Floats:
    """Gram-Schmidt: the first keeps its direction, the span stays."""
    q, r = np.linalg.qr(rows.T)
    signs = np.where(np.diag(r) < 0, -1.0, 1.0)
    axes: Floats = (q * signs).T
    return axes


def _of_spread(known: Known, previous: LatentPlane | None) -> LatentPlane:
    return pca_plane(known.codes, previous, known.dim)


def _of_kl(known: Known, previous: LatentPlane | None) -> LatentPlane:
    if known.kl is None:
        raise NoPlane(why_no_plane("kl", known))
    return kl_plane(known.kl[: known.dim], known.codes.shape[1], previous)


def _of_classes(known: Known, previous: LatentPlane | None) -> LatentPlane:
    return lda_plane(known.codes, known.labels, previous, known.dim)


def _of_images(known: Known, previous: LatentPlane | None) -> LatentPlane:
    if len(known.images) < 3:
        raise NoPlane(why_no_plane("points", known))
    return points_plane(known.codes[list(known.images[-3:])], previous, known.dim)


FITTED: dict[str, Callable[[Known, LatentPlane | None], LatentPlane]] = {
    "pca": _of_spread,
    "kl": _of_kl,
    "lda": _of_classes,
    "points": _of_images,
}
