"""A metric, and what came out of it: for the terminal, the window and the files. Knows no torch."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

VERSION = 1  # of what is measured and how: values of another version are measured anew

Better = Literal["higher", "lower", "neither"]
Binarised = Literal["none", "static", "dynamic"]

ROUNDED_AWAY = 1e-6  # nothing here is told apart by less

ARROWS: dict[Better, str] = {"higher": "↑", "lower": "↓", "neither": ""}


@dataclass(frozen=True, slots=True)
class Options:
    """``most``: test images for what compares all pairs of them; ``neighbours``: k of the metrics of neighbourhoods;
    ``samples``: of each image's posterior, for the importance-weighted bound; ``binarised``: the images of that bound,
    as they are (grey values), binarised once for all (static) or anew (dynamic).
    """

    most: int = 2000
    neighbours: int = 10
    samples: int = 50
    binarised: Binarised = "none"


@dataclass(frozen=True, slots=True)
class About:
    """What a metric is: its ``meaning`` in a sentence, in which direction it is ``better``, and where it comes from."""

    name: str
    label: str
    unit: str
    meaning: str
    better: Better
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """A number, the ``parts`` that it is made of or stands among (a name in words to a number), and what to know."""

    value: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: a value with its parts or the ``reason`` why there is none; ``baseline`` is PCA's value."""

    about: About
    value: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    reason: str = ""
    baseline: float | None = None

    @property
    def numbers(self) -> dict[str, float]:
        """The value and the parts by flat names: ``trustworthiness``, ``trustworthiness_k_50``."""
        own = {} if self.value is None else {self.about.name: self.value}
        return own | {f"{self.about.name}_{plain(part)}": value for part, value in self.parts.items()}

    @property
    def text(self) -> str:
        """The value in words; of two parts alone both, of more their range; empty where there is none."""
        if self.value is not None:
            return shown(self.value, self.about.unit)
        if not self.parts:
            return ""
        values = [*self.parts.values()] if len(self.parts) <= 2 else sorted(self.parts.values())
        between = "/" if len(values) == 2 else "to"
        last = shown(values[-1], self.about.unit)
        return last if len(values) == 1 else f"{shown(values[0])} {between} {last}"

    @property
    def explanation(self) -> str:
        """All that a reader may want to know of this row, in lines."""
        about = self.about
        direction = {"higher": "Higher is better.", "lower": "Lower is better.", "neither": ""}[about.better]
        parts = ", ".join(f"{part}: {shown(value, about.unit)}" for part, value in self.parts.items())
        lines = (f"{about.meaning} {direction}".strip(), self.reason, parts, self.note, about.source)
        return "\n".join(line for line in lines if line)


def plain(words: str) -> str:
    """``k = 50`` to ``k_50``: a name that can stand in one."""
    return re.sub(r"\W+", "_", words.strip().lower()).strip("_")


def shown(value: float, unit: str = "") -> str:
    """Four figures and the unit: ``106.4 nats``, ``0.03472``, ``12,345``; a share in percent."""
    if not math.isfinite(value):
        return "no number" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if unit == "%":
        return f"{100 * value:.1f} %"
    if abs(value) < ROUNDED_AWAY:
        value = 0.0
    if value and (abs(value) < 1e-3 or abs(value) >= 1e7):
        text = f"{value:.2e}"
    elif float(value).is_integer():
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.{max(0, 3 - math.floor(math.log10(abs(value))))}f}"
    return f"{text} {unit}".strip()


def as_result(measured: list[Measured]) -> dict[str, Any]:
    """``metrics``, ``undefined``, ``baseline`` and ``about`` of the evaluation's JSON."""
    return {
        "metrics": {name: value for each in measured for name, value in each.numbers.items()},
        "undefined": {each.about.name: each.reason for each in measured if each.reason},
        "baseline": {each.about.name: each.baseline for each in measured if each.baseline is not None},
        "about": {each.about.name: _described(each) for each in measured},
    }


def _described(measured: Measured) -> dict[str, str]:
    about = measured.about
    words = {"label": about.label, "unit": about.unit, "meaning": about.meaning, "better": about.better}
    return words | {"source": about.source} | ({"note": measured.note} if measured.note else {})
