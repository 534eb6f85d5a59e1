"""What is said about a sweep: of a run under the mouse, of a term, below what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ae_studio.config import SettingValue
from ae_studio.gui.loss_lines import title
from ae_studio.sweeps.summary import BEST, Point, Summary, SweptRun, best_of, is_better_small
from ae_studio.sweeps.values import Axis, as_text

NONE = "–"  # the value of a setting that a run does not have
MAP_KEY = "Cells: means ± standard deviation over seeds."
CURVES_KEY = "Large dots: means; bars: standard deviation over seeds."


def words(axes: tuple[Axis, ...], point: Point, run: SweptRun, value: float) -> str:
    """Of one run: where it is, its number, what the others at its place have come to."""
    lines = [", ".join([*places(axes, point), f"seed {run.seed}"]), f"{value:.5g}"]
    if len(point.values) > 1:
        lines.append(f"mean {point.mean:.5g} ± {point.sd:.2g} of {len(point.values)}")
    if run.listed.outcome != "finished":
        lines.append(run.listed.state)
    return "\n".join(lines)


def words_of_mean(axes: tuple[Axis, ...], point: Point) -> str:
    """Of all runs at a place, told by the one that stands for them."""
    run = point.runs[point.nearest]
    told = words(axes, point, run, point.values[point.nearest])
    return told + f"\nA click opens seed {run.seed}, nearest to the mean" if len(point.values) > 1 else told


def places(axes: tuple[Axis, ...], point: Point) -> list[str]:
    """``β = 4`` for each setting that the point's runs have."""
    return [axis.of(at) for axis, at in zip(axes, (point.x, point.series), strict=False) if at is not None]


def term_title(name: str) -> str:
    if name == BEST:
        return "Best validation loss"
    return name.removeprefix("metric ") if name.startswith("metric ") else title(name)


def value_text(value: SettingValue | None) -> str:
    return NONE if value is None else as_text(value)


def told(summary: Summary, name: str, found: Sequence[Point], *, on_map: bool) -> str:
    """Below what is drawn: how far it is, what the marks are, and which values are the best, where they can be."""
    ended = sum(run.listed.outcome == "finished" for run in summary.runs)
    lines = [f"{ended} of {len(summary.runs)} runs finished.", MAP_KEY if on_map else CURVES_KEY]
    best = best_of(found)
    if best is not None and is_better_small(summary, name):
        at = places(summary.axes, best)
        outlined = ", outlined" if on_map else ""
        lines.append(f"Smallest mean: {best.mean:.5g}" + (f" at {', '.join(at)}" if at else "") + f"{outlined}.")
    if summary.caution and name == BEST:
        lines.append(summary.caution)
    return " ".join([*lines, f"A click on a {'cell' if on_map else 'dot'} opens its run."])


def legend(axis: Axis, colours: Mapping[Any, str]) -> str:
    """Rich text: the second setting, and the colour of each of its values."""
    dots = [f"<span style='color:{colour}'>●</span> {value_text(value)}" for value, colour in colours.items()]
    return f"{axis.label}:&nbsp; " + "&nbsp;&nbsp; ".join(dots)
