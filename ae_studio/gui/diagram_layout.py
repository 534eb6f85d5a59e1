"""Where the parts of a family's drawing stand. Units: pixels at the width of 420; nothing is painted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from ae_studio.models.diagrams import Diagram, Side

WIDTH = 420.0
EDGE = 6.0
GLYPH = 46.0  # a part's drawing: this high, and at most this wide
LETTER = 17.0  # height of the line with the part's letter, below the drawing
WORD = 14.0  # and of its word
CHIP = 24.0  # height of what stands above or below the row
MARK = 24.0  # room for its sign
PADDING = 8.0  # at its ends
STEM = 18.0  # from a chip to the row, and between two lines of chips
BETWEEN = 8.0  # two chips beside each other
APART = 7.0  # two lines that leave the same part


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A side of the drawing: its box, and the line from each part that it is for, corner by corner."""

    side: Side
    box: QRectF
    lines: tuple[tuple[QPointF, ...], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The row's drawings, one a part; the chips; and how high it all is."""

    row: tuple[QRectF, ...]
    above: tuple[PlacedChip, ...]
    below: tuple[PlacedChip, ...]
    height: float


def place(diagram: Diagram, text_width: Callable[[str], float]) -> Placed:
    """``text_width`` measures a chip's text, in the same units."""
    top = EDGE + (CHIP + STEM if diagram.above else 0.0)
    row = _row(len(diagram.row), top)
    centres = [box.center().x() for box in row]
    above = _chips_above(diagram.above, centres, text_width, top)
    bottom = top + GLYPH + LETTER + WORD
    below = _chips_below(diagram.below, centres, text_width, bottom)
    height = max([bottom, *(chip.box.bottom() for chip in below)]) + EDGE
    return Placed(row, above, below, height)


def _row(count: int, top: float) -> tuple[QRectF, ...]:
    step = (WIDTH - 2 * EDGE) / max(count, 1)
    width = min(GLYPH, step - 20)
    return tuple(QRectF(EDGE + (index + 0.5) * step - width / 2, top, width, GLYPH) for index in range(count))


def _chips_above(
    sides: Sequence[Side], centres: Sequence[float], width: Callable[[str], float], top: float
) -> tuple[PlacedChip, ...]:
    """One over each part that it goes into: a label that goes into two parts stands there twice."""
    wanted = [(side, part) for side in sides for part in side.parts]
    spans = _beside_each_other([(centres[part], _chip_width(side, width)) for side, part in wanted])
    placed = []
    for (side, part), (left, right) in zip(wanted, spans, strict=True):
        box = QRectF(left, EDGE, right - left, CHIP)
        start = QPointF(_nearest(centres[part], box), box.bottom())
        placed.append(PlacedChip(side, box, ((start, QPointF(centres[part], top)),)))
    return tuple(placed)


def _chips_below(
    sides: Sequence[Side], centres: Sequence[float], width: Callable[[str], float], bottom: float
) -> tuple[PlacedChip, ...]:
    """Those of one part in a first line, those that join parts each in a line of its own, the short first."""
    leave = _leavings(sides, centres)
    single = [index for index, side in enumerate(sides) if len(side.parts) == 1]
    joining = sorted(set(range(len(sides))) - set(single), key=lambda index: max(leave[index]) - min(leave[index]))
    y = bottom + STEM
    placed: dict[int, PlacedChip] = {}
    crossing = [x for index in joining for x in leave[index]]
    spans = _between(crossing, [(leave[index][0], _chip_width(sides[index], width)) for index in single])
    for index, (left, right) in zip(single, spans, strict=True):
        box = QRectF(left, y, right - left, CHIP)
        x = leave[index][0]
        placed[index] = PlacedChip(sides[index], box, ((QPointF(x, bottom), QPointF(_nearest(x, box), y)),))
    y += (CHIP + STEM / 2) if single else 0.0
    for index in joining:
        wide = _chip_width(sides[index], width)
        [(left, right)] = _beside_each_other([(sum(leave[index]) / len(leave[index]), wide)])
        box = QRectF(left, y, right - left, CHIP)
        placed[index] = PlacedChip(sides[index], box, tuple(_elbow(x, bottom, box) for x in leave[index]))
        y += CHIP + STEM / 2
    return tuple(placed[index] for index in range(len(sides)))


def _leavings(sides: Sequence[Side], centres: Sequence[float]) -> list[list[float]]:
    """Where each side's lines leave the row: several of one part a little apart, the longer the farther out."""
    leave = [[0.0] * len(side.parts) for side in sides]
    for part, centre in enumerate(centres):
        users = [index for index, side in enumerate(sides) if part in side.parts]
        users.sort(key=lambda index: 2 * part - min(sides[index].parts) - max(sides[index].parts))
        for rank, index in enumerate(users):
            leave[index][sides[index].parts.index(part)] = centre + (rank - (len(users) - 1) / 2) * APART
    return leave


def _elbow(x: float, top: float, box: QRectF) -> tuple[QPointF, ...]:
    """Down from the row, then across to the chip; straight down where the chip is right below."""
    y = box.center().y()
    if box.left() < x < box.right():
        return QPointF(x, top), QPointF(x, box.top())
    return QPointF(x, top), QPointF(x, y), QPointF(box.left() if x < box.left() else box.right(), y)


def _chip_width(side: Side, width: Callable[[str], float]) -> float:
    return min(width(side.text) + 2 * PADDING + (MARK if side.kind != "loss" else 0.0), WIDTH - 2 * EDGE)


def _nearest(x: float, box: QRectF) -> float:
    return min(max(x, box.left() + PADDING), box.right() - PADDING)


def _between(lines: Sequence[float], wanted: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans that cross none of these lines on their left and right, where they have room between them."""
    centres = [centre for centre, _ in wanted]
    left = max((x + BETWEEN for x in lines if x < min(centres, default=0.0)), default=EDGE)
    right = min((x - BETWEEN for x in lines if x > max(centres, default=WIDTH)), default=WIDTH - EDGE)
    room = sum(width + BETWEEN for _, width in wanted) - BETWEEN
    return _beside_each_other(wanted, left, right) if room <= right - left else _beside_each_other(wanted)


def _beside_each_other(
    wanted: Sequence[tuple[float, float]], left: float = EDGE, right: float = WIDTH - EDGE
) -> list[tuple[float, float]]:
    """Spans of these (centre, width), moved apart where they would meet, and within the limits."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index][0])
    lefts: dict[int, float] = {}
    free = left
    for index in order:
        centre, width = wanted[index]
        lefts[index] = max(centre - width / 2, free)
        free = lefts[index] + width + BETWEEN
    limit = right
    for index in reversed(order):
        lefts[index] = min(lefts[index], limit - wanted[index][1])
        limit = lefts[index] - BETWEEN
    return [(lefts[index], lefts[index] + wanted[index][1]) for index in range(len(wanted))]
