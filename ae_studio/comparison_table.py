"""Runs side by side on a terminal: the settings that differ, their last numbers, the metrics that are kept of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ae_studio.latent.measured import ARROWS, Measured, shown
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.comparing import NOTHING, kept_metrics, metric_rows, setting_rows, term_names, warnings

LETTERS = "ABCD"
LONGEST_CELL = 28  # characters

Table = list[tuple[str, ...]]


def compare_on_terminal(runs: Sequence[ComparedRun], *, as_json: bool = False) -> None:
    print(json.dumps(as_record(runs), indent=2, ensure_ascii=False) if as_json else as_text(runs))


def as_record(runs: Sequence[ComparedRun]) -> dict[str, Any]:
    """``{"runs": [...], "settings": {name: [...]}, "validation": {term: [...]}, "metrics": {...}, "warnings": []}``"""
    return {
        "runs": [
            {"letter": letter, "path": str(run.path), "name": run.name, "epoch": run.epoch}
            for letter, run in _lettered(runs)
        ],
        "settings": {row.name: list(row.cells) for row in setting_rows(runs) if row.differs},
        "validation": {term: [_last(run, term) for run in runs] for term in _validated(runs)},
        "metrics": {
            row.about.name: {
                "values": [each.value if each else None for each in row.found],
                "better": row.about.better,
                "unit": row.about.unit,
                "best": [LETTERS[index] for index in sorted(row.best)],
            }
            for row in metric_rows(_kept(runs))
        },
        "warnings": list(warnings(runs)),
    }


def as_text(runs: Sequence[ComparedRun]) -> str:
    names = [f"{letter}  {run.name}, epoch {run.epoch}" for letter, run in _lettered(runs)]
    heads = tuple(letter for letter, _ in _lettered(runs))
    settings: Table = [(row.label, *row.cells) for row in setting_rows(runs) if row.differs]
    terms: Table = [(term, *(_number(_last(run, term)) for run in runs)) for term in _validated(runs)]
    metrics: Table = [
        (f"{row.about.label} {ARROWS[row.about.better]}".strip(), *_metric_cells(row.found, row.best))
        for row in metric_rows(_kept(runs))
    ]
    parts = [
        "\n".join(names),
        _table("Settings that differ", heads, settings, "None: only the names differ."),
        _table("Validation at that epoch", heads, terms, "None was kept."),
        _table(
            "Metrics on the test split (* best)", heads, metrics, "None was measured: `ae-studio evaluate RUN` does."
        ),
    ]
    return "\n\n".join([*parts, *(f"warning: {text}" for text in warnings(runs))])


def _lettered(runs: Sequence[ComparedRun]) -> list[tuple[str, ComparedRun]]:
    return list(zip(LETTERS, runs, strict=False))


def _validated(runs: Sequence[ComparedRun]) -> list[str]:
    return [term for term in term_names(runs) if any(_last(run, term) is not None for run in runs)]


def _last(run: ComparedRun, term: str) -> float | None:
    """At the epoch that is compared."""
    return run.opened.history.validation.get(run.epoch, {}).get(term)


def _kept(runs: Sequence[ComparedRun]) -> list[Sequence[Measured]]:
    found = [kept_metrics(run) for run in runs]
    return [each.measured if each else () for each in found]


def _metric_cells(found: Sequence[Measured | None], best: frozenset[int]) -> list[str]:
    return [
        (NOTHING if each is None or not each.text else each.text) + (" *" if index in best else "")
        for index, each in enumerate(found)
    ]


def _number(value: float | None) -> str:
    return NOTHING if value is None else shown(value)


def _table(title: str, heads: tuple[str, ...], rows: Table, empty: str) -> str:
    if not rows:
        return f"{title}\n  {empty}"
    lines = [(title, *heads), *([tuple(map(_short, row)) for row in rows])]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            [f"{line[0]:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"
