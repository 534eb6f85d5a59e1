"""Gaussians as the plane sees them: their covariances and outlines. Knows neither torch nor Qt."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Labels

Numbers = npt.NDArray[np.float64]
Points = npt.NDArray[np.float32]

CORNERS = 64  # of an outline: round to the eye at the size of a screen


def share_within(sigmas: float) -> float:
    """Of a Gaussian in a plane what lies within so many standard deviations: 1 - exp(-s^2 / 2), 39 %, 86 %, 99 %."""
    return 1 - math.exp(-0.5 * sigmas**2)


def covariances_on_plane(spread: Codes, axes: Codes) -> Numbers:
    """Of diagonal Gaussians with standard deviations (n, d) the covariances P diag(s^2) P^T, (n, 2, 2).

    P = ``axes`` (2, d), orthonormal: what is seen from above, whatever the Gaussian does off the plane.
    """
    p = axes.astype(np.float64)
    seen: Numbers = np.einsum("id,nd,jd->nij", p, np.square(spread, dtype=np.float64), p)
    return seen


def outlines(means: npt.NDArray[np.floating], covariances: Numbers, sigmas: float) -> list[Points]:
    """Closed lines (65, 2) around means (n, 2), so many standard deviations away in every direction."""
    angles = np.linspace(0, 2 * math.pi, CORNERS + 1)
    circle = np.stack([np.cos(angles), np.sin(angles)])  # (2, 65)
    values, vectors = np.linalg.eigh(covariances)  # (n, 2), (n, 2, 2)
    roots = vectors * np.sqrt(np.maximum(values, 0))[:, None, :]
    lines = means[:, None, :] + sigmas * np.swapaxes(roots @ circle, 1, 2)
    return [line.astype(np.float32) for line in lines]


def class_gaussians(points: Points, labels: Labels) -> tuple[list[int], Numbers, Numbers]:
    """Of points (n, 2) in classes (n,): the classes that have three or more, their means (c, 2) and covariances."""
    classes = [int(each) for each in np.unique(labels) if (labels == each).sum() >= 3]
    parts = [points[labels == each].astype(np.float64) for each in classes]
    means = np.array([part.mean(axis=0) for part in parts]).reshape(-1, 2)
    covariances = np.array([np.cov(part, rowvar=False) for part in parts]).reshape(-1, 2, 2)
    return classes, means, covariances
