"""The values under the mouse in the loss plot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.loss_lines import BATCH, TRAIN, VALIDATION, Curve, title
from ae_studio.gui.loss_views import LossView
from ae_studio.gui.steps_item import StepsItem
from ae_studio.gui.theme import tabular

SHORT = {BATCH: "step", "smooth": "smooth", TRAIN: "train", VALIDATION: "valid."}


class LossReadOut(QLabel):
    """A small table: a row for each term that is shown; the single step, its smooth value, the epoch's two means."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("read_out")
        self.setVisible(False)
        self.setFont(tabular(self.font()))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_values(self, view: LossView, shown: Sequence[Curve], drawn: StepsItem, x: float) -> float:
        """At x epochs. Where the cursor belongs: the nearest step or, where there are none, the nearest epoch."""
        epoch, place = nearest_epoch(view, x), nearest_step(view, x)
        names = list(dict.fromkeys(name for name, _ in shown))
        rows = {name: values_of(view, name, epoch, place, drawn, x) for name in names}
        columns = [kind for kind in SHORT if any(row[kind] is not None for row in rows.values())]
        if "smooth" in columns:  # which stands for the means of epochs in the plot, too
            columns = [kind for kind in columns if kind != TRAIN]
        step = "" if place is None else f"step {view.data.steps[place]:,}"
        where = [f"epoch {epoch}"] * (epoch is not None) + [step] * (place is not None)
        head = "".join(f"<td align=right>&nbsp;&nbsp;{SHORT[kind]}</td>" for kind in columns)
        body = "".join(
            f"<tr><td>{title(name)}</td>"
            + "".join(f"<td align=right>&nbsp;&nbsp;{_number(row[kind])}</td>" for kind in columns)
            + "</tr>"
            for name, row in rows.items()
        )
        self.setText(f"{' · '.join(where)}<table><tr><td></td>{head}</tr>{body}</table>")
        self.adjustSize()
        self.show()
        return float(view.data.steps[place] / view.data.steps_per_epoch) if place is not None else float(epoch or 0)


def nearest_epoch(view: LossView, x: float) -> int | None:
    known = view.data.epochs[VALIDATION]
    return min(known, key=lambda epoch: abs(epoch - x)) if known else None


def nearest_step(view: LossView, x: float) -> int | None:
    """Its place among the steps; None far from all of them."""
    steps = view.data.steps
    if not len(steps):
        return None
    step = x * view.data.steps_per_epoch
    place = int(np.searchsorted(steps, int(np.ceil(step))))
    near = [each for each in (place - 1, place) if 0 <= each < len(steps)]
    return min(near, key=lambda each: abs(float(steps[each]) - step))


def values_of(
    view: LossView, name: str, epoch: int | None, place: int | None, drawn: StepsItem, x: float
) -> dict[str, float | None]:
    """At the step, smoothed, and of the epoch in training and in validation; None where there is none."""
    series = view.series(name)
    at_step = place is not None and series is not None and place < len(series)
    return {
        BATCH: float(series.values(slice(place, place + 1))[0]) if at_step else None,  # type: ignore[union-attr,operator]
        "smooth": drawn.smooth_at(name, x),
        TRAIN: None if epoch is None else view.value(name, epoch, TRAIN),
        VALIDATION: None if epoch is None else view.value(name, epoch, VALIDATION),
    }


def _number(value: float | None) -> str:
    return "–" if value is None or np.isnan(value) else f"{value:.5g}"
