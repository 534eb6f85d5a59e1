"""A number that came out, what it should be, and whether it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("what", "obtained", "reference", "verdict")


@dataclass(frozen=True, slots=True)
class Answer:
    """``reference`` is in words: a number with its tolerance, or what the obtained one must be below or above.

    ``right`` is None without a verdict.
    """

    what: str
    obtained: float
    reference: str
    right: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        verdict = {True: "right", False: "WRONG", None: ""}[self.right]
        return self.what, f"{self.obtained:.6g}", self.reference, verdict

    def __str__(self) -> str:
        what, obtained, reference, verdict = self.cells
        return f"{what:70} {obtained:<10} {reference:34} {verdict}"


def near(what: str, obtained: float, expected: float, tolerance: float) -> Answer:
    """Within so much of what is known."""
    return Answer(what, obtained, f"{expected:g} ± {tolerance:.2g}", abs(obtained - expected) <= tolerance)


def below(what: str, obtained: float, other: float, of_what: str) -> Answer:
    """Below another number that came out."""
    return Answer(what, obtained, f"below {other:.6g}, {of_what}", obtained < other)


def above(what: str, obtained: float, other: float, of_what: str) -> Answer:
    """Above another number that came out."""
    return Answer(what, obtained, f"above {other:.6g}, {of_what}", obtained > other)


def shown(what: str, obtained: float, beside: str) -> Answer:
    """Without a verdict: a number that nobody has promised, beside another."""
    return Answer(what, obtained, beside, None)


def markdown(answers: Iterable[Answer]) -> str:
    rule = ("---", "--:", "---", "---")
    return "\n".join(f"| {' | '.join(line)} |" for line in (HEADINGS, rule, *(answer.cells for answer in answers)))
