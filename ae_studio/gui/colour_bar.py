"""What the colours of a map mean, in a corner of the canvas."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ae_studio.gui.theme import Theme, tabular
from ae_studio.gui.view_window import PixelMap

WIDTH, HEIGHT, BAR = 176.0, 50.0, 8.0  # pixels
FROM_EDGE = 8.0
ABOVE_NUMBERS = 22.0  # the grid's own stand along the lower edge


def paint_colour_bar(
    painter: QPainter,
    pixel_map: PixelMap,
    theme: Theme,
    colours: npt.NDArray[np.uint8],
    middle: float,
    reach: float,
    title: str,
) -> None:
    """Colours (n, 3) from ``middle - reach`` to ``middle + reach``, in the lower right corner."""
    box = QRectF(pixel_map.width - WIDTH - FROM_EDGE, pixel_map.height - HEIGHT - ABOVE_NUMBERS, WIDTH, HEIGHT)
    paint_plate(painter, box, theme)
    inner = box.adjusted(8, 4, -8, -4)
    painter.setPen(QColor(theme.text))
    painter.drawText(
        QRectF(inner.topLeft(), QPointF(inner.right(), inner.top() + 14)), Qt.AlignmentFlag.AlignLeft, title
    )
    bar = QRectF(inner.left(), inner.top() + 16, inner.width(), BAR)
    strip = QImage(
        np.ascontiguousarray(colours).tobytes(), len(colours), 1, 3 * len(colours), QImage.Format.Format_RGB888
    )
    painter.drawImage(bar, strip)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    painter.setPen(QColor(theme.dim))
    below = QRectF(inner.left(), bar.bottom() + 1, inner.width(), 14)
    for value, side in (
        (middle - reach, Qt.AlignmentFlag.AlignLeft),
        (middle, Qt.AlignmentFlag.AlignHCenter),
        (middle + reach, Qt.AlignmentFlag.AlignRight),
    ):
        painter.drawText(below, side, _number(value, reach))


def paint_plate(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """What words on the canvas stand on, and the font they are written in."""
    font = tabular(painter.font())
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(theme.panel)
    ground.setAlphaF(0.88)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 6, 6)


def _number(value: float, reach: float) -> str:
    """With as many digits as tell the ends apart."""
    digits = max(0, 1 - int(np.floor(np.log10(max(reach, 1e-9)))))
    return f"{value:.{min(digits, 6)}f}".replace("-", "−")
