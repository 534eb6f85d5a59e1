"""How dense the codes lie over a plane, from the distance to the k-th nearest. Knows neither torch nor Qt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes
from ae_studio.latent.contours import Field, Points, grid_over, points_of
from ae_studio.latent.plane import LatentPlane
from ae_studio.latent.scene import Scene
from ae_studio.latent.support import Numbers, Support, support_of
from ae_studio.latent.valid import nearest_valid
from ae_studio.latent.view import View

SHARES = (0.5, 0.9, 0.99)  # of the codes; a line holds those that lie in places at least as dense
BLUR = 1.0  # crossings: the k-th nearest of few codes makes a jagged line


def kth_over_plane(support: Support, axes: Codes, base: Codes, points: Points) -> Numbers:
    """The distance to the k-th nearest code, (m,), of the codes ``base + points @ axes`` of a plane; points (m, 2).

    ``axes`` (2, d) are orthonormal, or the second is zero. Each distance is then made of three numbers, two on the
    plane and one off it, however many a code has.
    """
    from scipy.spatial import cKDTree

    away = (support.codes - base).astype(np.float64)
    p = axes.astype(np.float64)
    on = away @ p.T  # (n, 2)
    off = np.sqrt(np.maximum(np.square(away).sum(axis=1) - np.square(on).sum(axis=1), 0))
    places = np.zeros((len(points), 3))
    places[:, :2] = points * (np.square(p).sum(axis=1) > 0.5)  # a line has no second direction
    tree = cKDTree(np.column_stack([on, off]))
    found: Numbers = tree.query(places, k=[support.k])[0][:, 0]
    return found


def density_over(scene: Scene, view: View, step: float) -> tuple[Field, list[float]] | None:
    """The field over the window of a view, a crossing every ``step`` pixels or so, and the levels of :data:`SHARES`.

    None where there are too few codes.
    """
    support = support_of(scene.codes)
    if support is None:
        return None
    spacing = 2.0 ** np.round(np.log2(step / view.scale))
    x, y = grid_over(view.left, view.right, view.bottom, view.top, spacing)
    points = points_of(x, y)
    if isinstance(view.plane, LatentPlane) and scene.space.kind == "flat":
        base = nearest_valid(scene.space, view.base)
        kth = kth_over_plane(support, view.plane.axes, base, points)
    else:
        kth = support.distances(view.lift(points))[1]
    return density_field(support, kth, x, y), density_levels(support)


def density_field(support: Support, kth: Numbers, x: Numbers, y: Numbers) -> Field:
    """-log of the distances (rows * columns,) over a grid: it grows with the density."""
    from scipy.ndimage import gaussian_filter

    least = max(float(support.own[0]), 1e-9) * 1e-3
    values = -np.log(np.maximum(kth, least)).reshape(len(y), len(x))
    return Field(x, y, gaussian_filter(values, BLUR, mode="nearest"))


def density_levels(support: Support) -> list[float]:
    """Of that field, the value at the rim of the places that hold each share of the codes."""
    kth: npt.NDArray[np.float64] = np.quantile(support.own, SHARES)
    return [float(each) for each in -np.log(np.maximum(kth, 1e-9))]
