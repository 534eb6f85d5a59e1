"""What is told of each family: its card, a file in ``resources/cards``, alike in window, terminal and documentation."""

from __future__ import annotations

import functools
import re
import sys
from html import unescape
from typing import Literal

from pydantic import Field, field_validator

from ae_studio.config import Schema, check
from ae_studio.models.diagrams import DEFAULTS, Diagram, read_diagram
from ae_studio.paths import resource

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

GROUPS = ("Plain", "Variational", "Disentangled", "Regularised", "Matching a prior", "Discrete", "Geometry", "Your own")
Group = Literal[
    "Plain", "Variational", "Disentangled", "Regularised", "Matching a prior", "Discrete", "Geometry", "Your own"
]


class Card(Schema):
    """One family's card.

    ``short`` names it in a list; ``summary`` is a sentence, ``purpose`` a paragraph: what it is for. ``formula`` is one
    line of HTML in the paper's letters; ``tex`` the whole objective, a line each, as matplotlib's mathtext reads it,
    and ``letters`` what its letters mean. ``extremes`` says of each setting what happens at the ends of its range.
    ``attempts`` are things to try; ``slow`` says why a step takes more than three times a plain VAE's, where it does.
    ``diagram`` is a small drawing, as :mod:`ae_studio.models.diagrams` reads it; without one the group's is shown.
    """

    short: str
    title: str
    group: Group
    summary: str
    purpose: str
    formula: str
    tex: tuple[str, ...]
    letters: dict[str, str] = Field(default={})
    extremes: dict[str, str] = Field(default={})
    attempts: tuple[str, ...]
    paper: str
    link: str = ""
    slow: str = ""
    diagram: tuple[str, ...] = ()

    @field_validator("diagram")
    @classmethod
    def _readable(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        read_diagram(lines)
        return lines

    @property
    def drawing(self) -> Diagram:
        return read_diagram(self.diagram or DEFAULTS[self.group])

    @property
    def plain_formula(self) -> str:
        """The formula for a terminal: fractions with a stroke, raised and lowered letters behind ^ and _."""
        text = re.sub(r"<sup>(.*?)</sup>/<sub>(.*?)</sub>", r"\1/\2", " ".join(unescape(self.formula).split()))
        text = re.sub(r"<sup>(.*?)</sup>", lambda found: f"^{_grouped(found[1])}", text)
        return re.sub(r"<sub>(.*?)</sub>", lambda found: f"_{_grouped(found[1])}", text)


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"


@functools.cache
def card(name: str) -> Card:
    """The card of the family of this name. Raises :class:`~ae_studio.config.ConfigError` for a damaged one."""
    path = resource(f"cards/{name}.toml")
    return check(Card, tomllib.loads(path.read_text(encoding="utf-8")), where=path.name)
