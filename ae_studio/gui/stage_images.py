"""The stages of a step that have images and codes: a column for each of the first images of the batch."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from ae_studio.events import Codes, StepSeen
from ae_studio.gui.stage_paint import LEFT, RIGHT, TAG, Shown, eased, in_turn, paint_image, paint_tag, write

GUTTER = 26  # pixels at the left, for what the rows are
WIDEST = 120  # pixels of a column
SIDE = 0.41  # of the height: an image that has numbers below it
ROWS, ROW = 3, 18  # rows of numbers at most, and pixels of one, at most
ROOMY = 76  # pixels of a column from which on numbers have two digits behind the point
FEW = 2  # numbers of a code that are written; more of them are bars


def paint_batch(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    for index, column in enumerate(_columns(area, shown)):
        opacity = in_turn(share, index, len(shown.originals))
        picture = column.adjusted(3, 0, -3, -24)
        paint_image(painter, picture, shown.originals[index], shown.theme, opacity)
        _paint_name(painter, column, index, shown)


def paint_encode(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    seen = shown.seen
    codes, _ = found(seen)
    rows = {"μ" if seen.spread is not None else "z": codes}
    if seen.spread is not None:
        rows["σ"] = seen.spread
    for index, column in enumerate(_columns(area, shown)):
        _paint_top(painter, column, index, shown)
        painter.setOpacity(in_turn(share, index, len(shown.originals)))
        if codes.shape[1] > FEW:
            _paint_bars(painter, _below(column), codes[index], _row(seen.spread, index), shown)
        painter.setOpacity(1)
    if codes.shape[1] <= FEW:
        _paint_rows(painter, area, rows, shown, share)


def paint_sample(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    """From the code to what was drawn; the numbers run there."""
    seen = shown.seen
    codes, samples = found(seen)
    moved = codes + np.float32(eased(1.2 * share)) * (samples - codes)
    for index, column in enumerate(_columns(area, shown)):
        _paint_top(painter, column, index, shown)
        if codes.shape[1] > FEW:
            _paint_bars(painter, _below(column), moved[index], None, shown)
    if codes.shape[1] <= FEW:
        rows = {"μ" if seen.spread is not None else "from": codes}
        if seen.spread is not None:
            rows["ε"] = noise_of(codes, seen.spread, samples)
        _paint_rows(painter, area, {**rows, "z": moved}, shown, 1.0)


def paint_decode(painter: QPainter, area: QRectF, shown: Shown, share: float) -> None:
    side = (area.height() - 16) / 2
    for label, top in (("x", 0.0), ("x\u0302", side + 2)):
        write(painter, QRectF(area.x(), area.y() + top, GUTTER - 8, side), label, shown.theme.dim, 13, RIGHT)
    for index, column in enumerate(_columns(area, shown)):
        upper = QRectF(column.x() + 3, column.y(), column.width() - 6, side)
        paint_image(painter, upper, shown.originals[index], shown.theme)
        opacity = in_turn(share, index, len(shown.originals))
        paint_image(painter, upper.translated(0, side + 2), shown.decoded[index], shown.theme, opacity)
        difference = shown.seen.images[index].astype(np.float64) - shown.seen.decoded[index]
        text = f"{np.square(difference / 255).mean():.3f}"
        below = QRectF(column.x(), area.bottom() - 13, column.width(), 13)
        write(painter, below, text if opacity > 0.5 else "", shown.theme.dim, 11)


def found(seen: StepSeen) -> tuple[Codes, Codes]:
    """Codes and samples (n, m) but for what behind the numbers of the posterior is the same in both: a class that the
    model was told, and did not find."""
    dim = seen.codes.shape[1] if seen.spread is None else seen.spread.shape[1]
    told = np.array_equal(seen.codes[:, dim:], seen.samples[:, dim:])
    return (seen.codes[:, :dim], seen.samples[:, :dim]) if told else (seen.codes, seen.samples)


def noise_of(codes: Codes, spread: Codes, samples: Codes) -> Codes:
    """eps (n, dim) of z = mu + sigma eps, of the numbers that have a spread."""
    dim = spread.shape[1]
    noise: Codes = (samples[:, :dim] - codes[:, :dim]) / np.maximum(spread, np.float32(1e-12))
    return noise


def _columns(area: QRectF, shown: Shown) -> list[QRectF]:
    count = len(shown.originals)
    width = min(WIDEST, (area.width() - GUTTER) / max(1, count))
    return [QRectF(area.x() + GUTTER + index * width, area.y(), width, area.height()) for index in range(count)]


def _below(column: QRectF) -> QRectF:
    return column.adjusted(4, SIDE * column.height() + 4, -4, 0)


def _row(values: Codes | None, index: int) -> Codes | None:
    return None if values is None else values[index]


def _paint_name(painter: QPainter, column: QRectF, index: int, shown: Shown) -> None:
    """The number, and the class beside it."""
    name, centre = shown.class_name(index), QPointF(column.center().x(), column.bottom() - TAG - 2)
    if not name:
        paint_tag(painter, centre, index + 1, shown.class_colour(index), shown.theme)
        return
    paint_tag(
        painter, QPointF(column.center().x() - TAG - 4, centre.y()), index + 1, shown.class_colour(index), shown.theme
    )
    beside = QRectF(column.center().x() + 2, centre.y() - 9, column.width() / 2 - 2, 18)
    write(painter, beside, name, shown.theme.text, 12, LEFT)


def _paint_top(painter: QPainter, column: QRectF, index: int, shown: Shown) -> None:
    """A small image with its number at its corner."""
    side = SIDE * column.height()
    picture = QRectF(column.center().x() - side / 2, column.y(), side, side)
    paint_image(painter, picture, shown.originals[index], shown.theme)
    paint_tag(
        painter, QPointF(picture.left() + 1, picture.top() + TAG), index + 1, shown.class_colour(index), shown.theme
    )


def _paint_rows(painter: QPainter, area: QRectF, rows: dict[str, Codes], shown: Shown, share: float) -> None:
    """Numbers (n, 1 or 2) below the images, a row for each name."""
    columns = _columns(area, shown)
    wide = columns[0].width() >= ROOMY
    digits, size, gap = (2, 12, "  ") if wide else (1, 9, " ")
    begin = area.y() + SIDE * area.height() + 4
    height = min(ROW, (area.bottom() - begin) / ROWS)
    for line, (name, values) in enumerate(rows.items()):
        top = begin + line * height
        colour = shown.theme.text if line in (0, len(rows) - 1) and name != "σ" else shown.theme.dim
        write(painter, QRectF(area.x(), top, GUTTER - 6, height), name, shown.theme.dim, 13, RIGHT)
        for index, column in enumerate(columns):
            painter.setOpacity(in_turn(share, index, len(columns)))
            text = gap.join(_number(value, digits) for value in values[index])
            write(painter, QRectF(column.x(), top, column.width(), height), text, colour, size)
    painter.setOpacity(1)


def _number(value: float, digits: int) -> str:
    """With a true minus, and none before zero."""
    return f"{round(float(value), digits) + 0.0:.{digits}f}".replace("-", "−")


def _paint_bars(painter: QPainter, area: QRectF, code: Codes, spread: Codes | None, shown: Shown) -> None:
    """A bar from zero for each number of a code, with a whisker of a spread's length to either side of its end; below
    them as many of the numbers as have room."""
    numbers = QRectF(area.x(), area.bottom() - 13, area.width(), 13)
    text = " ".join(_number(value, 1) for value in code)
    write(painter, numbers, text, shown.theme.dim, 10)
    area = area.adjusted(0, 0, 0, -14)
    theme, largest = shown.theme, float(np.abs(shown.seen.codes).max() + (0 if spread is None else spread.max()))
    scale = (area.height() / 2 - 1) / max(largest, float(np.abs(shown.seen.samples).max()), 1e-6)
    width, middle = area.width() / len(code), area.center().y()
    painter.setPen(QColor(theme.line))
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
    for number, value in enumerate(code.tolist()):
        left, end = area.x() + number * width, middle - value * scale
        colour = QColor(theme.too_bright if value > 0 else theme.too_dark)
        painter.fillRect(QRectF(left, min(middle, end), max(1.0, width - 1), abs(end - middle)), colour)
        if spread is not None and number < len(spread):
            reach, centre = float(spread[number]) * scale, left + max(1.0, width - 1) / 2
            painter.setPen(QColor(theme.text))
            painter.drawLine(QPointF(centre, end - reach), QPointF(centre, end + reach))
