"""The stages of a step that are numbers: the terms of the loss, and what it does to each layer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.events import LayerStep, StepSeen
from ae_studio.gui.loss_lines import LOSS, title
from ae_studio.gui.stage_paint import CENTRE, LEFT, RIGHT, Shown, eased, in_turn, write
from ae_studio.gui.step_words import figures

NAMES, SUMS = 128, 168  # pixels at most: a term's name, and its numbers
SHARES = 0.24, 0.34  # of the width, likewise
ROW = 22  # pixels of a term, at most
BAR = 10  # pixels high
AXIS = 44  # pixels at the left, for the numbers of a logarithmic axis
USUAL = 1e-3  # of a weight: the size of update that learns without forgetting
ALL = "all"


@dataclass(frozen=True, slots=True)
class Part:
    """A term of the loss: its raw value, its weight (None where it is not known), and where its part begins and ends
    in the sum."""

    name: str
    raw: float
    weight: float | None
    begin: float
    end: float


def parts_of(seen: StepSeen) -> list[Part]:
    """One behind another, so that the last ends at the loss; without weights each term for itself."""
    if not seen.weights:
        return [Part(name, raw, None, 0.0, raw) for name, raw in seen.terms.items() if name != LOSS]
    parts: list[Part] = []
    total = 0.0
    for name, weight in seen.weights.items():
        raw = seen.terms.get(name, 0.0)
        parts.append(Part(name, raw, weight, total, total + weight * raw))
        total += weight * raw
    return parts


def others_of(seen: StepSeen) -> dict[str, float]:
    """Terms that are watched only: no part of the loss."""
    return {name: raw for name, raw in seen.terms.items() if seen.weights and name not in (*seen.weights, LOSS)}


def paint_loss(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    """A row for each term, raw × weight = part, and bars that add up to the loss."""
    seen, theme = shown.seen, shown.theme
    parts, others = parts_of(seen), others_of(seen)
    loss = Part(LOSS, seen.terms[LOSS], None, 0.0, seen.terms[LOSS])
    rows = [part for part in parts if len(parts) > 1 or part.name != LOSS] + [loss]
    height = min(ROW, area.height() / (len(rows) + bool(others)))
    ends = [0.0, *(place for part in rows for place in (part.begin, part.end) if math.isfinite(place))]
    low, high = min(ends), max(ends)
    names, sums = _widths(area)
    left = area.x() + names + sums + 16
    scale = max(1.0, area.right() - left - 8) / max(high - low, 1e-12)
    for index, part in enumerate(rows):
        row = QRectF(area.x(), area.y() + index * height, area.width(), height)
        _paint_words(painter, row, part, shown)
        grown = in_turn(share, index, len(rows)) * (part.end - part.begin) if math.isfinite(part.end) else 0.0
        start, end = (left + (place - low) * scale for place in (part.begin, part.begin + grown))
        bar = QRectF(min(start, end), row.center().y() - BAR / 2, max(1.0, abs(end - start)), BAR)
        colour = theme.accent if part.name == LOSS else theme.classes[(4, 6, 3, 7, 5, 8)[index % 6]]
        painter.fillRect(bar, QColor(colour))
    if others:
        text = "watched only: " + " · ".join(f"{title(name)} {figures(raw)}" for name, raw in others.items())
        last = QRectF(area.x(), area.y() + len(rows) * height, area.width(), height)
        write(painter, last.adjusted(names + 12, 0, 0, 0), text, theme.dim, 11, LEFT)


def _widths(area: QRectF) -> tuple[float, float]:
    """Of the names and of the sums."""
    return min(NAMES, SHARES[0] * area.width()), min(SUMS, SHARES[1] * area.width())


def _paint_words(painter: QPainter, row: QRectF, part: Part, shown: Shown) -> None:
    theme = shown.theme
    is_loss = part.name == LOSS
    names, width = _widths(row)
    name = QRectF(row.x(), row.y(), names, row.height())
    write(painter, name, title(part.name), theme.text if is_loss else theme.dim, 12, RIGHT)
    sums = QRectF(row.x() + names + 12, row.y(), width, row.height())
    text = figures(part.raw)
    if part.weight is not None:
        text = f"{text} × {figures(part.weight)} = {figures(part.weight * part.raw)}"
    write(painter, sums, f"= {text}" if is_loss and shown.seen.weights else text, theme.text, 12, LEFT)


def paint_gradients(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    """Of all together, with the limit where there is one, and of each layer."""
    seen = shown.seen
    bars = {ALL: seen.gradient} | {layer.name: layer.gradient for layer in seen.layers}
    line = ("limit", seen.clip) if seen.clip else None
    _paint_columns(painter, area, bars, line, shown, share)


def paint_update(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    """By how much of itself each layer has moved."""
    bars = {layer.name: _ratio(layer) for layer in shown.seen.layers}
    _paint_columns(painter, area, bars, ("a thousandth", USUAL), shown, share)


def _ratio(layer: LayerStep) -> float:
    return layer.update / layer.size if layer.size > 0 else 0.0


def _paint_columns(
    painter: QPainter,
    area: QRectF,
    bars: dict[str, float],
    line: tuple[str, float] | None,
    shown: Shown,
    share: float,
) -> None:
    """Upright bars on a logarithmic axis, a line across at a value that matters, and the layers' names below."""
    theme = shown.theme
    known = [value for value in (*bars.values(), *((line[1],) if line else ())) if 0 < value < math.inf]
    low = math.floor(math.log10(min(known, default=1)) - 0.2)
    high = max(low + 1, math.ceil(math.log10(max(known, default=1))))
    plot = area.adjusted(AXIS, 14, -8, -30)
    at = _axis(plot, low, high)
    for power in range(low, high + 1, max(1, (high - low) // 3)):
        painter.setPen(QColor(theme.line))
        painter.drawLine(QPointF(plot.left(), at(10.0**power)), QPointF(plot.right(), at(10.0**power)))
        tick = QRectF(area.x(), at(10.0**power) - 8, AXIS - 6, 16)
        write(painter, tick, f"{10.0**power:g}" if -3 <= power <= 4 else figures(10.0**power)[6:], theme.dim, 10, RIGHT)
    width = min(84.0, plot.width() / len(bars))
    for index, (name, value) in enumerate(bars.items()):
        column = QRectF(plot.left() + index * width, plot.top(), width, plot.height())
        _paint_bar(painter, column, at, name, value, line, shown, eased(1.5 * share))
    _paint_names(painter, plot, list(bars), width, shown)
    if line is not None:
        painter.setPen(QPen(QColor(theme.warning), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), at(line[1])), QPointF(plot.right(), at(line[1])))
        write(painter, QRectF(plot.right() - 100, at(line[1]) - 15, 98, 14), line[0], theme.warning, 11, RIGHT)


def _axis(plot: QRectF, low: float, high: float) -> Callable[[float], float]:
    """A value to its height in pixels."""

    def at(value: float) -> float:
        share = (math.log10(value) - low) / (high - low) if 0 < value < math.inf else 0.0
        return plot.bottom() - min(1.0, max(0.0, share)) * plot.height()

    return at


def _paint_bar(
    painter: QPainter,
    column: QRectF,
    at: Callable[[float], float],
    name: str,
    value: float,
    line: tuple[str, float] | None,
    shown: Shown,
    grown: float,
) -> None:
    theme, top = shown.theme, at(value)
    height = grown * (column.bottom() - top)
    side = min(24.0, column.width() * 0.6)
    bar = QRectF(column.center().x() - side / 2, column.bottom() - height, side, height)
    painter.fillRect(bar, QColor(theme.accent if name != ALL else theme.text))
    if name == ALL and line is not None and value > line[1] and grown == 1:  # what is cut off
        painter.fillRect(QRectF(bar.x(), top, side, at(line[1]) - top), QColor(theme.warning))
    write(painter, QRectF(column.x(), bar.y() - 14, column.width(), 13), figures(value), theme.text, 10)


def _paint_names(painter: QPainter, plot: QRectF, names: list[str], width: float, shown: Shown) -> None:
    """The numbers of the layers, and below each part of the network its name once."""
    theme = shown.theme
    groups: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        part, _, number = name.rpartition(" ")
        part, number = (part, number) if number.isdecimal() else (name, "")
        groups.setdefault(part, []).append(index)
        place = QRectF(plot.left() + index * width, plot.bottom() + 1, width, 14)
        write(painter, place, number, theme.text, 11)
    for part, columns in groups.items():
        left = plot.left() + columns[0] * width
        place = QRectF(left, plot.bottom() + 15, (columns[-1] - columns[0] + 1) * width, 15)
        write(painter, place.adjusted(1, 0, -1, 0), part, theme.dim, 11, CENTRE)
