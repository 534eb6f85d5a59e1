"""How far apart codes are, by the geometry of their space. Knows no torch: metrics and the window measure alike."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, LatentSpace

EDGE = 1e-5  # how near to the rim of a ball a code may be: distances grow without end there

Floats = npt.NDArray[np.floating]
Distances = npt.NDArray[np.float32]


def free_numbers(space: LatentSpace) -> npt.NDArray[np.bool_]:
    """Which numbers of a code (size,) the model has found in the image: all but those that it was told."""
    free = [np.ones(space.dim * space.slots, dtype=np.bool_)]
    free += [np.full(len(switch.options), not switch.given) for switch in space.switches]
    return np.concatenate(free)


def hyperbolic(squared: Floats, room: Floats) -> Floats:
    """arcosh(1 + 2 |a - b|^2 / ((1 - |a|^2)(1 - |b|^2))) in the unit ball (Nickel & Kiela 2017, eq. 1).

    ``squared`` is |a - b|^2, ``room`` the product below it, of the same shape.
    """
    distances: Floats = np.arccosh(1 + 2 * squared / room)
    return distances


def distances_from(code: Codes, codes: Codes, space: LatentSpace) -> Distances:
    """Of a code (size,) to codes (n, size), (n,): Euclidean, on the sphere the chord, in the ball hyperbolic.

    What the model was told of an image (a class) counts for nothing. Float64 within: in a ball near ones would agree.
    """
    if space.kind == "ball":
        a, b = (np.asarray(each, np.float64)[..., : space.dim] / space.radius for each in (code, codes))
        squared = np.square(b - a).sum(axis=1)
        room = np.maximum(1 - np.square(a).sum(), EDGE) * np.maximum(1 - np.square(b).sum(axis=1), EDGE)
        return hyperbolic(squared, room).astype(np.float32)
    free = free_numbers(space)
    difference = codes[:, free].astype(np.float64) - code[free]
    return np.sqrt(np.einsum("nd,nd->n", difference, difference)).astype(np.float32)


def spread(codes: Codes, space: LatentSpace) -> float:
    """How far codes (n, size) typically lie from their mean: the root mean square of those distances."""
    if not len(codes):
        return 0.0
    distances = distances_from(codes.mean(axis=0), codes, space).astype(np.float64)
    return float(np.sqrt(np.square(distances).mean()))
