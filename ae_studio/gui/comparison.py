"""Three pictures in one square: an original, what is decoded, and their difference, with the error in a number."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ae_studio.events import Images
from ae_studio.gui.images import Rgb, difference_rgb, squared_error, to_qimage, to_rgb
from ae_studio.gui.theme import Theme

GAP = 8.0  # pixels between pictures, and to the frame
CAPTION = 16.0  # pixels of a line of words below a picture
FONT = 11


def paint_comparison(painter: QPainter, area: QRectF, original: Images, decoded: Images, theme: Theme) -> None:
    """Two by two in a square: original and decoded, beneath them the difference and what it means."""
    font = painter.font()
    font.setPixelSize(FONT)
    painter.setFont(font)
    pictures = (
        ("original", to_rgb(original, theme)),
        ("decoded here", to_rgb(decoded, theme)),
        ("difference", difference_rgb(original, decoded, theme)),
    )
    for number, (caption, rgb) in enumerate(pictures):
        place = cell(area, number)
        _paint_picture(painter, place, rgb, theme)
        _write(painter, QRectF(place.left(), place.bottom(), place.width(), CAPTION), caption, theme.dim)
    _paint_error(painter, cell(area, 3), squared_error(original, decoded), theme)


def cell(area: QRectF, number: int) -> QRectF:
    """Of one of the four quarters, row by row, the square for a picture; its words are below it."""
    side = (area.height() - 3 * GAP) / 2 - CAPTION
    row, column = divmod(number, 2)
    left = area.center().x() + (GAP / 2 if column else -GAP / 2 - side)
    return QRectF(left, area.top() + GAP + row * (side + CAPTION + GAP), side, side)


def _paint_picture(painter: QPainter, place: QRectF, rgb: Rgb, theme: Theme) -> None:
    picture = QPixmap.fromImage(to_qimage(rgb))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    size = picture.size().toSizeF().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(QPointF(), size)
    target.moveCenter(place.center())
    painter.drawPixmap(target, picture, QRectF(picture.rect()))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRect(place)


def _paint_error(painter: QPainter, place: QRectF, error: float, theme: Theme) -> None:
    """In the fourth quarter: the squared error per pixel, and what the colours say."""
    lines = (
        ("squared error", theme.dim),
        (f"{error:.4f}", theme.text),
        ("per pixel", theme.dim),
        ("", theme.dim),
        ("too dark", theme.too_dark),
        ("too bright", theme.too_bright),
    )
    top = place.center().y() - len(lines) * CAPTION / 2
    for number, (text, colour) in enumerate(lines):
        _write(painter, QRectF(place.left(), top + number * CAPTION, place.width(), CAPTION), text, colour)


def _write(painter: QPainter, area: QRectF, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
