"""What each latent dimension costs: a bar for each, those that the model does not use dim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ae_studio.gui.theme import DARK, Theme, tabular
from ae_studio.latent.activity import Activity

LEFT, RIGHT, TOP, BOTTOM = 48.0, 10.0, 18.0, 20.0  # pixels around the bars
WIDEST = 56.0  # pixels of a bar
GAP = 0.25  # of the room of a bar
LABELLED = 22.0  # pixels of a bar's room from which on its name and its value have a place
TICKS = 4  # at most


@dataclass(frozen=True, slots=True)
class Bars:
    """Where ``count`` bars of up to ``most`` nats lie in a widget of this size, in pixels."""

    count: int
    most: float
    width: float
    height: float

    @property
    def room(self) -> float:
        """Of one bar with its gap."""
        return min(WIDEST, (self.width - LEFT - RIGHT) / max(1, self.count))

    @property
    def ground(self) -> float:
        return self.height - BOTTOM

    def y(self, nats: float) -> float:
        return self.ground - (self.ground - TOP) * nats / self.most

    def rect(self, place: int, nats: float) -> QRectF:
        gap = GAP * self.room if self.room > 4 else 0.0
        top = min(self.y(max(0.0, nats)), self.ground - 1)  # a line even of nothing: there is a dimension
        return QRectF(LEFT + place * self.room + gap / 2, top, self.room - gap, self.ground - top)

    def place_at(self, x: float) -> int | None:
        place = int((x - LEFT) // self.room)
        return place if x >= LEFT and 0 <= place < self.count else None


class KlBars(QWidget):
    """Bars in nats, of the ``activity`` of an epoch's codes.

    Signals:
        dimension_hovered(dimension): the one under the mouse, counted from 0; -1 for none.
    """

    dimension_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kl_bars")
        self.setAccessibleName("KL of each latent dimension")
        self.setMouseTracking(True)
        self.setMinimumHeight(70)
        self.activity: Activity | None = None
        self.order: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._hovered = -1
        self._theme = DARK

    def show_activity(self, activity: Activity | None, order: npt.NDArray[np.int64]) -> None:
        """In this order (dim,), from the left."""
        self.activity, self.order = activity, order
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def bars(self) -> Bars:
        kl = None if self.activity is None else self.activity.kl
        most = float(kl.max(initial=0.0)) if kl is not None else 0.0
        return Bars(len(self.order), max(most, 1e-3), self.width(), self.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.bars().place_at(event.position().x())
        self._hover(-1 if place is None else int(self.order[place]))

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _hover(self, dimension: int) -> None:
        if dimension != self._hovered:
            self._hovered = dimension
            self.dimension_hovered.emit(dimension)
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.activity is None or self.activity.kl is None:
            return
        painter = QPainter(self)
        painter.setFont(tabular(self.font()))
        bars = self.bars()
        self._paint_axis(painter, bars)
        for place, dimension in enumerate(self.order.tolist()):
            self._paint_bar(painter, bars, place, dimension, float(self.activity.kl[dimension]))
        painter.end()

    def _paint_axis(self, painter: QPainter, bars: Bars) -> None:
        line = QPen(QColor(self._theme.line), 1.0)
        for value in ticks(bars.most):
            y = round(bars.y(value)) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(LEFT, y), QPointF(self.width() - RIGHT, y))
            painter.setPen(QColor(self._theme.dim))
            label = QRectF(0, y - 8, LEFT - 6, 16)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}")

    def _paint_bar(self, painter: QPainter, bars: Bars, place: int, dimension: int, nats: float) -> None:
        assert self.activity is not None
        used = bool(self.activity.active[dimension])
        colour = QColor(self._theme.accent if used else self._theme.dim)
        if not used:
            colour.setAlphaF(0.45)
        rect = bars.rect(place, nats)
        painter.fillRect(rect, colour.lighter(125) if dimension == self._hovered else colour)
        if bars.room < LABELLED:
            return
        painter.setPen(QColor(self._theme.text if used else self._theme.dim))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        around = QRectF(rect.center().x() - 30, 0, 60, 16)
        painter.drawText(around.translated(0, bars.ground + 3), middle, f"z{dimension + 1}")
        if bars.room >= 1.4 * LABELLED:
            painter.drawText(around.translated(0, rect.top() - 16), middle, f"{nats:.2f}")


def ticks(most: float) -> list[float]:
    """Round values from 0 to ``most``."""
    rough = most / TICKS
    size = 10.0 ** np.floor(np.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [float(f"{step * index:.6g}") for index in range(int(most / step + 1e-9) + 1)]
