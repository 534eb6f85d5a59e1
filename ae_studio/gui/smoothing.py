"""A smooth line through noisy steps, from the means of pixel columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

REACH = 3.0  # standard deviations of the kernel on either side: what lies beyond weighs 0.3 % in all


def reach_of(sigma: float) -> int:
    """Columns on either side that a column's smooth value depends on."""
    return int(np.ceil(REACH * sigma))


def smoothed(mean: Floats, count: Floats, sigma: float) -> Floats:
    """Means (n,) of ``count`` (n,) steps each, weighed by a Gaussian of ``sigma`` columns, and by how many they are.

    The kernel is symmetric, so that nothing moves in time; where columns are empty, and at both ends, those that there
    are share its weight. NaN where there are none within its reach.
    """
    if not len(mean):
        return mean
    offsets = np.arange(-reach_of(sigma), reach_of(sigma) + 1)
    kernel = np.exp(-0.5 * np.square(offsets / sigma)) if sigma > 0 else np.ones(1)
    known = np.isfinite(mean) & (count > 0)
    weight = np.where(known, count, 0.0)
    weight = weight / max(float(weight.max(initial=0.0)), 1.0)
    total = np.convolve(np.where(known, mean, 0.0) * weight, kernel, mode="full")
    share = np.convolve(weight, kernel, mode="full")
    middle = slice(len(offsets) // 2, len(offsets) // 2 + len(mean))
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Floats = np.where(share[middle] > 0, total[middle] / share[middle], np.nan)
    return result
