"""The cards as a page of the documentation, in Markdown: ``docs/models.md``, made by ``make cards``."""

from __future__ import annotations

from collections.abc import Sequence

from ae_studio.models.card_text import SettingFacts, groups, setting_facts
from ae_studio.models.catalog import Family

HEAD = """\
# The models

<!-- Made from resources/cards and the models' settings by `make cards`: change those, not this page. -->

Each family has the same card in the window (**About this model**, F1), on a terminal (`ae-studio models NAME`) and
here. x is an image of D numbers from 0 to 1, z its code of d numbers. Reconstruction terms are summed over the pixels
of an image, where nothing else is said, and averaged over the batch. A setting is given as `--set name=value`.
"""
# Markdown takes the backslash off these before the formula is read; the words beside them mean the same.
IN_MARKDOWN = {
    r"\,": r"\thinspace ",
    r"\;": r"\thickspace ",
    r"\:": r"\medspace ",
    r"\!": r"\negthinspace ",
    r"\{": r"\lbrace ",
    r"\}": r"\rbrace ",
    r"\|": r"\Vert ",
    r"\%": r"\text{\textpercent}",
}


def models_page() -> str:
    """Every family's card, by group."""
    parts = [HEAD]
    for group, families in groups().items():
        links = ", ".join(f"[{known.card.title}](#{known.name})" for known in families)
        parts.append(f"- **{group}**: {links}")
    parts.append("")
    for group, families in groups().items():
        parts.append(f"## {group}\n")
        parts += [_card(known) for known in families]
    return "\n".join(parts).rstrip() + "\n"


def formula(tex: str) -> str:
    """A line of mathtext as LaTeX that survives Markdown."""
    for short, long in IN_MARKDOWN.items():
        tex = tex.replace(short, long)
    return tex


def _card(known: Family) -> str:
    card = known.card
    parts = [f'<a id="{known.name}"></a>\n\n### {card.title} (`{known.name}`)', f"*{card.summary}*"]
    parts.append(" ".join(card.purpose.split()))
    parts += [f"$$\n{formula(line)}\n$$" for line in card.tex]
    parts.append(_items([f"*{letter}*: {meaning}" for letter, meaning in card.letters.items()]))
    parts.append("```text\n" + "\n".join(card.drawing.words) + "\n```")
    parts.append(_table(setting_facts(known)))
    parts.append("What to try:\n\n" + _items(card.attempts))
    parts.append(f"Speed: {card.slow}" if card.slow else "")
    parts.append(f"Paper: [{card.paper}](<{card.link}>)" if card.link else f"Paper: {card.paper}")
    return "\n\n".join(filter(None, parts)) + "\n"


def _items(texts: Sequence[str]) -> str:
    return "\n".join(f"- {' '.join(text.split())}" for text in texts)


def _table(settings: Sequence[SettingFacts]) -> str:
    if not settings:
        return "Nothing is to be set but the latent dimensions."
    rows = ["| setting | default | range | what it does | at the ends |", "|---|---|---|---|---|"]
    for facts in settings:
        condition = f" (only with `{facts.only_if}`)" if facts.only_if else ""
        cells = (f"`{facts.name}`<br>{facts.label}", f"`{facts.default_text}`", facts.range_text)
        told = (f"{facts.meaning}{condition}", facts.extremes)
        rows.append("| " + " | ".join(_cell(text) for text in (*cells, *told)) + " |")
    return "\n".join(rows)


def _cell(text: str) -> str:
    """Text that does not end its cell."""
    return text.replace(" | ", ", ").replace("|", "\\|")
