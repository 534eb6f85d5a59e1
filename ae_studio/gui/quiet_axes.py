"""A plot without pyqtgraph's own menu and buttons, with quiet axes in the theme's colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ae_studio.gui.theme import DARK, Theme
from ae_studio.gui.whole_errors import raised_whole

GRID_ALPHA = 0.15
Tick = tuple[QPen, QPointF, QPointF]


class QuietAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph comes without types
    """Its grid is filled, not drawn in lines: Qt takes a hundred times as long for a translucent line in a widget."""

    @raised_whole
    def drawPicture(self, painter: QPainter, axis: Tick, ticks: Sequence[Tick], texts: Sequence[Any]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen, start, stop in ticks:
            painter.fillRect(tick_rect(start, stop), pen.color())
        super().drawPicture(painter, axis, (), texts)


def tick_rect(start: QPointF, stop: QPointF) -> QRectF:
    """A pixel thick, from one end of a level or upright line to the other."""
    if start.y() == stop.y():
        return QRectF(min(start.x(), stop.x()), round(start.y()), abs(stop.x() - start.x()), 1)
    return QRectF(round(start.x()), min(start.y(), stop.y()), 1, abs(stop.y() - start.y()))


class QuietAxes(pg.PlotWidget):  # type: ignore[misc]
    """A plot whose left axis is always so many pixels wide: else the plot would jump with the range."""

    def __init__(self, parent: QWidget | None = None, *, left_axis: int) -> None:
        super().__init__(parent, axisItems={side: QuietAxis(side) for side in ("left", "bottom")})
        self._theme = DARK
        self.setMenuEnabled(False)
        self.hideButtons()
        self.getAxis("left").setWidth(left_axis)

    def show_levels(self) -> None:
        """Level grid lines."""
        self.showGrid(x=False, y=True, alpha=GRID_ALPHA)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setBackground(QColor(theme.panel))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(QColor(theme.line)))
            axis.setTextPen(pg.mkPen(QColor(theme.dim)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        event.accept()  # what pyqtgraph takes for a click or a drag later is no matter of the widgets behind

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        event.accept()
