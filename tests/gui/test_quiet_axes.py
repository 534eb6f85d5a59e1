"""Quiet axes: what is drawn of the grid, and in which colours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from ae_studio.gui.quiet_axes import QuietAxes, tick_rect
from ae_studio.gui.theme import DARK, LIGHT, Theme


def shown(qtbot: Any, theme: Theme, *, levels: bool) -> QImage:
    plot = QuietAxes(left_axis=50)
    qtbot.addWidget(plot)
    plot.set_theme(theme)
    plot.getViewBox().setRange(QRectF(0, 0, 10, 10), padding=0)
    if levels:
        plot.show_levels()
    plot.resize(300, 200)
    plot.show()
    return plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours_of_a_column(image: QImage, x: int) -> list[str]:
    return [QColor(image.pixel(x, y)).name() for y in range(4, image.height() - 30)]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_level_lines_are_a_pixel_high_and_fainter_than_the_axis(qtbot: Any, theme: Theme) -> None:
    column = colours_of_a_column(shown(qtbot, theme, levels=True), 150)
    ground = QColor(theme.panel).name()
    lines = [place for place, colour in enumerate(column) if colour != ground]
    assert len(lines) >= 5
    assert all(after - before > 1 for before, after in pairwise(lines)), "no line is thicker"
    axis = QColor(theme.line)
    for place in lines:
        line = QColor(column[place])
        assert abs(line.lightness() - QColor(ground).lightness()) < abs(axis.lightness() - QColor(ground).lightness())


def test_without_levels_nothing_is_drawn_inside(qtbot: Any) -> None:
    assert set(colours_of_a_column(shown(qtbot, DARK, levels=False), 150)) == {QColor(DARK.panel).name()}


def test_the_numbers_stand_beside_the_axis(qtbot: Any) -> None:
    image = shown(qtbot, DARK, levels=True)
    beside = {image.pixel(x, y) for x in range(5, 40) for y in range(image.height() - 30)}
    assert len(beside) > 5  # letters with smooth edges


@pytest.mark.parametrize(
    ("start", "stop", "rect"),
    [
        ((40, 10.4), (10, 10.4), QRectF(10, 10, 30, 1)),
        ((10.6, 5), (10.6, 45), QRectF(11, 5, 1, 40)),
    ],
    ids=["level", "upright"],
)
def test_a_tick_is_a_rectangle_one_pixel_thick(start: Any, stop: Any, rect: QRectF) -> None:
    assert tick_rect(QPointF(*start), QPointF(*stop)) == rect


def test_the_left_axis_keeps_its_width_at_any_range(qtbot: Any) -> None:
    plot = QuietAxes(left_axis=50)
    qtbot.addWidget(plot)
    plot.show()
    for largest in (1.0, 123456.0):
        plot.setYRange(0, largest)
        plot.grab()
        assert plot.getAxis("left").width() == 50
