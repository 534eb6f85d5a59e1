"""Paints a sweep's map: cells by their means, names, the numbers where there is room, and what the colours mean."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from ae_studio.gui.colour_scale import STEPS, NumberScale, ink_on, scale_colours
from ae_studio.gui.sweep_map_layout import EDGE, MapLayout
from ae_studio.gui.sweep_words import NONE, value_text
from ae_studio.gui.theme import Theme, tabular
from ae_studio.sweeps.table import Place, SweepTable
from ae_studio.sweeps.values import Axis

FONT, NUMBER, SPREAD = 11, 13, 11  # pixels high: names, means, standard deviations
FIGURES = (5, 4, 3)  # of a mean, the more where there is room
FAR = 10.0  # times the smallest mean: where the largest is farther, the colours go by the logarithm
ROUND = 4.0  # pixels, of a cell's corners
LINE, SEAM = 2.0, 5.0  # pixels wide: the best cell's outline, and with the ground at both sides of it
BAR = 120.0, 8.0  # pixels of the scale's bar
CENTRE = Qt.AlignmentFlag.AlignCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def font_of(base: QFont, pixels: int) -> QFont:
    font = tabular(base)
    font.setPixelSize(pixels)
    return font


def cell_colours(table: SweepTable, theme: Theme) -> tuple[list[list[str]], bool]:
    """Of every cell, empty where there is no number; and whether they go by the logarithm."""
    low, high = table.range
    by_logarithm = low > 0 and high / low > FAR
    numbers = np.log10(table.mean) if by_logarithm else table.mean
    ends = (float(np.nanmin(numbers)), float(np.nanmax(numbers)))
    steps = NumberScale(*ends, beyond=False).steps(np.asarray(numbers, np.float32).ravel()).reshape(table.shape)
    colours = (*scale_colours(theme, STEPS), "")
    return [[colours[int(step)] for step in row] for row in steps], by_logarithm


class MapPainter:
    """Of one table in one theme. ``name`` is what the numbers are."""

    def __init__(self, table: SweepTable, name: str, theme: Theme, layout: MapLayout, font: QFont) -> None:
        self._table, self._name, self._theme, self._layout, self._font = table, name, theme, layout, font
        self._colours, self._by_logarithm = cell_colours(table, theme)
        self._means = self._fitting_means()
        self._spread = self._has_room_for_spread()

    @property
    def shows_numbers(self) -> bool:
        return bool(self._means)

    @property
    def shows_spread(self) -> bool:
        return self._spread

    # What fits

    def _fitting_means(self) -> dict[Place, str]:
        """The means in as many figures as the cells have room for; none where there is no room for few."""
        cell = self._layout.rect((0, 0))
        metrics = QFontMetricsF(font_of(self._font, NUMBER))
        for figures in FIGURES:
            means = {place: _figures(float(self._table.mean[place]), figures) for place in self._filled()}
            widest = max(map(metrics.horizontalAdvance, means.values()), default=0.0)
            if widest + 6 <= cell.width() and cell.height() >= NUMBER + 3:
                return means
        return {}

    def _has_room_for_spread(self) -> bool:
        cell = self._layout.rect((0, 0))
        metrics = QFontMetricsF(font_of(self._font, SPREAD))
        spreads = [metrics.horizontalAdvance(self._spread_text(place)) for place in self._filled()]
        fits = max(spreads, default=0.0) + 6 <= cell.width() and cell.height() >= NUMBER + SPREAD + 10
        return bool(self._means) and fits and bool((self._table.count > 1).any())

    def _filled(self) -> list[Place]:
        return [(int(row), int(column)) for row, column in np.argwhere(self._table.count > 0)]

    def _spread_text(self, place: Place) -> str:
        return f"± {self._table.sd[place]:.2g}" if self._table.count[place] > 1 else ""

    # Painting

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        for place in np.ndindex(self._table.shape):
            self._paint_cell(painter, place)
        if self._table.best is not None:
            self._paint_outline(painter, self._layout.rect(self._table.best))
        self._paint_scale(painter)

    def _paint_cell(self, painter: QPainter, place: tuple[int, ...]) -> None:
        row, column = place
        rect, colour = self._layout.rect((row, column)), self._colours[row][column]
        if not colour:
            self._paint_empty(painter, rect)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(rect, _rounding(rect), _rounding(rect))
        if text := self._means.get((row, column)):
            self._paint_number(painter, rect, (row, column), text, ink_on(colour))

    def _paint_outline(self, painter: QPainter, rect: QRectF) -> None:
        """A line with a seam of the ground at both sides: it is seen on every cell, in either theme."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        out = self._layout.gap - 1
        rounding = _rounding(rect) + out
        for colour, width in ((self._theme.panel, SEAM), (self._theme.text, LINE)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), rounding, rounding)

    def _paint_empty(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(self._theme.dim), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if self._means:
            painter.drawText(rect, CENTRE, NONE)

    def _paint_number(self, painter: QPainter, rect: QRectF, place: Place, text: str, ink: str) -> None:
        painter.setPen(QColor(ink))
        painter.setFont(font_of(self._font, NUMBER))
        spread = self._spread_text(place) if self._spread else ""
        if not spread:
            painter.drawText(rect, CENTRE, text)
            return
        middle = rect.center().y()
        painter.drawText(QRectF(rect.left(), middle - NUMBER - 3, rect.width(), NUMBER + 4), CENTRE, text)
        painter.setFont(font_of(self._font, SPREAD))
        painter.drawText(QRectF(rect.left(), middle + 1, rect.width(), SPREAD + 4), CENTRE, spread)

    def _paint_names(self, painter: QPainter) -> None:
        layout = self._layout
        painter.setFont(font_of(self._font, FONT))
        painter.setPen(QColor(self._theme.text))
        for row in range(0, layout.shape[0], layout.row_step):
            name = value_text(self._table.row_values[row])
            _draw(painter, layout.row_name(row), Qt.AlignmentFlag.AlignRight | MIDDLE, name)
        for column in range(0, layout.shape[1], layout.column_step):
            area, name = layout.column_name(column), value_text(self._table.columns.values[column])
            if layout.turned:
                _draw_upwards(painter, area, Qt.AlignmentFlag.AlignLeft | MIDDLE, name)
            else:
                _draw(painter, area, CENTRE, name)
        painter.setPen(QColor(self._theme.dim))
        _draw(painter, layout.column_title, CENTRE, _title(self._table.columns))
        title = _title(self._table.rows)
        _draw_upwards(painter, layout.row_title(painter.fontMetrics().horizontalAdvance(title)), CENTRE, title)

    def _paint_scale(self, painter: QPainter) -> None:
        """``Error per pixel   0.012 ▆▆▆▆ 0.045``, to the right end of the cells, however narrow these are."""
        area = self._layout.scale.adjusted(0, 8, 0, 0)
        area.setLeft(EDGE)
        low, high = (_figures(end, FIGURES[0]) for end in self._table.range)
        metrics = QFontMetricsF(font_of(self._font, FONT))
        width = metrics.horizontalAdvance(high)
        painter.setFont(font_of(self._font, FONT))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | MIDDLE, high)
        bar = QRectF(area.right() - width - 6 - BAR[0], area.center().y() - BAR[1] / 2, *BAR)
        area.setRight(bar.left() - 6)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | MIDDLE, low)
        area.setRight(area.right() - metrics.horizontalAdvance(low) - 12)
        painter.setPen(QColor(self._theme.dim))
        _draw(painter, area, Qt.AlignmentFlag.AlignRight | MIDDLE, self._name + self._how())
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for share, colour in zip(np.linspace(0, 1, 9).tolist(), scale_colours(self._theme, 9), strict=True):
            gradient.setColorAt(share, QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, BAR[1] / 2, BAR[1] / 2)

    def _how(self) -> str:
        return ", logarithmic" if self._by_logarithm else ""

    def paint_told(self, painter: QPainter, place: Place) -> None:
        """A ring inside the cell that the read-out is about."""
        colour = self._colours[place[0]][place[1]]
        painter.setPen(QPen(QColor(ink_on(colour) if colour else self._theme.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._layout.rect(place).adjusted(2, 2, -2, -2), 2, 2)


def _rounding(rect: QRectF) -> float:
    return min(ROUND, rect.height() / 4, rect.width() / 4)


def _figures(value: float, figures: int) -> str:
    return f"{value:.{figures}g}".replace("-", "−")


def _title(axis: Axis) -> str:
    return axis.label + (f", {axis.unit}" if axis.unit else "")


def _draw(painter: QPainter, area: QRectF, flags: Qt.AlignmentFlag, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
    painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, shown)


def _draw_upwards(painter: QPainter, area: QRectF, flags: Qt.AlignmentFlag, text: str) -> None:
    """From the area's foot to its head."""
    painter.save()
    painter.translate(area.bottomLeft())
    painter.rotate(-90)
    _draw(painter, QRectF(QPointF(0, 0), area.size().transposed()), flags, text)
    painter.restore()
