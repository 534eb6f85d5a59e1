"""A path through the latent space as a strip of frames: what each decodes to, and how near it is to real images.

Knows neither torch nor Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Derivatives, Images, LatentSpace
from ae_studio.latent import geodesic, paths

Floats = npt.NDArray[np.float64]
Kind = Literal["linear", "slerp", "geodesic", "data", "stroke"]
Support = Callable[[Codes], Floats]
"""Codes (n, d) to the share (n,) of the sample's own codes that lie no less alone."""

MEASURED = 4  # pieces of a path whose change is measured at once
NEIGHBOUR = 10  # which nearest code's distance says how alone a code is
RIM = 1e-5  # how near to the rim of a ball a code may be: distances grow without end there
OFF, EDGE = 0.005, 0.05  # shares of the sample's codes that are as alone: below, a frame is off the data, at its edge


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
    """Of n frames: ``codes`` (n, d), ``images``, the ``nearest`` code's image by its number (n,), and ``support`` (n,).

    ``line`` (m, d) is the path itself, ``length`` how far the decoded image goes on it: the sum of the root summed
    squared differences of pixels from 0 to 1. ``note`` says what is to be known of it.
    """

    codes: Codes
    images: Images
    nearest: npt.NDArray[np.int64]
    support: Floats
    line: Codes
    length: float
    note: str = ""


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
    support: Support | None = None,
) -> Film:
    """The strip that is wanted, through the ``codes`` (n, d) of a sample."""
    line, note = _line(wish, space, codes, decode, derivatives)
    line = paths.put_back(space, paths.evenly(line, paths.FINE))
    changes = _changes(decode, line)
    lengths = changes if wish.even == "image" and changes.sum() > 0 else None
    frames = paths.put_back(space, paths.evenly(line, wish.frames, lengths))
    nearest = distances(space, frames, codes).argmin(axis=1) if len(codes) else np.full(len(frames), -1)
    sure = (support or neighbour_support(space, codes))(frames)
    return Film(frames, decode(frames), nearest, sure, line, float(changes.sum()), note)


def _line(
    wish: Wish, space: LatentSpace, codes: Codes, decode: Callable[[Codes], Images], derivatives: Derivatives | None
) -> tuple[Codes, str]:
    """The path, finely cut, and what is to be known of it."""
    a, b, put_back = wish.a, wish.b, partial(paths.put_back, space)
    if wish.kind == "stroke" and wish.stroke is not None and len(wish.stroke):
        return put_back(paths.evenly(wish.stroke, paths.FINE)), ""
    if wish.kind == "slerp":
        return _arc(a, b, space)
    straight = put_back(paths.linear(a, b))
    if wish.kind == "linear":
        return straight, ""
    chain = _through_the_data(a, b, codes, decode) if len(codes) > 1 else None
    if wish.kind == "data":
        told = "" if chain is not None else "Straight: no chain of neighbours leads from A to B"
        return straight if chain is None else put_back(paths.evenly(chain, paths.FINE)), told
    if derivatives is None:
        return straight, "Straight: this model's decoder gives no derivatives"
    starts = [straight] if chain is None else [straight, chain]
    free = space.dim * space.slots
    found = [geodesic.geodesic(derivatives, start, free, put_back, geodesic.SECONDS / len(starts)) for start in starts]
    best = min(found, key=lambda each: each.length)
    return best.path, _compared(best, decode, straight)


def _arc(a: Codes, b: Codes, space: LatentSpace) -> tuple[Codes, str]:
    """Of the numbers that have directions; switches go evenly from option to option."""
    numbers = space.dim * space.slots
    line = paths.linear(a, b)
    line[:, :numbers] = paths.slerp(a[:numbers], b[:numbers])
    note = "" if paths.bent(a[:numbers], b[:numbers]) else "A and B lie on one line through the origin: straight"
    return paths.put_back(space, line), note


def _through_the_data(a: Codes, b: Codes, codes: Codes, decode: Callable[[Codes], Images]) -> Codes | None:
    images = decode(np.concatenate([codes, a[None], b[None]])).astype(np.float32)
    return geodesic.through_the_data(a, b, codes, images)


def _compared(found: geodesic.Geodesic, decode: Callable[[Codes], Images], straight: Codes) -> str:
    """How much shorter the way in the image has become."""
    way, before = (float(_changes(decode, paths.evenly(path, paths.FINE)).sum()) for path in (found.path, straight))
    if not before > 0:
        return ""
    share = f"The image goes {100 * way / before:.0f} % of the straight path's way"
    return share if found.settled else f"{share}; not settled in {geodesic.SECONDS:g} s"


def _changes(decode: Callable[[Codes], Images], line: Codes) -> Floats:
    """How far the image goes on each piece of a path of FINE codes, (FINE - 1,).

    Measured over several at once: bytes are too coarse for what a small piece changes.
    """
    flat = decode(line[::MEASURED]).reshape(len(line[::MEASURED]), -1).astype(np.float64) / 255
    changes: Floats = np.linalg.norm(np.diff(flat, axis=0), axis=1).repeat(MEASURED) / MEASURED
    return changes


def distances(space: LatentSpace, codes: Codes, others: Codes) -> Floats:
    """Between codes (n, d) and others (m, d), (n, m): Euclidean, on the sphere the chord, in the ball hyperbolic.

    What a model was told of an image (a class) counts for nothing.
    """
    from scipy.spatial.distance import cdist

    kept = [np.ones(space.dim * space.slots, dtype=np.bool_)]
    kept += [np.full(len(switch.options), not switch.given) for switch in space.switches]
    free = np.concatenate(kept)
    a, b = codes[:, free].astype(np.float64), others[:, free].astype(np.float64)
    if space.kind != "ball":
        return np.asarray(cdist(a, b), dtype=np.float64)
    room = [np.maximum(1 - np.square(each).sum(axis=1) / space.radius**2, RIM) for each in (a, b)]
    apart = cdist(a, b, "sqeuclidean") / space.radius**2
    found: Floats = np.arccosh(1 + 2 * apart / np.outer(*room))  # Nickel & Kiela 2017, eq. 1
    return found


def neighbour_support(space: LatentSpace, codes: Codes) -> Support:
    """By the distance to the 10th nearest code: the share of the codes whose own 10th is no nearer."""
    k = min(NEIGHBOUR, len(codes) - 1)
    if k < 1:
        return lambda frames: np.zeros(len(frames))
    own = np.sort(np.partition(distances(space, codes, codes), k, axis=1)[:, k])  # each is its own nearest

    def support(frames: Codes) -> Floats:
        alone = np.partition(distances(space, frames, codes), k - 1, axis=1)[:, k - 1]
        return 1 - np.searchsorted(own, alone, side="left") / len(own)

    return support


def in_words(support: float) -> str:
    return "off the data" if support < OFF else "at its edge" if support < EDGE else "on the data"
