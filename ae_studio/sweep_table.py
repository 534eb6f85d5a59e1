"""What came of a sweep, on a terminal: a line for each value, over the seeds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ae_studio.runs.listed import printable
from ae_studio.sweeps.summary import BEST, ERROR, Point, Summary, best_of, is_better_small, points
from ae_studio.sweeps.table import SweepTable, table_of
from ae_studio.sweeps.values import as_text

COLUMNS = {BEST: "best loss", ERROR: "mse/pixel"}
MARK = "*"


def summary_text(summary: Summary) -> str:
    """Mean ± standard deviation over the seeds; the best of each column is marked.

    Of two settings the means come once more, as a table of the one by the other.
    """
    if not summary.runs:
        return f"No run has the tag {summary.tag!r}."
    found = {name: points(summary, name) for name in COLUMNS}
    headings = [axis.symbol for axis in summary.axes] or ["seed"]
    lines = [[*headings, "n", *COLUMNS.values()]]
    best = {name: best_of(each) for name, each in found.items() if is_better_small(summary, name)}
    lines += [_cells(place, found, best, len(headings)) for place in _places(found)]
    table = _aligned(lines)
    ended = sum(run.listed.outcome == "finished" for run in summary.runs)
    told = (
        f"{printable(summary.tag)}: {ended} of {len(summary.runs)} runs finished; mean ± standard deviation of n runs"
    )
    unit = f"The loss is in {summary.loss_unit}. " if summary.loss_unit else ""
    whole = "\n".join(filter(None, [told, *table, f"{unit}{MARK}: the smallest mean.", summary.caution]))
    return "\n\n".join([whole, *tables_text(summary)])


def tables_text(summary: Summary) -> list[str]:
    """The means of each column as rows and columns, as the map in the window has them; none of fewer settings."""
    tables = {name: table_of(summary, name) for name in COLUMNS}
    return [_table_text(name, table) for name, table in tables.items() if table is not None and table.count.any()]


def _table_text(name: str, table: SweepTable) -> str:
    down, across = (axis.label + (f", {axis.unit}" if axis.unit else "") for axis in (table.rows, table.columns))
    lines = [["", *map(as_text, table.columns.values)]]
    for number, value in enumerate(table.row_values):
        cells = [_mean(table, number, column) for column in range(len(table.columns.values))]
        lines.append(["–" if value is None else as_text(value), *cells])
    return "\n".join([f"{COLUMNS[name]}, mean; across: {across}, down: {down}", *_aligned(lines)])


def _mean(table: SweepTable, row: int, column: int) -> str:
    point = table.points[row][column]
    return "–" if point is None else f"{point.mean:.5g}" + (f" {MARK}" if table.best == (row, column) else "")


def _aligned(lines: list[list[str]]) -> list[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def summary_json(summary: Summary) -> str:
    """Every number that there is, with the runs behind it."""
    terms = {name: [_point(point) for point in points(summary, name)] for name in summary.names}
    axes = [{"name": axis.name, "label": axis.label, "values": axis.values, "log": axis.log} for axis in summary.axes]
    record: dict[str, Any] = {"tag": summary.tag, "root": str(summary.root), "axes": axes}
    record |= {"runs": len(summary.runs), "loss_unit": summary.loss_unit, "caution": summary.caution, "terms": terms}
    return json.dumps(record, indent=2, ensure_ascii=False)


def _point(point: Point) -> dict[str, Any]:
    runs = [
        {"run": run.folder, "seed": run.seed, "value": value}
        for run, value in zip(point.runs, point.values, strict=True)
    ]
    return {"x": point.x, "series": point.series, "mean": point.mean, "sd": point.sd, "n": len(runs), "runs": runs}


def _places(found: dict[str, list[Point]]) -> list[tuple[Any, Any]]:
    return list(dict.fromkeys((point.x, point.series) for each in found.values() for point in each))


def _cells(
    place: tuple[Any, Any], found: dict[str, list[Point]], best: dict[str, Point | None], headings: int
) -> list[str]:
    here = {name: [point for point in each if (point.x, point.series) == place] for name, each in found.items()}
    count = max((len(point.values) for each in here.values() for point in each), default=0)
    values = [as_text(value) for value in place[:headings]]
    return [*values, str(count), *(_value(here[name], best.get(name)) for name in COLUMNS)]


def _value(here: Sequence[Point], best: Point | None) -> str:
    if not here:
        return "–"
    point = here[0]
    spread = f" ± {point.sd:.2g}" if len(point.values) > 1 else ""
    return f"{point.mean:.5g}{spread}" + (f" {MARK}" if point is best else "")
