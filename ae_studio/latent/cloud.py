"""What a canvas shows of a latent space. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codebook, Labels
from ae_studio.latent.plane import Points


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """What the canvas shows: ``points`` (n, 2), their ``classes`` (n,), and which of them are ``behind`` (n,).

    ``outline`` are lines of points (k, 2) around and under them; ``way`` are places (n, 2) that the points pass by when
    they come from those that were shown before.
    """

    points: Points
    classes: Labels
    behind: npt.NDArray[np.bool_]
    outline: tuple[Points, ...] = ()
    way: tuple[Points, ...] = ()


def usage_levels(codebook: Codebook) -> Labels:
    """Of each entry (K,) its number in :data:`~ae_studio.events.USAGE_LEVELS`.

    Rare is below half of an even share, usual up to twice, often above.
    """
    even = codebook.usage * len(codebook.usage)
    return np.digitize(even, [1e-9, 0.5, 2.0]).astype(np.int64)
