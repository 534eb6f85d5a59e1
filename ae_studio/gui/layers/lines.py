"""Lines of a plane on the screen, and short words beside them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap

Line = npt.NDArray[np.float32]
"""(k, 2), world units."""

LABEL_PIXELS, NAME_PIXELS = 11, 14
WORD_WIDTH, WORD_HEIGHT = 34, 14  # pixels, of a few characters
ROOM_X, ROOM_Y = 16, 10  # pixels that a word needs on each side
FAR = 1e5  # pixels: beyond every screen, and within what a painter can compute with


def path_of(lines: Iterable[Line], pixel_map: PixelMap) -> QPainterPath:
    """All of the lines as one path; holes where one lies within another."""
    path = QPainterPath()
    for line in lines:
        pixels = np.clip(pixel_map.to_pixels(line), -FAR, FAR)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in pixels.tolist()]))
    return path


def write(painter: QPainter, at: QPointF, text: str, colour: QColor, theme: Theme, *, bold: bool = False) -> None:
    """Centred at a pixel, on a halo of the canvas's own colour, so that it can be read over anything."""
    path = QPainterPath()
    font = QFont(painter.font())
    font.setPixelSize(NAME_PIXELS if bold else LABEL_PIXELS)
    font.setBold(bold)
    path.addText(0, 0, font, text)
    box = path.boundingRect()
    path.translate(at - box.center())
    halo = QColor(theme.canvas)
    halo.setAlphaF(0.85)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, QPen(halo, 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.fillPath(path, colour)


def end_of(line: Line, pixel_map: PixelMap, *, lowest: bool = False) -> QPointF | None:
    """Of what is seen of a line, with room for a word, the highest or the lowest place; None of one that is not."""
    x, y = pixel_map.to_pixels(line).T
    seen = (x > ROOM_X) & (x < pixel_map.width - ROOM_X) & (y > ROOM_Y) & (y < pixel_map.height - ROOM_Y)
    if not seen.any():
        return None
    index = int(np.where(seen, -y if lowest else y, np.inf).argmin())
    return QPointF(float(x[index]), float(y[index]))


def apart(at: QPointF, others: list[QPointF], step: float) -> QPointF:
    """The place itself, or the next above or below it (``step`` pixels at a time) where no other word stands."""
    while any(abs(at.x() - other.x()) < WORD_WIDTH and abs(at.y() - other.y()) < abs(step) for other in others):
        at = at + QPointF(0, step)
    others.append(at)
    return at


def faded(colour: str, alpha: float) -> QColor:
    found = QColor(colour)
    found.setAlphaF(alpha)
    return found
