"""What a prior looks like on a plane: rings that hold known shares of it. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.latent.contours import Field, Points, mass_levels
from ae_studio.latent.ellipses import outlines

SIGMAS = (1, 2, 3)
SHARES = (0.5, 0.95)  # of a prior that has no standard deviations to speak of
DRAWS = 60_000  # codes that such a prior is known by
BINS = 200  # each way over their range
BLUR = 3.0  # bins: fine enough for a thin spiral, and noise of a tenth in the density


@dataclass(frozen=True, slots=True)
class Ring:
    """Lines of points (k, 2) with one meaning, ``label``: ``"2σ"``, ``"95 %"``."""

    label: str
    lines: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a ring is on a line: two places of it."""

    label: str
    sides: tuple[float, float]


def normal_rings(centre: tuple[float, float], sd: float) -> list[Ring]:
    """Circles around the ``centre`` of N(0, sd^2 I) as a plane sees it: it is as wide there in every direction."""
    covariance = np.eye(2)[None] * sd**2
    return [Ring(f"{sigmas}σ", tuple(outlines(np.array([centre]), covariance, sigmas))) for sigmas in SIGMAS]


def normal_marks(centre: float, sd: float) -> list[Mark]:
    """Of codes of one number: as many standard deviations away on both sides."""
    return [Mark(f"{sigmas}σ", (centre - sigmas * sd, centre + sigmas * sd)) for sigmas in SIGMAS]


def drawn_rings(points: Points) -> list[Ring]:
    """The smallest regions that hold half and 95 % of points (n, 2) which were drawn from a prior."""
    from scipy.ndimage import gaussian_filter

    low, high = points.min(axis=0).astype(np.float64), points.max(axis=0).astype(np.float64)
    pad = 4 * BLUR * np.maximum(high - low, 1e-6) / BINS  # so that the blur has room, and every ring closes
    ranges = [(float(a), float(b)) for a, b in zip(low - pad, high + pad, strict=True)]
    counts, x, y = np.histogram2d(points[:, 0], points[:, 1], bins=BINS, range=ranges)
    density = gaussian_filter(counts.T, BLUR, mode="constant")
    field = Field((x[:-1] + x[1:]) / 2, (y[:-1] + y[1:]) / 2, density)
    levels = mass_levels(density, counts.T, SHARES)  # of the draws: the blur has carried some of them outside
    return [Ring(_percent(share), tuple(field.lines(level))) for share, level in zip(SHARES, levels, strict=True)]


def drawn_marks(values: npt.NDArray[np.float32]) -> list[Mark]:
    """Of codes of one number, drawn from a prior (n,): around the middle half and 95 % of them."""
    marks = []
    for share in SHARES:
        low, high = np.quantile(values, [(1 - share) / 2, (1 + share) / 2])
        marks.append(Mark(_percent(share), (float(low), float(high))))
    return marks


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
