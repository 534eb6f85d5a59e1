"""The cards as text: the list of families, one whole card on a terminal, and as values for JSON."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ae_studio.config import FieldSpec, field_specs
from ae_studio.models.cards import GROUPS
from ae_studio.models.catalog import MODELS, Family, family
from ae_studio.models.own import installed

WIDEST = 100  # characters: longer lines are hard to read
NARROWEST = 40
NAME_WIDTH = 16


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """A setting as its card tells it; texts are empty where there is nothing to say. ``only_if``: ``network=mlp``."""

    name: str
    label: str
    default: Any
    range: str
    unit: str
    meaning: str
    extremes: str
    only_if: str

    @property
    def default_text(self) -> str:
        if isinstance(self.default, bool):
            return "on" if self.default else "off"
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)

    @property
    def range_text(self) -> str:
        return f"{self.range} {self.unit}".strip()


def setting_facts(known: Family) -> list[SettingFacts]:
    """Everything that can be set of a family, in the order of its form."""
    return [_facts(spec, known.card.extremes) for spec in field_specs(known.settings).values()]


def _facts(spec: FieldSpec, extremes: Mapping[str, str]) -> SettingFacts:
    choice = spec.help.split(" ", 1)[0].endswith(":")  # "mlp: fully connected layers; conv: ..."
    meaning = spec.help if choice else f"{spec.help[:1].upper()}{spec.help[1:]}"
    only_if = "=".join(spec.only_if) if spec.only_if else ""
    told = extremes.get(spec.name, "")
    return SettingFacts(spec.name, spec.label, spec.default, spec.range_text, spec.unit, meaning, told, only_if)


def groups() -> dict[str, list[Family]]:
    """The families by their group, in the groups' order; groups without one are left out."""
    found: dict[str, list[Family]] = {group: [] for group in GROUPS}
    for known in MODELS.values():
        found[known.card.group].append(known)
    return {group: families for group, families in found.items() if families}


def installed_models() -> dict[str, str]:
    """Of the models that other installed packages offer, where each comes from; none of them is loaded."""
    return {
        name: f"{entry.value} ({entry.dist.name if entry.dist else 'no package'})"
        for name, entry in installed().items()
    }


def terminal_width() -> int:
    """Characters in a line: the terminal's, within limits; 80 in a pipe."""
    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def models_text(width: int) -> str:
    """Every family with its summary, by group."""
    lines: list[str] = []
    for group, families in groups().items():
        lines += ["", group] if lines else [group]
        for known in families:
            head = f"  {known.name:<{NAME_WIDTH}} "
            lines += _wrapped(known.card.summary, width, head, " " * len(head))
    lines += _section("Your own", [f"  {name:<{NAME_WIDTH}} {told}" for name, told in installed_models().items()])
    more = "A .py file with a model of your own is one too: CONTRIBUTING.md has an example."
    return "\n".join([*lines, "", "`ae-studio models NAME` shows a family's card.", *_wrapped(more, width)])


def card_text(name: str, width: int) -> str:
    """The whole card. Raises :class:`~ae_studio.config.ConfigError` for an unknown name."""
    known = family(name)
    card = known.card
    lines = [f"{card.title} ({name})", *_wrapped(card.summary, width), ""]
    lines += [*_wrapped(card.purpose, width), ""]
    lines += [f"    {card.plain_formula}"] if card.formula else []
    lines += [""] if card.letters else []
    lines += [line for letter, meaning in card.letters.items() for line in _definition(letter, meaning, width)]
    lines += _section("How it works", _flow(known, width))
    lines += _section("Settings", [line for facts in setting_facts(known) for line in _setting(facts, width)])
    tries = [line for attempt in card.attempts for line in _wrapped(attempt, width, "  - ", "    ")]
    lines += _section("What to try", tries)
    lines += _section("Speed", _wrapped(card.slow, width, "  ", "  ") if card.slow else [])
    paper = [*_wrapped(card.paper, width, "  ", "  "), *([f"  {card.link}"] if card.link else [])]
    return "\n".join(lines + _section("Paper", paper))


def card_values(name: str) -> dict[str, Any]:
    """The card and its settings as plain values, for JSON."""
    known = family(name)
    told = known.card.model_dump(exclude={"extremes", "diagram", "formula"})
    told |= {"purpose": " ".join(known.card.purpose.split()), "formula": known.card.plain_formula}
    told |= {"diagram": list(known.card.drawing.words)}
    settings = [asdict(facts) for facts in setting_facts(known)]
    return {"name": name, **told, "defaults": dict(known.defaults), "settings": settings}


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _flow(known: Family, width: int) -> list[str]:
    return [line for told in known.card.drawing.words for line in _wrapped(told, width, "  ", "    ")]


def _setting(facts: SettingFacts, width: int) -> Iterator[str]:
    """``--set beta=4   KL weight β, 0 to 1000``, then what it does, and what happens at the ends."""
    about = ", ".join(filter(None, (facts.label, facts.range_text)))
    head = f"  --set {facts.name}={facts.default_text}   "
    yield from _wrapped(about, width, head, " " * min(len(head), 12))
    condition = f"Only with {facts.only_if}." if facts.only_if else ""
    ends = f"At the ends – {facts.extremes}." if facts.extremes else ""
    for told in (f"{facts.meaning}.", ends, condition):
        yield from _wrapped(told, width, "      ", "      ") if told else ()


def _definition(term: str, meaning: str, width: int) -> list[str]:
    head = f"    {term:<6} "
    return _wrapped(meaning, width, head, " " * len(head))


def _wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    words = " ".join(text.split())
    return textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )
