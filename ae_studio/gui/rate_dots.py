"""How runs look in the plot of rate against distortion: the size and colour of each, and what is said of it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ae_studio.gui.colour_scale import scale_colours
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.latent.measured import shown
from ae_studio.runs.rate_distortion import Point

SMALLEST, LARGEST = 7.0, 17.0  # pixels of a point: of one dimension, and of 64 or more
KINDS = {"model": "{}", "beta": "β = {}", "latent_dim": "{} dimensions"}  # what colours stand for, in words
NAMED = 8  # colours that are told

Kind = str | float | None
Colours = dict[Kind, str]


@dataclass(frozen=True, slots=True)
class Dot:
    """A run as it is drawn: in this colour, at this ``height``; ``letter`` and ``ring`` where it is compared."""

    point: Point
    height: float
    colour: str
    letter: str = ""
    ring: str = ""

    def words(self, *, sums: bool) -> str:
        """Three lines: which run it is, what was trained, its numbers; ``sums``: rate and height can be added up."""
        point, letter = self.point, f"{self.letter}: " if self.letter else ""
        beta = "" if point.beta is None else f", β = {point.beta:g}"
        trained = f"{point.model}{beta}, {point.latent_dim} dimensions, seed {point.seed}, epoch {point.epoch}"
        numbers = f"rate {shown(point.rate)}, distortion {shown(self.height)}"
        numbers += f", sum {shown(point.total)}" if sums else ""
        return f"<b>{letter}{html.escape(point.name)}</b><br>{html.escape(trained)}<br>{numbers}"


def size_of(latent_dim: int) -> float:
    """Pixels of a point: larger for more dimensions, by their logarithm."""
    share = min(1.0, np.log2(max(1, latent_dim)) / 6)
    return float(SMALLEST + share * (LARGEST - SMALLEST))


def kind_of(point: Point, what: str) -> Kind:
    """What decides over its colour; ``what`` is one of :data:`KINDS`."""
    kinds: dict[str, Kind] = {"model": point.model, "beta": point.beta, "latent_dim": point.latent_dim}
    return kinds[what]


def colours_of(points: Sequence[Point], what: str, theme: Theme) -> Colours:
    """Of every kind that there is: a colour of its own for a family, a place on the scale for a number."""
    kinds = {kind_of(point, what) for point in points}
    ordered = sorted(kinds, key=lambda kind: (kind is None, str(kind) if isinstance(kind, str) else "", kind or 0))
    palette = (class_colours if what == "model" else scale_colours)(theme, max(2, len(ordered)))
    return {kind: theme.dim if kind is None else colour for kind, colour in zip(ordered, palette, strict=False)}


def key_of(colours: Colours, what: str) -> str:
    """What the colours stand for, as HTML."""
    entries = []
    for kind, colour in list(colours.items())[:NAMED]:
        text = "no β" if kind is None else KINDS[what].format(kind if isinstance(kind, str) else f"{kind:g}")
        entries.append(f'<span style="color:{colour}">●</span>&nbsp;{html.escape(text)}')
    return "&nbsp;&nbsp; ".join(entries) + (" …" if len(colours) > NAMED else "")
