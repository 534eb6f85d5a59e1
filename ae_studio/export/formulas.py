"""Formulas, typeset ahead as SVG: matplotlib sets them, and is too slow to load for a window that wants to be there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

import numpy as np

SIZE = 16  # pixels, of the letters
UNITS = 20  # of the SVG in a pixel: whole numbers keep the file small, and the same on every machine
GAP = 14  # pixels between two lines


def as_svg(tex: Sequence[str]) -> str:
    """The lines below each other in ``currentColor``, each a path ``line0``, ``line1``, …, and the mark of the tex."""
    paths, top, widest = [], 0, 0
    for number, line in enumerate(tex):
        outline, width, height = _outline(line, top)
        paths.append(f'<path id="line{number}" d="{outline}"/>')
        top += height + GAP * UNITS
        widest = max(widest, width)
    height = top - GAP * UNITS
    size = f'width="{widest / UNITS:g}" height="{height / UNITS:g}" viewBox="0 0 {widest} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="currentColor">'
    return "\n".join([head, f"<desc>tex {mark(tex)}</desc>", *paths, "</svg>", ""])


def mark(tex: Sequence[str]) -> str:
    """What tells one formula from another: 16 hexadecimal digits."""
    return hashlib.sha256("\n".join(tex).encode("utf-8")).hexdigest()[:16]


def mark_of(svg: str) -> str:
    """The mark of the formula that an SVG of ours was made of; empty where there is none."""
    found = re.search(r"<desc>tex ([0-9a-f]{16})</desc>", svg)
    return found[1] if found else ""


def _outline(line: str, top: int) -> tuple[str, int, int]:
    """The formula's outline with its left upper corner at (0, top), y downwards, its width and height; in units."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    large = re.sub(r"(?<![_^]{)\\frac", r"\\dfrac", line)  # as a formula by itself, not one within a text
    path = TextPath((0, 0), f"${large}$", size=SIZE * UNITS, prop=FontProperties(math_fontfamily="cm"))
    box = path.get_extents()
    pieces, at = [], np.zeros(2, dtype=int)
    for flat, code in path.iter_segments(curves=True, simplify=False):
        points = np.rint((flat.reshape(-1, 2) - (box.x0, box.y1)) * (1, -1) + (0, top)).astype(int)
        if code == path.CLOSEPOLY:
            pieces.append("z")
            continue
        pieces.append(_LETTERS[int(code)] + _compact((points - (at if code != path.MOVETO else 0)).ravel().tolist()))
        at = points[-1]
    return "".join(pieces), round(box.width), round(box.height)


_LETTERS = {1: "M", 2: "l", 3: "q", 4: "c"}  # matplotlib.path.Path's codes; all but M count from the point before


def _compact(numbers: Iterable[int]) -> str:
    """``12 -3 4`` as ``12-3 4``: a minus parts numbers too."""
    return re.sub(" -", "-", " ".join(map(str, numbers)))
