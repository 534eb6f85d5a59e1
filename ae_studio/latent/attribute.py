"""A direction in the latent space that means something: from the mean code of one group to that of another.

Larsen et al. 2016 (arXiv:1512.09300), "visual attribute vectors": the mean code of images with an attribute minus that
of images without it, added to a code, adds the attribute. Knows neither torch nor Qt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, LatentSpace
from ae_studio.latent.groups import Indices
from ae_studio.latent.valid import nearest_valid

FEWEST = 4  # codes of each group that separation is measured with: two halves of two


@dataclass(frozen=True, slots=True)
class AttributeVector:
    """``vector`` (d,) = mean code of the second group - mean code of the first.

    ``auc`` says how well the direction tells the groups apart: the share of pairs of one code of each whose order
    along it is right, 0.5 for none (None where there are too few codes). ``shared`` counts images that are in both.
    """

    vector: Codes
    auc: float | None
    shared: int = 0

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.vector))

    def added(self, space: LatentSpace, code: Codes, strength: float) -> Codes:
        """The code (d,) moved by so many vectors, put back to where the space has codes."""
        if not strength:
            return code
        return nearest_valid(space, code + np.float32(strength) * self.vector)

    def in_words(self) -> str:
        """What a user should know of it."""
        if not self.length:
            return "The two groups have the same mean: this direction is none."
        if self.auc is None:
            return (
                f"Length {self.length:.2f}. Fewer than {FEWEST} images in a group: too few to see whether they differ."
            )
        words = f"Length {self.length:.2f}. Along it the groups {_how_well(self.auc)} (AUC {self.auc:.2f})."
        return words + (f" {self.shared} images are in both." if self.shared else "")


def attribute_vector(codes: Codes, first: Indices, second: Indices) -> AttributeVector:
    """From the ``first`` images' mean code to the ``second`` ones'; ``codes`` (n, d) of the whole sample.

    Raises ValueError where a group is empty. The separation is measured on codes that have no part in the direction:
    each half of the groups along the direction that the other half gives, else few codes in many dimensions would
    always seem to be far apart.
    """
    if not len(first) or not len(second):
        raise ValueError("a group without images has no mean code")
    a, b = codes[first], codes[second]
    vector = mean_difference(a, b).astype(np.float32)
    vector.flags.writeable = False
    return AttributeVector(vector, held_out_auc(a, b), len(np.intersect1d(first, second)))


def mean_difference(a: Codes, b: Codes) -> npt.NDArray[np.float64]:
    """Mean of b (m, d) minus mean of a (n, d), (d,)."""
    return b.mean(axis=0, dtype=np.float64) - a.mean(axis=0, dtype=np.float64)


def held_out_auc(a: Codes, b: Codes) -> float | None:
    """Mean of the two halves' AUC, each along the other half's mean difference; None where there are too few codes."""
    if min(len(a), len(b)) < FEWEST:
        return None
    even, odd = slice(0, None, 2), slice(1, None, 2)
    aucs = []
    for seen, unseen in ((even, odd), (odd, even)):
        direction = mean_difference(a[seen], b[seen])
        aucs.append(auc(a[unseen] @ direction, b[unseen] @ direction))
    return float(np.mean(aucs))


def auc(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]) -> float:
    """The probability that one of ``high`` (m,) is above one of ``low`` (n,), a tie counted half.

    It is the Mann-Whitney statistic over n m, and the area under the ROC curve.
    """
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, side="left")
    not_above = np.searchsorted(ordered, high, side="right")
    return float((below + not_above).mean() / (2 * len(low)))


def _how_well(value: float) -> str:
    if value >= 0.97:
        return "lie apart"
    if value >= 0.85:
        return "overlap a little"
    return "overlap much" if value >= 0.65 else "cannot be told apart"
