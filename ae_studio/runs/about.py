"""What the user says of a run: a title, tags and notes, in an ``about.json`` beside what training wrote. No torch.

::

    {"title": "Rings at last", "tags": ["talk", "beta"], "notes": "β = 4 parts the classes; 8 blurs them."}
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ae_studio.runs.record import RunError, read_json
from ae_studio.training.atomic import write_text_atomic

FILE = "about.json"
# Characters that are kept; what is longer was written by no hand, and a list has to hold many of them.
LONGEST_TITLE, LONGEST_TAG, LONGEST_NOTES = 200, 60, 20_000
MOST_TAGS = 50


@dataclass(frozen=True, slots=True)
class About:
    """All of it may be empty; ``tags`` in the order in which they were given, each once."""

    title: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""


def read_about(run: str | Path) -> About:
    """Empty where nothing was said. Raises :class:`~ae_studio.runs.record.RunError` where the file is damaged."""
    try:
        values = read_json(os.path.join(run, FILE))
        tags = values.get("tags", [])
        return About(
            title=as_title(str(values.get("title", ""))),
            tags=as_tags(str(tag) for tag in tags) if isinstance(tags, list) else (),
            notes=str(values.get("notes", ""))[:LONGEST_NOTES],
        )
    except FileNotFoundError:
        return About()
    except (OSError, ValueError, AttributeError):
        raise RunError(f"{FILE}: is damaged, so title, tags and notes are not known") from None


def write_about(run: Path, **said: Any) -> None:
    """Changes ``title``, ``tags`` or ``notes``, and nothing else. Raises OSError where the folder cannot be written.

    A file that is damaged is kept beside it, as ``about.json.damaged``.
    """
    path = run / FILE
    try:
        values = read_json(path)
        if not isinstance(values, dict):
            raise ValueError
    except FileNotFoundError:
        values = {}
    except ValueError:
        values = {}
        with suppress(FileNotFoundError):
            os.replace(path, path.with_name(f"{FILE}.damaged"))
    write_text_atomic(path, json.dumps(values | said, indent=2) + "\n")


def as_title(text: str) -> str:
    """On one line."""
    return " ".join(text.split())[:LONGEST_TITLE]


def as_tags(words: Iterable[str]) -> tuple[str, ...]:
    """Trimmed, each once, whatever its capitals."""
    tags: dict[str, str] = {}
    for word in words:
        tag = as_title(word.replace(",", " "))[:LONGEST_TAG]
        if tag and len(tags) < MOST_TAGS:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())
