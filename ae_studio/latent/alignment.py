"""Codes of the same images under two models, one cloud turned to agree with the other. Knows neither torch nor Qt.

A model that is trained again finds the same order among the images, but turned, mirrored and stretched: nothing in its
loss says where the seven is to lie. Orthogonal Procrustes analysis (Schönemann 1966, Psychometrika 31) takes that away.
With source codes A (n, p) and target codes B (n, q) about their means, the narrower filled up with zeros,

    minimise ‖s A R - B‖²_F over R with RᵀR = I, reflections allowed, and s > 0;

the singular value decomposition AᵀB = U S Vᵀ gives R = U Vᵀ and s = tr S / ‖A‖². Several runs are all brought to the
first of them, as the user sees it, and not to a mean of all (Gower 1975, Psychometrika 40).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes

Scale = Literal["least squares", "spread", "none"]
"""What is done about the size of the source: what minimises the residual, which makes clouds that hardly agree small;
the same spread as the target has in the directions that the two share; nothing."""

FLAT = 1e-12  # of a spread's square against the codes' own: below, all codes lie in one place

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """z -> ``scale`` (z - ``source``) ``turn`` + ``target``, with ``turn`` (p, q) the part of R that both clouds have.

    ``agreement`` is R², from 0 to 1: the share of the target's spread that the source explains when turned and scaled
    best, (tr S)² / (‖A‖² ‖B‖²). It is the same from the target to the source; None where a cloud has no spread.
    """

    source: Codes
    target: Codes
    turn: Codes
    scale: float
    agreement: float | None

    def forward(self, codes: Codes) -> Codes:
        """Source codes (n, p) to where they lie among the target's, (n, q)."""
        moved: Codes = (self.scale * (codes - self.source) @ self.turn + self.target).astype(np.float32)
        return moved

    def backward(self, places: Codes, base: Codes) -> Codes:
        """The source codes (n, p) that come to places (n, q), or as near as they can.

        Of the many there are where p is above q, those that differ least from ``base`` (p,) or (n, p).
        """
        base = np.broadcast_to(base, (len(places), len(self.source)))
        moved: Codes = (base + (places - self.forward(base)) @ self.turn.T / self.scale).astype(np.float32)
        return moved

    @property
    def in_words(self) -> str:
        """``92 % of the spread agrees after turning``."""
        if self.agreement is None:
            return "all codes lie in one place: there is nothing to turn"
        return f"{100 * self.agreement:.0f} % of the spread agrees after turning"


def align(source: Codes, target: Codes, scale: Scale = "least squares") -> Alignment:
    """The codes (n, p) of images brought to other codes (n, q) of the same images, in the same order.

    Images whose codes are not finite count for nothing. Raises ValueError where the numbers differ, or none is left.
    """
    if len(source) != len(target):
        raise ValueError(f"there must be as many codes on both sides, got {len(source)} and {len(target)}")
    finite = np.isfinite(source).all(axis=1) & np.isfinite(target).all(axis=1)
    if not finite.any():
        raise ValueError("no image has a code on both sides")
    a, source_centre = _about_mean(source[finite])
    b, target_centre = _about_mean(target[finite])
    u, s, v = np.linalg.svd(a.T @ b, full_matrices=False)
    turn: Floats = u @ v
    sizes = _size(a), _size(b)
    is_flat = _is_flat(a, source_centre) or _is_flat(b, target_centre)
    return Alignment(
        source=source_centre.astype(np.float32),
        target=target_centre.astype(np.float32),
        turn=turn.astype(np.float32),
        scale=1.0 if is_flat else _scale(scale, a, b, turn, float(s.sum())),
        agreement=None if is_flat else float(min(1.0, s.sum() ** 2 / (sizes[0] * sizes[1]))),
    )


def _about_mean(codes: npt.NDArray[np.floating[Any]]) -> tuple[Floats, Floats]:
    wide = codes.astype(np.float64)
    mean: Floats = wide.mean(axis=0)
    return wide - mean, mean


def _size(codes: Floats) -> float:
    """‖A‖²_F."""
    return float(np.square(codes).sum())


def _is_flat(codes: Floats, centre: Floats) -> bool:
    """Whether they differ by no more than single precision lets them."""
    return _size(codes) <= FLAT * (_size(centre) * len(codes) + 1e-12)


def _scale(scale: Scale, a: Floats, b: Floats, turn: Floats, agreeing: float) -> float:
    """At least a little, so that there is a way back. ``agreeing`` is tr S."""
    if scale == "none":
        return 1.0
    shared = _size(a @ turn)
    found = agreeing / _size(a) if scale == "least squares" else np.sqrt(_size(b @ turn.T) / max(shared, 1e-300))
    return float(found) if np.isfinite(found) and found > 1e-9 else 1.0
