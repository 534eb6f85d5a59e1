"""Decoded images for the window of a view, and how sure the data makes each of them. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ae_studio.events import Codes, Decoder, Images
from ae_studio.latent.lattice import Bounds, Normal, Numbers, Spacing, make_grid
from ae_studio.latent.scene import Scene
from ae_studio.latent.support import opacity, support_of
from ae_studio.latent.view import View

ON_A_CURVE, ON_A_DISC = 0.5, 0.2  # of a cell: a circle is to have no gaps, a globe no images beyond its rim
AT_ONCE = 64  # codes: a convolution's numbers then stay in the cache, for half the time of all at once


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """m decoded ``images`` (m, H, W) or (m, H, W, 3).

    Each belongs into a square of the plane, ``squares`` (m, 3): left, bottom, size. ``sureness`` (m,): 1 on the data,
    towards 0 far off it.
    """

    squares: Numbers
    images: Images
    sureness: Numbers


def make_lattice(scene: Scene, view: View, cell: float, spacing: Spacing) -> Lattice | None:
    """Images about ``cell`` pixels wide; None where the view holds no place of the space.

    Quantile spacing needs a normal prior; without one it is linear.
    """
    bounds = Bounds(view.left, view.right, view.bottom, view.top, view.scale)
    prior = normal_prior(scene, view) if spacing == "quantile" else None
    grid = make_grid(bounds, cell, prior, line=scene.space.size == 1)
    codes = view.lift(grid.points())
    shown = np.ones(len(codes), dtype=np.bool_)
    if scene.space.size > 1:
        circle = scene.space.kind == "sphere" and scene.space.dim == 2
        shown = grid.holds(view.project(codes), ON_A_CURVE if circle else ON_A_DISC)
    if not shown.any():
        return None
    codes = codes[shown]
    return Lattice(grid.squares()[shown], decoded(scene.look.decoder, codes), _sureness(scene, codes))


def normal_prior(scene: Scene, view: View) -> Normal | None:
    """The prior as the plane sees it, where it is N(0, sd^2 I) and codes may lie anywhere."""
    prior = scene.look.prior
    if prior is None or prior.sd is None or scene.space.kind != "flat":
        return None
    x, y = view.project(np.zeros((1, scene.space.size), dtype=np.float32))[0]
    return Normal((float(x), float(y)), prior.sd)


def decoded(decoder: Decoder, codes: Codes) -> Images:
    """All images, some at a time."""
    return np.concatenate([decoder(codes[start : start + AT_ONCE]) for start in range(0, len(codes), AT_ONCE)])


def _sureness(scene: Scene, codes: Codes) -> Numbers:
    support = support_of(scene.codes)
    if support is None:
        return np.ones(len(codes))
    return opacity(support, support.distances(codes)[1], floor=0.0)
