"""What came of a sweep, on a terminal: a line for each value, over the seeds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ae_studio.runs.listed import printable
from ae_studio.sweeps.summary import BEST, Point, Summary, best_of, points
from ae_studio.sweeps.values import as_text

COLUMNS = {BEST: "best loss", "mse_per_pixel": "mse/pixel"}
MARK = "*"


def summary_text(summary: Summary) -> str:
    """Mean ± standard deviation over the seeds; the best of each column is marked."""
    if not summary.runs:
        return f"No run has the tag {summary.tag!r}."
    found = {name: points(summary, name) for name in COLUMNS}
    headings = [axis.symbol for axis in summary.axes] or ["seed"]
    lines = [[*headings, "n", *COLUMNS.values()]]
    best = {name: best_of(each) for name, each in found.items() if name != BEST or not summary.caution}
    lines += [_cells(place, found, best, len(headings)) for place in _places(found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    ended = sum(run.listed.outcome == "finished" for run in summary.runs)
    told = (
        f"{printable(summary.tag)}: {ended} of {len(summary.runs)} runs finished; mean ± standard deviation of n runs"
    )
    unit = f"The loss is in {summary.loss_unit}. " if summary.loss_unit else ""
    return "\n".join(filter(None, [told, *table, f"{unit}{MARK}: the smallest mean.", summary.caution]))


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
