"""A measurement beside what it is compared with, as a line for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

HEADINGS = ("what", "measured", "compared with", "ratio", "target", "")
RIGHT_ALIGNED = (False, True, True, True, True, False)


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. With ``compared`` the target is for the ratio ``measured / compared``, else for ``measured``.

    ``at`` says on which side of the target is good; without a target there is no verdict.
    """

    what: str
    measured: float
    unit: str
    compared: float | None = None
    target: float | None = None
    at: Literal["least", "most"] = "least"

    @property
    def ratio(self) -> float | None:
        return None if self.compared is None else self.measured / self.compared

    @property
    def verdict(self) -> Literal["reached", "missed", ""]:
        if self.target is None:
            return ""
        judged = self.measured if self.ratio is None else self.ratio
        reached = judged >= self.target if self.at == "least" else judged <= self.target
        return "reached" if reached else "missed"

    def cells(self) -> tuple[str, ...]:
        unit = f" {self.unit}" if self.unit else ""
        sign = "≥" if self.at == "least" else "≤"
        target_unit = unit if self.compared is None else "×"
        return (
            self.what,
            number(self.measured) + unit,
            "" if self.compared is None else number(self.compared) + unit,
            "" if self.ratio is None else f"{self.ratio:.2f}×",
            "" if self.target is None else f"{sign} {self.target:g}{target_unit}",
            self.verdict,
        )


def number(value: float) -> str:
    """Three figures that mean something: 152,000, 12.3, 0.346."""
    if value == 0 or abs(value) >= 999.5:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"


def terminal_table(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = _widths(lines)
    rule = tuple("-" * width for width in widths)
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in (lines[0], rule, *lines[1:]))


def markdown_table(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(3, width) for width in _widths(lines)]
    rule = tuple(
        "-" * (width - 1) + ":" if right else "-" * width for width, right in zip(widths, RIGHT_ALIGNED, strict=True)
    )
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in (lines[0], rule, *lines[1:]))


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(line, widths, RIGHT_ALIGNED, strict=True)
    ]
