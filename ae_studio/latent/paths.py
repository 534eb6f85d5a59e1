"""Ways from one code to another: straight, along an arc, or as a hand has drawn it. Knows neither torch nor Qt.

A path is an array of codes (m, d), float32, its first and last ones the ends.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Labels, LatentSpace
from ae_studio.latent.valid import nearest_valid

Floats = npt.NDArray[np.float64]

FINE = 65  # codes of a path before it is cut into frames
ALONG_ONE_LINE = 1e-4  # sine of an angle between two codes below which no arc leads from one to the other
NO_DIRECTION = 1e-6  # of the longer code's length, below which the shorter one has no direction


def linear(a: Codes, b: Codes, steps: int = FINE) -> Codes:
    """The straight line: (1 - t) a + t b."""
    t = np.linspace(0, 1, steps)[:, None]
    return ((1 - t) * a + t * b).astype(np.float32)


def bent(a: Codes, b: Codes) -> bool:
    """Whether an arc about the origin leads from one to the other: not between codes on one line through it."""
    return _angle(a.astype(np.float64), b.astype(np.float64)) is not None


def slerp(a: Codes, b: Codes, steps: int = FINE) -> Codes:
    """Along the arc about the origin (Shoemake 1985, section 3.3), at an even angular speed.

    sin((1 - t) w) / sin w a^ + sin(t w) / sin w b^ for the directions a^, b^ and the angle w between them; lengths go
    evenly from |a| to |b|. The straight line where the two lie on one line through the origin.
    """
    x, y = a.astype(np.float64), b.astype(np.float64)
    angle = _angle(x, y)
    if angle is None:
        return linear(a, b, steps)
    t = np.linspace(0, 1, steps)[:, None]
    length_a, length_b = np.linalg.norm(x), np.linalg.norm(y)
    directions = (np.sin((1 - t) * angle) * x / length_a + np.sin(t * angle) * y / length_b) / np.sin(angle)
    return (((1 - t) * length_a + t * length_b) * directions).astype(np.float32)


def _angle(a: Floats, b: Floats) -> float | None:
    """Between two codes, radians; None where no arc is given by them."""
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if min(lengths) <= NO_DIRECTION * max(lengths):
        return None
    u, v = a / lengths[0], b / lengths[1]
    angle = 2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))  # exact for small and for wide ones
    return float(angle) if np.sin(angle) > ALONG_ONE_LINE else None


def evenly(path: npt.NDArray[np.float32], frames: int, lengths: Floats | None = None) -> npt.NDArray[np.float32]:
    """So many points (frames, d) of a path (m, d) at even distances along it, both ends among them.

    ``lengths`` (m - 1,) of its pieces, by default the Euclidean ones. A path without length stays where it is.
    """
    pieces = np.linalg.norm(np.diff(path.astype(np.float64), axis=0), axis=1) if lengths is None else lengths
    gone = np.concatenate([[0.0], np.cumsum(pieces)])
    if not gone[-1] > 0:
        return np.repeat(path[:1], frames, axis=0)
    kept = np.concatenate([[True], np.diff(gone) > 0])  # np.interp wants places that grow
    wanted = np.linspace(0, gone[-1], frames)
    columns = [np.interp(wanted, gone[kept], column) for column in path[kept].T.astype(np.float64)]
    return np.stack(columns, axis=1).astype(np.float32)


def length(path: Codes) -> float:
    """Of the whole path (m, d), in units of the code."""
    return float(np.linalg.norm(np.diff(path.astype(np.float64), axis=0), axis=1).sum())


def put_back(space: LatentSpace, path: Codes) -> Codes:
    """Every code of a path moved to the nearest one that the model knows: onto the sphere, into the ball."""
    return np.stack([nearest_valid(space, code) for code in path])


def centroid(space: LatentSpace, codes: Codes, labels: Labels, label: int) -> Codes | None:
    """The mean code (d,) of a class, as a code that the model knows; None where none of them is of this class."""
    chosen = codes[labels == label]
    return nearest_valid(space, chosen.mean(axis=0)) if len(chosen) else None
