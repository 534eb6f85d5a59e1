"""How a decoder stretches the plane that is seen: G = A J^T J A^T, its logarithmic volume, and its indicatrices.

Nazari, Damrich & Hamprecht 2023 (arXiv:2306.17638), with J (D, d) the decoder's Jacobian and the rows of A the
plane's directions. Knows neither torch nor Qt: the decoder is a callable that gives images and Jacobians.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Derivatives, LatentSpace
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import LatentPlane
from ae_studio.latent.view import View

Points = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

FLAT = 1e-12  # of a metric's largest eigenvalue: below, the decoder does not react to a direction
AT_ONCE = 1024  # codes: two derivatives of a colour image of 32 x 32 are 50 MB of them
ASTRAY = 1e-3  # of a window's width: how far from its point a code may be seen
OUTLYING = 2  # percent of a map at each end that may lie beyond its colours
ROOM = 0.46  # of a grid's step that the longer half axis of an indicatrix may take
READABLE = 6.0  # between the largest and the smallest drawn indicatrix; wider ranges are compressed
SLIMMEST = 8.0  # long over short axis, likewise
CORNERS = 48  # of a drawn ellipse


def why_not(space: LatentSpace) -> str:
    """Why there is no distortion to be shown of such codes, in the user's words; empty where there is."""
    if space.kind == "codebook":
        return "Codes are entries of a codebook: there is nothing between them to be stretched"
    if not space.dim:
        return "Codes are choices between options: there is nothing between them to be stretched"
    if space.kind == "sphere" and space.dim != 3:
        return "Only a sphere of three dimensions is seen without being flattened: what the plane shows is its shadow"
    return ""


def directions(plane: LatentPlane | Globe, codes: Codes) -> Floats:
    """The plane's directions at each code (n, d): (n, k, d), orthonormal; k = 1 for a line.

    On a globe they are tangents of it: any two, since neither volumes nor ellipses depend on which.
    """
    axes = np.asarray(plane.axes, dtype=np.float64)
    if isinstance(plane, Globe):
        return _tangents(codes.astype(np.float64), axes)
    kept = axes[:1] if np.abs(axes[0] @ axes[1]) > 0.5 or not axes[1].any() else axes
    return np.broadcast_to(kept, (len(codes), *kept.shape))


def _tangents(z: Floats, axes: Floats) -> Floats:
    """Of the unit sphere at z (n, 3), seen along the last of the ``axes``: right and up, turned towards the surface."""
    across = np.cross(z, axes[0])
    length = np.linalg.norm(across, axis=1, keepdims=True)
    across = np.where(length > 1e-6, across, np.cross(z, axes[1])) / np.where(length > 1e-6, length, 1)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    return np.stack([np.cross(across, z), across], axis=1)


