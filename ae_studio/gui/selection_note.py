"""How many points are selected, said on the canvas."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

MARGIN, PAD = 10, 8  # pixels: from the canvas's corner, and around the text


@dataclass(frozen=True, slots=True)
class SelectionNote:
    """A small plate in the upper right corner; an overlay of the canvas."""

    count: int

    @property
    def text(self) -> str:
        return f"{self.count:,} selected"

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        size = painter.fontMetrics().size(0, self.text)
        width, height = size.width() + 2 * PAD, size.height() + PAD
        plate = QRectF(pixel_map.width - width - MARGIN, MARGIN, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(plate, height / 2, height / 2)
        painter.setPen(QColor(theme.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.text)
