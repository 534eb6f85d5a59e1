"""The directions of a latent space that the plane on the canvas does not show, for a slider each. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ae_studio.events import Codes, LatentSpace
from ae_studio.latent.activity import Activity, activity, in_use
from ae_studio.latent.plane import LatentPlane, subscripted

SPREAD = (0.005, 0.995)  # quantiles of the codes between which a slider moves
ROOM = 0.25  # of that range, beyond each end: what lies just outside the data says something too
LEAST = 0.5  # half a range at the least, in units of a prior's sigma, where the codes hardly differ


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """A unit vector ``axis`` (d,) off the plane, its usual values from ``low`` to ``high``, and what is known of it.

    Values count from the plane itself, whose codes all have the same component ``level`` along the axis.
    ``importance`` is in words; ``reason`` is why the direction says nothing, empty where it does.
    """

    name: str
    axis: Codes
    low: float
    high: float
    level: float
    importance: str
    reason: str = ""

    def value(self, code: Codes) -> float:
        """Of a code (d,), along this direction."""
        return float(self.axis @ code) - self.level

    def moved(self, code: Codes, value: float) -> Codes:
        """The code (d,) with another value along this direction alone."""
        return (code + np.float32(value - self.value(code)) * self.axis).astype(np.float32)


def remaining_directions(
    plane: LatentPlane,
    codes: Codes,
    space: LatentSpace,
    kl: Codes | None = None,
    spread: Codes | None = None,
    previous: tuple[Direction, ...] = (),
) -> tuple[Direction, ...]:
    """Those at right angles to the plane, the most important first.

    Of a plane of two dimensions they are the others, ordered by KL (d,) in nats or, without one, by the variance of the
    codes (n, d), whose posteriors have this ``spread``, if any. Of any other plane they are the principal components of
    what is left, ordered by variance, each with the sign of the ``previous`` one in its place.
    """
    if why_no_directions(space, is_globe=False) or not len(codes) or not np.isfinite(codes).all():
        return ()
    if plane.dimensions is not None:
        return _dimensions(plane.dimensions, codes, space, activity(codes, space, kl, spread))
    return _rest(plane, codes, space, kl is not None or spread is not None, previous)


def why_no_directions(space: LatentSpace, is_globe: bool) -> str:
    """Why there are no sliders in this space, empty where there are."""
    if space.kind == "codebook":
        return "A codebook has no directions: its codes are made of entries, which the canvas shows"
    if is_globe:
        return "The globe shows every direction: turn it with the right mouse button"
    if space.dim <= 2:
        return "The canvas shows every direction of this latent space" if space.dim else "This code has switches only"
    return ""


def reset(directions: tuple[Direction, ...], code: Codes) -> Codes:
    """The code (d,) with 0 along every direction: of all of them, back onto the plane itself."""
    for direction in directions:
        code = direction.moved(code, 0.0)
    return code


def _dimensions(shown: tuple[int, ...], codes: Codes, space: LatentSpace, known: Activity) -> tuple[Direction, ...]:
    basis = np.eye(space.size, dtype=np.float32)
    lows, highs = _ranges(codes[:, : space.dim])
    return tuple(
        Direction(
            subscripted(index),
            basis[index],
            float(lows[index]),
            float(highs[index]),
            0.0,
            known.in_words(index),
            known.why_inactive(index),
        )
        for index in map(int, known.order)
        if index not in shown
    )


def _rest(
    plane: LatentPlane, codes: Codes, space: LatentSpace, has_posterior: bool, previous: tuple[Direction, ...]
) -> tuple[Direction, ...]:
    spread = (codes[:, : space.dim] - codes[:, : space.dim].mean(axis=0)).astype(np.float64)
    axes = _complement(plane, spread)  # (dim - 2, dim)
    axes = _signed_alike(axes, previous)
    variance = (spread @ axes.T).var(axis=0)
    all_variance = np.concatenate([variance, (spread @ plane.axes[:, : space.dim].T).var(axis=0)])
    used = in_use(all_variance, has_posterior)[: len(axes)]
    levels = axes @ plane.origin[: space.dim]
    lows, highs = _ranges(codes[:, : space.dim] @ axes.T - levels)
    padded = np.zeros((len(axes), space.size), dtype=np.float32)
    padded[:, : space.dim] = axes
    letter, first = ("PC", 2) if plane.labels[0].startswith("PC") else ("r", 0)
    directions = []
    for number, axis in enumerate(padded):
        name = subscripted(first + number, letter)
        words = f"variance {variance[number]:.3g}"
        reason = "" if used[number] else f"{words}: the codes do not differ along {letter}{first + number + 1}"
        low, high = float(lows[number]), float(highs[number])
        directions.append(Direction(name, axis, low, high, float(levels[number]), words, reason))
    return tuple(directions)


def _complement(plane: LatentPlane, spread: np.ndarray) -> np.ndarray:
    """An orthonormal basis (dim - 2, dim) of what is at right angles to the plane, the widest of ``spread`` first."""
    dim = spread.shape[1]
    basis, _ = np.linalg.qr(np.concatenate([plane.axes[:, :dim].T, np.eye(dim)], axis=1).astype(np.float64))
    rest = basis[:, 2:]  # (dim, dim - 2)
    inside = spread @ rest
    _, directions = np.linalg.eigh(inside.T @ inside)
    found: np.ndarray = (rest @ directions[:, ::-1]).T
    return found


def _signed_alike(axes: np.ndarray, previous: tuple[Direction, ...]) -> np.ndarray:
    """Each axis with the sign in which it agrees with what the previous ones were."""
    dim = axes.shape[1]
    for number, axis in enumerate(axes[: len(previous)]):
        before = previous[number].axis[:dim]
        if len(before) == dim and axis @ before < 0:
            axes[number] = -axis
    return axes


def _ranges(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ends (k,) of sliders for values (n, k), with 0 between them."""
    low, high = np.quantile(values, SPREAD, axis=0)
    room = ROOM * (high - low)
    return np.minimum(low - room, -LEAST), np.maximum(high + room, LEAST)
