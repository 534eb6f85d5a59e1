"""What lies nearest to one image and to its code: do pixels and codes agree on it? Knows neither torch nor Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Images, LatentSpace
from ae_studio.latent.geometry import distances_from

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

ROUNDING = 64 * np.finfo(np.float32).eps  # of a sum of squares in float32, as a share of the largest


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The nearest, nearest first: ``indices`` (k,) and ``distances`` (k,)."""

    indices: Indices
    distances: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Of one image and its code: the nearest images by their ``pixels``, and by their ``codes``, as many of each."""

    pixels: Near
    codes: Near

    @property
    def shared(self) -> frozenset[int]:
        """What is in both lists."""
        return frozenset(self.pixels.indices.tolist()) & frozenset(self.codes.indices.tolist())

    def in_words(self) -> str:
        """``"6 of 10 the same"``"""
        return f"{len(self.shared)} of {len(self.pixels.indices)} the same"


def neighbours_of(
    image: Images, code: Codes, images: Images, codes: Codes, space: LatentSpace, k: int, itself: int | None = None
) -> Neighbours:
    """Of an image (H, W[, 3]) and its code (size,) among images (n, H, W[, 3]) and their codes (n, size).

    ``itself`` is the index of the image where it is one of them: it is not its own neighbour.
    """
    pixels = nearest_points(as_points(image[None])[0], as_points(images), k, itself)
    return Neighbours(pixels, nearest_codes(code, codes, space, k, itself))


def as_points(images: Images) -> Floats:
    """uint8 images (n, H, W[, 3]) as points (n, p) in [0, 1], whose distances are those that the metrics take."""
    return images.reshape(len(images), math.prod(images.shape[1:])).astype(np.float32) / np.float32(255)


def nearest_codes(code: Codes, codes: Codes, space: LatentSpace, k: int, itself: int | None = None) -> Near:
    """The ``k`` of codes (n, size) nearest to a code, by the space's own geometry; of equals the first ones."""
    distances = distances_from(code, codes, space)
    return _first(np.arange(len(codes)), distances, k, itself)


def nearest_points(point: Floats, points: Floats, k: int, itself: int | None = None) -> Near:
    """The ``k`` of points (n, p) nearest to a point (p,) by Euclidean distance, exactly; of equals the first ones.

    A product of matrices finds all that rounding could leave among them, and only those are measured by differences.
    """
    squares = np.einsum("np,np->n", points, points)
    own = point @ point
    rough = squares - 2 * (points @ point) + own  # |a - b|^2 = |a|^2 - 2 a b + |b|^2
    if itself is not None:
        rough[itself] = np.inf
    wanted = min(k, len(points) - (itself is not None))
    if wanted < 1:
        return _first(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), 0, None)
    limit = np.partition(rough, wanted - 1)[wanted - 1]
    candidates = np.flatnonzero(rough <= limit + ROUNDING * (squares.max() + own))
    difference = points[candidates].astype(np.float64) - point
    distances = np.sqrt(np.einsum("np,np->n", difference, difference)).astype(np.float32)
    return _first(candidates, distances, wanted, itself)


def _first(indices: Indices, distances: Floats, k: int, itself: int | None) -> Near:
    if itself is not None:
        kept = indices != itself
        indices, distances = indices[kept], distances[kept]
    order = np.argsort(distances, kind="stable")[:k]
    return Near(indices[order], distances[order])
