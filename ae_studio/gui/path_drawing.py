"""A path on the canvas: its line, a dot for each frame, and its two ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

Points = npt.NDArray[np.float32]

DOT, END = 3.0, 8.0  # pixels, radii
BEHIND = 0.45  # opacity of what lies on the far side of a globe


@dataclass(frozen=True, slots=True, eq=False)
class PathDrawing:
    """``line`` (m, 2) and ``dots`` (n, 2) in the plane, and which of either are ``behind`` a globe."""

    line: Points
    dots: Points
    line_behind: npt.NDArray[np.bool_]
    dots_behind: npt.NDArray[np.bool_]

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, pixel_map.to_pixels(self.line).tolist(), theme)
        dots = pixel_map.to_pixels(self.dots).tolist()
        painter.setPen(QPen(QColor(theme.canvas), 1))
        painter.setBrush(QColor(theme.accent))
        for (x, y), behind in zip(dots, self.dots_behind.tolist(), strict=True):
            painter.setOpacity(BEHIND if behind else 1)
            painter.drawEllipse(QPointF(x, y), DOT, DOT)
        painter.setOpacity(1)
        for letter, (x, y) in (("A", dots[0]), ("B", dots[-1])):
            _paint_end(painter, QPointF(x, y), letter, theme)

    def _paint_line(self, painter: QPainter, pixels: list[list[float]], theme: Theme) -> None:
        cuts = np.flatnonzero(np.diff(self.line_behind)) + 1
        starts = [0, *cuts.tolist()]
        for start, end in zip(starts, [*starts[1:], len(pixels)], strict=True):
            piece = QPolygonF([QPointF(x, y) for x, y in pixels[max(0, start - 1) : end]])
            painter.setOpacity(BEHIND if self.line_behind[start] else 1)
            for colour, width in ((theme.canvas, 4.5), (theme.accent, 2.0)):
                pen = QPen(QColor(colour), width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(piece)


def _paint_end(painter: QPainter, centre: QPointF, letter: str, theme: Theme) -> None:
    """A letter on a disc of the accent's colour."""
    painter.setPen(QPen(QColor(theme.canvas), 1.5))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(centre, END, END)
    font = painter.font()
    font.setPixelSize(11)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(theme.accent_text))
    painter.drawText(QRectF(centre.x() - END, centre.y() - END, 2 * END, 2 * END), Qt.AlignmentFlag.AlignCenter, letter)
