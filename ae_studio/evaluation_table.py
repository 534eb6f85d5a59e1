"""A run's metrics on a terminal: a line each, as they are found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ae_studio.latent.measured import ARROWS, Measured, Options, shown

if TYPE_CHECKING:
    from ae_studio.runs.recorded import RecordedRun

NAME, VALUE = 24, 22  # characters


class MetricLines:
    """Writes each metric: its name, its value, which way is better, PCA's value; or the reason why there is none."""

    def __init__(self) -> None:
        self._begun = False

    def __call__(self, measured: Measured) -> None:
        if not self._begun:
            self._begun = True
            print(f"{'':<{NAME}}{'value':>{VALUE}}    {'PCA':<12}", flush=True)
        print(as_line(measured), flush=True)


def as_line(measured: Measured) -> str:
    about = measured.about
    if measured.reason:
        return f"{about.label:<{NAME}}{'–':>{VALUE}}    {measured.reason}"
    baseline = "" if measured.baseline is None else shown(measured.baseline, about.unit)
    note = f"({measured.note})" if measured.note else ""
    line = f"{about.label:<{NAME}}{measured.text:>{VALUE}} {ARROWS[about.better]:<1}  {baseline:<12} {note}"
    return line.rstrip()


def evaluate_on_terminal(
    run: RecordedRun, epoch: int | None, options: Options, *, as_json: bool = False, anew: bool = False
) -> None:
    """Prints a run's metrics. Raises RunError where it cannot be read."""
    from ae_studio.runs.evaluate import evaluate

    if as_json:
        print(json.dumps(evaluate(run, epoch, options, anew=anew), indent=2, ensure_ascii=False))
        return
    result = evaluate(run, epoch, options, anew=anew, on_measured=MetricLines())
    print(f"\n{run.path.name}, epoch {result['epoch']}, {result['images']:,} test images. ↑ ↓: which way is better.")
    print("PCA: principal components with as many numbers as the code. Meanings and papers: --json.")
    for text in result["warnings"]:
        print(f"warning: {text}")
