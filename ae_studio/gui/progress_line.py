"""How far something has come, as a thin line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QProgressBar

HEIGHT = 4.0  # pixels


class ProgressLine(QProgressBar):
    """A progress bar that paints itself in a tenth of the time that the style sheet takes.

    It moves several times a second beside a training that uses every core.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        share = (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())
        self._paint_line(painter, self.width(), self.palette().color(QPalette.ColorRole.Mid))
        self._paint_line(painter, self.width() * share, self.palette().color(QPalette.ColorRole.Highlight))

    def _paint_line(self, painter: QPainter, length: float, colour: QColor) -> None:
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(0, (self.height() - HEIGHT) / 2, length, HEIGHT), HEIGHT / 2, HEIGHT / 2)
