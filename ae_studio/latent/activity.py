"""Which dimensions of a code a model uses, and in what order they matter. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, LatentSpace

ACTIVE = 0.01  # variance of a posterior's mean over the images, above which a dimension is in use (Burda et al. 2016)
STILL = 1e-6  # the same of a code without a posterior, whose scale is free: as a share of its liveliest dimension's

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """Of the ``dim`` numbers of a code: their ``variance`` (dim,) over the images, ``kl`` (dim,) in nats or None.

    ``active`` (dim,): those that the model uses; ``order`` (dim,): by KL or, without one, by variance, largest first.
    """

    variance: Floats
    kl: Floats | None
    active: npt.NDArray[np.bool_]
    order: npt.NDArray[np.int64]

    def in_words(self, dimension: int) -> str:
        """``KL 1.32 nats``, or the variance where there is no KL."""
        if self.kl is not None:
            return f"KL {self.kl[dimension]:.2f} nats"
        return f"variance {self.variance[dimension]:.3g}"

    def why_inactive(self, dimension: int) -> str:
        """``KL 0.00 nats: the model does not use z7``; empty for one in use."""
        if self.active[dimension]:
            return ""
        return f"{self.in_words(dimension)}: the model does not use z{dimension + 1}"


def activity(codes: Codes, space: LatentSpace, kl: Codes | None = None, spread: Codes | None = None) -> Activity:
    """Of codes (n, size), of which the first ``space.dim`` numbers are looked at; ``kl`` (dim,) in nats.

    Where there is a posterior, with a KL or a ``spread`` (n, dim), codes have the scale that ``ACTIVE`` needs.
    """
    variance = variances(codes[:, : space.dim])
    known = None if kl is None else np.nan_to_num(np.asarray(kl, dtype=np.float64)[: space.dim])
    order = np.argsort(-(variance if known is None else known), kind="stable")
    return Activity(variance, known, in_use(variance, known is not None or spread is not None), order)


def variances(values: Codes) -> Floats:
    """Over the rows of (n, k), (k,)."""
    found: Floats = values.astype(np.float64).var(axis=0) if len(values) else np.zeros(values.shape[1])
    return found


def in_use(variance: Floats, has_posterior: bool) -> npt.NDArray[np.bool_]:
    """Which of these variances (k,) of the codes are those of a direction in use."""
    if not len(variance):
        return np.zeros(0, dtype=np.bool_)
    used: npt.NDArray[np.bool_] = variance > (ACTIVE if has_posterior else STILL * float(variance.max()))
    return used