def metric(derivatives: Derivatives, codes: Codes, along: Floats) -> Floats:
    """G (n, k, k) at codes (n, d) in the directions ``along`` (n, k, d)."""
    if not len(codes):
        return np.zeros((0, along.shape[1], along.shape[1]))
    found = []
    for start in range(0, len(codes), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        columns = derivatives(codes[part], along[part])[1].astype(np.float64)  # (n, D, k)
        found.append(np.matmul(columns.transpose(0, 2, 1), columns))
    return np.concatenate(found)


def log_volume(g: Floats) -> Floats:
    """log det G (n,) of metrics (n, k, k), nats; NaN where the decoder does not react to every direction."""
    values = np.linalg.eigvalsh(g)
    flat = (values[:, -1] <= 0) | (values[:, 0] <= FLAT * values[:, -1])
    return np.where(flat, np.nan, np.log(np.where(flat[:, None], 1, np.maximum(values, 1e-300))).sum(axis=1))


def log_volume_of_space(space: LatentSpace, codes: Codes, dimensions: int) -> Floats:
    """log det of the latent space's own metric (n,), in so many directions: 0 but in a ball.

    There lengths are 2 / (1 - |z|^2 / R^2) times what they look like (Mathieu et al. 2019, arXiv:1901.06033).
    """
    if space.kind != "ball":
        return np.zeros(len(codes))
    share = np.square(codes[:, : space.dim].astype(np.float64)).sum(axis=1) / space.radius**2
    return np.where(share < 1, 2 * dimensions * np.log(2 / np.maximum(1 - share, 1e-12)), np.nan)


def under(view: View, points: Points) -> tuple[Codes, Floats, npt.NDArray[np.bool_]]:
    """Of points (n, 2): the codes (n, d), the plane's directions there (n, k, d), and where there is a code at all.

    Beside a globe and outside a ball there is none: the nearest one lies somewhere else.
    """
    codes = view.lift(points)
    along = directions(view.plane, codes)
    numbers = 2 if along.shape[1] == 2 else 1
    astray = np.abs(view.plane.project(codes) - points)[:, :numbers].max(axis=1)
    return codes, along, astray <= ASTRAY * (view.right - view.left)


def distortion_map(derivatives: Derivatives, view: View, columns: int, rows: int) -> tuple[Floats, Scale]:
    """log det G over the cells of a view (rows, columns), nats, the top row first; NaN where the decoder is flat.

    In a ball it is the volume in the image over the hyperbolic one. Where no code is, beside a globe or a ball, stands
    the value at the rim, which has no part in the scale.
    """
    codes, along, there = under(view, view.grid(columns, rows))
    own = log_volume_of_space(view.space, codes, along.shape[1])
    values = log_volume(metric(derivatives, codes, along)) - own
    return values.reshape(rows, columns), scale_of(values[there])


def rim(view: View) -> tuple[float, float, float] | None:
    """The circle (x, y, radius) of the plane outside of which there are no codes; None where they may lie anywhere."""
    if isinstance(view.plane, Globe):
        return 0.0, 0.0, 1.0
    if view.space.kind != "ball":
        return None
    x, y = view.project(np.zeros((1, view.space.size), dtype=np.float32))[0].tolist()
    base = view.base[: view.space.dim].astype(np.float64)  # of the plane's own zero, as far from (x, y) as that is
    square = view.space.radius**2 - (base @ base - x**2 - y**2)
    return x, y, float(np.sqrt(max(0.0, square)))


@dataclass(frozen=True, slots=True)
class Scale:
    """What a map's colours say: the ``middle`` is its median, and they end ``reach`` above and below; nats."""

    middle: float
    reach: float


def scale_of(values: Floats) -> Scale:
    """For values of any shape; NaN where there are none counts for nothing."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Scale(0.0, 1.0)
    middle = float(np.median(known))
    low, high = np.percentile(known, [OUTLYING, 100 - OUTLYING])
    return Scale(middle, max(high - middle, middle - low, 1e-6))


@dataclass(frozen=True, slots=True, eq=False)
class Indicatrices:
    """Ellipses {v: v^T G v = step^2}: steps v along which the decoded image changes equally much.

    ``outlines`` (n, CORNERS, 2) are points of the plane. ``true_range`` is the largest one's size over the smallest's,
    and ``drawn_range`` what is drawn of it. ``step`` is the change, the root of the summed squared differences of
    pixels from 0 to 1, that the one of median size stands for.
    """

    outlines: Points
    step: float
    true_range: float
    drawn_range: float


def indicatrices(derivatives: Derivatives, view: View, columns: int, rows: int) -> Indicatrices:
    """At the middles of so many cells of a view."""
    points = view.grid(columns, rows)
    codes, along, there = under(view, points)
    g = metric(derivatives, codes[there], along[there])
    seen = along[there] @ np.asarray(view.plane.axes[:2], dtype=np.float64).T
    return ellipses(g, points[there], seen, min((view.right - view.left) / columns, (view.top - view.bottom) / rows))


def ellipses(g: Floats, points: Points, seen: Floats, spacing: float) -> Indicatrices:
    """Around points (n, 2) of the plane, of metrics G (n, k, k) whose directions are seen there as (n, k, 2).

    They are made to fit into a grid of this ``spacing``. Where their sizes range beyond READABLE the logarithms of
    those are drawn in proportion, and where one is slimmer than SLIMMEST the logarithms of their shapes.
    """
    known = np.isfinite(log_volume(g))
    if not known.any():
        return Indicatrices(np.zeros((0, CORNERS, 2), dtype=np.float32), 0.0, 1.0, 1.0)
    values, vectors = np.linalg.eigh(g[known])
    axes = values**-0.5  # half axes for a step of 1, the longest first
    size = np.exp(np.log(axes).mean(axis=1))  # (n,), the radius of the circle of the same area
    typical = float(np.median(size))
    true_range = float(size.max() / size.min())
    size_power = _power(true_range, READABLE)
    shape_power = _power(float((axes[:, 0] / axes[:, -1]).max()), SLIMMEST)
    drawn = (size / typical)[:, None] ** size_power * (axes / size[:, None]) ** shape_power
    fit = ROOM * spacing / float(drawn.max())
    angle = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    circle = np.stack([np.cos(angle), np.sin(angle)])[: g.shape[1]]  # (k, CORNERS)
    outline = np.einsum("nij,nj,jc,nix->ncx", vectors, fit * drawn, circle, seen[known])
    placed = (points[known][:, None] + outline).astype(np.float32)
    return Indicatrices(placed, fit / typical, true_range, true_range**size_power)


def _power(ratio: float, readable: float) -> float:
    """What brings the largest ratio down to a readable one; 1 where it is."""
    return min(1.0, float(np.log(readable) / np.log(ratio))) if ratio > 1 else 1.0
