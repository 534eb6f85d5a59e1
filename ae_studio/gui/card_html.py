"""A family's card as rich text, section by section, in the theme's colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape as plain

from ae_studio.gui.theme import Theme
from ae_studio.models.card_text import SettingFacts, setting_facts
from ae_studio.models.cards import Card
from ae_studio.models.catalog import Family

SPACED = "line-height:120%"


def head(card: Card, theme: Theme) -> str:
    """The family's name, its group, and what it is in a sentence."""
    group = f"<span style='color:{theme.dim}; font-size:12px'>{_text(card.group)}</span>"
    title = f"<span style='font-size:20px; font-weight:600'>{_text(card.title)}</span>"
    return f"{title} &nbsp; {group}<p style='margin:4px 0 0 0; {SPACED}'>{_text(card.summary)}</p>"


def purpose(card: Card) -> str:
    return f"<p style='{SPACED}'>{_text(' '.join(card.purpose.split()))}</p>"


def letters(card: Card, theme: Theme) -> str:
    """What the letters of the formula mean, in two columns."""
    rows = [
        f"<tr><td style='padding-right:14px'><i>{_text(letter)}</i></td>"
        f"<td style='color:{theme.dim}'>{_text(meaning)}</td></tr>"
        for letter, meaning in card.letters.items()
    ]
    return f"<table cellspacing='0' cellpadding='1'>{''.join(rows)}</table>" if rows else ""


def settings(known: Family, theme: Theme) -> str:
    """Each setting with its default, range, meaning, and what happens at the ends."""
    told = [_setting(facts, theme) for facts in setting_facts(known)]
    return "".join(told) or "Nothing is to be set but the latent dimensions."


def _setting(facts: SettingFacts, theme: Theme) -> str:
    about = [facts.range_text, f"{facts.default_text} by default"]
    if facts.only_if:
        about.append(f"only with {facts.only_if}")
    lines = [
        f"<b>{_text(facts.label)}</b> &nbsp; {_dim(', '.join(filter(None, about)), theme)}",
        _text(facts.meaning),
    ]
    if facts.extremes:
        lines.append(f"{_dim('At the ends –', theme)} {_text(facts.extremes)}")
    return f"<p style='margin:0 0 12px 0; {SPACED}'>{'<br>'.join(lines)}</p>"


def attempts(texts: Sequence[str], theme: Theme) -> str:
    """A numbered list."""
    style = "margin:0 0 6px 20px; text-indent:-20px"
    lines = [f"{_dim(f'{number}.', theme)}&nbsp; {_text(text)}" for number, text in enumerate(texts, start=1)]
    return "".join(f"<p style='{style}; {SPACED}'>{line}</p>" for line in lines)


def paper(card: Card, theme: Theme) -> str:
    """Where the family comes from; the link opens in the browser."""
    link = f"<br><a href='{plain(card.link)}' style='color:{theme.accent}'>{plain(card.link)}</a>"
    return f"<p style='{SPACED}'>{_text(card.paper)}{link if card.link else ''}</p>"


def _dim(text: str, theme: Theme) -> str:
    return f"<span style='color:{theme.dim}'>{_text(text)}</span>"


def _text(text: str) -> str:
    """Letters that wear a hat stand in italics, as in formulas; upright, fonts set the hat far too high."""
    return re.sub(r"(\w[\u0300-\u036f])", r"<i>\1</i>", plain(text))
