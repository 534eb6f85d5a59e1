"""A path through the latent space as a strip of frames: what each decodes to, and how near it is to real images.

Knows neither torch nor Qt.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Derivatives, Images, LatentSpace
from ae_studio.latent import geodesic, paths
from ae_studio.latent.geometry import distances_from
from ae_studio.latent.support import EDGE, OFF, Nearness, support_of

Floats = npt.NDArray[np.float64]
Notes = tuple[str, ...]
Kind = Literal["linear", "slerp", "geodesic", "data", "stroke"]

MEASURED = 4  # pieces of a path whose change is measured at once


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """What strip is wanted: from ``a`` to ``b`` (d,), or along a ``stroke`` (m, d) that was drawn.

    ``even``: what is the same from each frame to the next, the way in the code or that in the image.
    """

    kind: Kind
    frames: int
    a: Codes
    b: Codes
    even: Literal["code", "image"] = "code"
    stroke: Codes | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """Of n frames: ``codes`` (n, d), ``images``, the ``nearest`` code's image by its number (n,), and how ``near`` the
    data is, None where there are too few codes to say.

    ``line`` (m, d) is the path itself, ``length`` how far the decoded image goes on it: the sum of the root summed
    squared differences of pixels from 0 to 1. ``notes`` say what is to be known of it, the same in ever fewer words.
    """

    codes: Codes
    images: Images
    nearest: npt.NDArray[np.int64]
    near: Nearness | None
    line: Codes
    length: float
    notes: Notes = ()


def why_not(space: LatentSpace, kind: Kind) -> str:
    """Why such a path cannot be taken through such codes; empty where it can."""
    if space.kind == "codebook":
        return "Codes are entries of a codebook: there is nothing between them"
    if not space.dim:
        return "Codes are choices between options: there is nothing between them" if kind != "linear" else ""
    if kind == "slerp" and space.dim == 1:
        return "Codes of one number lie on one line: no arc leads around it"
    return ""


def make_film(
    wish: Wish,
    space: LatentSpace,
    codes: Codes,
    decode: Callable[[Codes], Images],
    derivatives: Derivatives | None = None,
) -> Film:
    """The strip that is wanted, through the ``codes`` (n, d) of a sample."""
    line, notes = _line(wish, space, codes, decode, derivatives)
    line = paths.put_back(space, paths.evenly(line, paths.FINE))
    changes = _changes(decode, line)
    lengths = changes if wish.even == "image" and changes.sum() > 0 else None
    frames = paths.put_back(space, paths.evenly(line, wish.frames, lengths))
    support = support_of(codes)
    near = support.at(frames) if support is not None else None
    return Film(frames, decode(frames), _nearest(space, codes, frames), near, line, float(changes.sum()), notes)


def _line(
    wish: Wish, space: LatentSpace, codes: Codes, decode: Callable[[Codes], Images], derivatives: Derivatives | None
) -> tuple[Codes, Notes]:
    """The path, finely cut, and what is to be known of it."""
    a, b, put_back = wish.a, wish.b, partial(paths.put_back, space)
    if wish.kind == "stroke" and wish.stroke is not None and len(wish.stroke):
        return put_back(paths.evenly(wish.stroke, paths.FINE)), ()
    if wish.kind == "slerp":
        return _arc(a, b, space)
    straight = put_back(paths.linear(a, b))
    if wish.kind == "linear":
        return straight, ()
    chain = _through_the_data(a, b, codes, decode) if len(codes) > 1 else None
    if wish.kind == "data":
        told = () if chain is not None else ("Straight: no chain of neighbours leads from A to B", "Straight: no chain")
        return straight if chain is None else put_back(paths.evenly(chain, paths.FINE)), told
    if derivatives is None:
        return straight, ("Straight: this model's decoder gives no derivatives", "Straight: no derivatives")
    best = _shortest(derivatives, straight, chain, space.dim * space.slots, put_back)
    return best.path, _compared(best, decode, straight)


def _shortest(
    derivatives: Derivatives,
    straight: Codes,
    chain: Codes | None,
    free: int,
    put_back: Callable[[Codes], Codes],
) -> geodesic.Geodesic:
    """What the straight line and, where there is time left, the way through the data become."""
    began = time.perf_counter()
    best = geodesic.geodesic(derivatives, straight, free, put_back)
    left = geodesic.SECONDS - (time.perf_counter() - began)
    if chain is None or left < geodesic.SECONDS / 2:
        return best
    other = geodesic.geodesic(derivatives, chain, free, put_back, left)
    return other if other.length < best.length else best


def _arc(a: Codes, b: Codes, space: LatentSpace) -> tuple[Codes, Notes]:
    """Of the numbers that have directions; switches go evenly from option to option."""
    numbers = space.dim * space.slots
    line = paths.linear(a, b)
    line[:, :numbers] = paths.slerp(a[:numbers], b[:numbers])
    notes = ("Straight: A and B lie on one line through the origin", "Straight: no arc between A and B")
    return paths.put_back(space, line), () if paths.bent(a[:numbers], b[:numbers]) else notes


def _through_the_data(a: Codes, b: Codes, codes: Codes, decode: Callable[[Codes], Images]) -> Codes | None:
    nodes = codes[:: -(-len(codes) // geodesic.NODES)]
    images = decode(np.concatenate([nodes, a[None], b[None]])).astype(np.float32)
    return geodesic.through_the_data(a, b, nodes, images)


def _compared(found: geodesic.Geodesic, decode: Callable[[Codes], Images], straight: Codes) -> Notes:
    """How much shorter the way in the image has become."""
    way, before = (float(_changes(decode, paths.evenly(path, paths.FINE)).sum()) for path in (found.path, straight))
    if not before > 0:
        return ()
    share = f"{100 * way / before:.0f} % of the straight"
    late = "" if found.settled else f"; not settled in {geodesic.SECONDS:g} s"
    return f"The image goes {share} path's way{late}", f"{share} path's way{late}", f"{share}{late}"


def _changes(decode: Callable[[Codes], Images], line: Codes) -> Floats:
    """How far the image goes on each piece of a path of FINE codes, (FINE - 1,).

    Measured over several at once: bytes are too coarse for what a small piece changes.
    """
    flat = decode(line[::MEASURED]).reshape(len(line[::MEASURED]), -1).astype(np.float64) / 255
    changes: Floats = np.linalg.norm(np.diff(flat, axis=0), axis=1).repeat(MEASURED) / MEASURED
    return changes


def _nearest(space: LatentSpace, codes: Codes, frames: Codes) -> npt.NDArray[np.int64]:
    """Of each frame (n, d) the number of the code nearest to it; -1 where there are none."""
    if not len(codes):
        return np.full(len(frames), -1)
    return np.array([distances_from(frame, codes, space).argmin() for frame in frames], dtype=np.int64)


def grade(share: float) -> int:
    """0 on the data, 1 at their edge, 2 off them: the same words as everywhere."""
    return 2 if share < OFF else 1 if share < EDGE else 0
