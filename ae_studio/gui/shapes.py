"""Marks that can be told apart without their colour, all of about the same ink."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float64]
Shape = Callable[[Field, Field, float], Field]
"""Of places (dx, dy) from the centre, y downwards, the distance from the rim of a mark of this radius, inside > 0."""

ROOT = 2**-0.5


def disc(x: Field, y: Field, r: float) -> Field:
    return r - np.hypot(x, y)


def square(x: Field, y: Field, r: float) -> Field:
    return 0.89 * r - np.maximum(np.abs(x), np.abs(y))


def triangle(x: Field, y: Field, r: float) -> Field:
    inner = 0.78 * r  # the radius of the circle in it
    return inner - np.maximum(y, np.sqrt(0.75) * np.abs(x) - y / 2)


def triangle_down(x: Field, y: Field, r: float) -> Field:
    return triangle(x, -y, r)


def diamond(x: Field, y: Field, r: float) -> Field:
    return (1.25 * r - np.abs(x) - np.abs(y)) * ROOT


def plus(x: Field, y: Field, r: float) -> Field:
    across = np.minimum(1.3 * r - np.abs(x), 0.36 * r - np.abs(y))
    return np.maximum(across, np.minimum(1.3 * r - np.abs(y), 0.36 * r - np.abs(x)))


def cross(x: Field, y: Field, r: float) -> Field:
    return plus((x + y) * ROOT, (x - y) * ROOT, r)


def ring(x: Field, y: Field, r: float) -> Field:
    return 0.28 * r - np.abs(np.hypot(x, y) - r)


def bar(x: Field, y: Field, r: float) -> Field:
    return np.minimum(1.4 * r - np.abs(x), 0.45 * r - np.abs(y))


def upright(x: Field, y: Field, r: float) -> Field:
    return bar(y, x, r)


SHAPES: tuple[Shape, ...] = (disc, square, triangle, plus, diamond, ring, triangle_down, cross, bar, upright)
LEGIBLE = 3.6  # pixels of radius, from which on they can be told apart


def coverage(shape: Shape, x: Field, y: Field, radius: float) -> Field:
    """How much of the pixel at (dx, dy) the mark covers, 0 to 1: its soft edge is a pixel wide."""
    return np.clip(shape(x, y, radius) + 0.5, 0, 1)


def shape_of(kind: int) -> Shape:
    """The mark of a class; beyond ten they come again, in other colours."""
    return SHAPES[kind % len(SHAPES)]
