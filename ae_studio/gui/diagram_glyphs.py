"""The small drawings of a family's parts: each fills its box. What sets a family apart is in the accent colour."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QRadialGradient

from ae_studio.gui.theme import Theme

# A seven of 7 x 7 pixels, from no ink to 3; and how it comes back: blurred.
SEVEN = ("0000000", "0333330", "0222330", "0000320", "0003200", "0023000", "0032000")
BLURRED = ("0111110", "1222221", "1122221", "0012221", "0012210", "0122100", "0121100")
SPECKLES = ((0, 0), (5, 0), (2, 1), (0, 3), (4, 2), (2, 4), (6, 4), (1, 6), (5, 6), (3, 3))  # (column, row) of noise
LIT = (1, 4)  # the units of a sparse code that are on
WEIGHTS = (0.25, 0.85, 0.4, 0.15)  # of the choices
LINE = 1.3  # width of a stroke


def draw_part(painter: QPainter, kind: str, box: QRectF, theme: Theme) -> None:
    """A part of the row; ``kind`` is one of ``ae_studio.models.diagrams.PARTS``."""
    painter.save()
    painter.setPen(stroke(theme.dim))
    painter.setBrush(QColor(theme.raised))
    PARTS[kind](painter, box, theme)
    painter.restore()


def stroke(colour: str) -> QPen:
    return QPen(QColor(colour), LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def faint(colour: str, alpha: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def _square(box: QRectF, share: float = 1.0) -> QRectF:
    """The largest square in the middle of the box, of which a share."""
    side = min(box.width(), box.height()) * share
    return QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)


# Images


def _picture(painter: QPainter, box: QRectF, theme: Theme, pixels: tuple[str, ...]) -> QRectF:
    frame = _square(box, 0.86)
    painter.setBrush(QColor(theme.image_ground))
    painter.drawRoundedRect(frame, 4, 4)
    inner = frame.adjusted(3, 3, -3, -3)
    image = QImage(len(pixels), len(pixels), QImage.Format.Format_ARGB32)
    for row, line in enumerate(pixels):
        for column, ink in enumerate(line):
            image.setPixelColor(column, row, faint(theme.image_ink, int(ink) / 3))
    painter.drawImage(inner, image)
    return inner


def _image(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _picture(painter, box, theme, SEVEN)


def _decoded(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _picture(painter, box, theme, BLURRED)


def _noisy(painter: QPainter, box: QRectF, theme: Theme) -> None:
    painter.setPen(stroke(theme.accent))
    inner = _picture(painter, box, theme, SEVEN)
    size = inner.width() / len(SEVEN)
    for column, row in SPECKLES:
        place = QRectF(inner.left() + column * size, inner.top() + row * size, size, size)
        painter.fillRect(place, QColor(theme.accent))


# Networks


def _network(painter: QPainter, box: QRectF, theme: Theme, heights: tuple[float, float]) -> None:
    """A trapezium with its layers, from the one height to the other (shares of the box's)."""
    middle = box.center().y()
    ends = [box.height() / 2 * height for height in heights]
    corners = [(box.left(), -ends[0]), (box.right(), -ends[1]), (box.right(), ends[1]), (box.left(), ends[0])]
    painter.drawPolygon(QPolygonF([QPointF(x, middle + y) for x, y in corners]))
    painter.setPen(QPen(faint(theme.dim, 0.45), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for share in (0.28, 0.52, 0.76):
        x = box.left() + share * box.width()
        half = (ends[0] + (ends[1] - ends[0]) * share) * 0.72
        painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))


def _encoder(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _network(painter, box, theme, (1.0, 0.45))


def _decoder(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _network(painter, box, theme, (0.45, 1.0))


# Codes


def _units(painter: QPainter, box: QRectF, theme: Theme, count: int, lit: tuple[int, ...]) -> None:
    """A column of units; those that are lit are filled."""
    step = box.height() * 0.92 / count
    radius = min(step * 0.38, 6.0)
    top = box.center().y() - step * (count - 1) / 2
    for index in range(count):
        painter.setPen(stroke(theme.accent if index in lit and len(lit) < count else theme.dim))
        painter.setBrush(QColor(theme.accent) if index in lit and len(lit) < count else QColor(theme.raised))
        painter.drawEllipse(QPointF(box.center().x(), top + index * step), radius, radius)


def _code(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _units(painter, box, theme, 3, ())


def _sparse(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _units(painter, box, theme, 6, LIT)


def _codes(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Several draws, one behind another."""
    painter.setPen(stroke(theme.accent))
    for shift in (-9, 0, 9):
        card = _square(box, 0.62).adjusted(6, 0, -6, 0).translated(shift, shift * 0.6)
        painter.drawRoundedRect(card, 4, 4)
        for index in range(3):
            painter.drawEllipse(QPointF(card.center().x(), card.top() + card.height() * (0.25 + 0.25 * index)), 2, 2)


def _cloud(painter: QPainter, box: QRectF, theme: Theme) -> None:
    square = _square(box, 0.92)
    shade = QRadialGradient(square.center(), square.width() / 2)
    shade.setColorAt(0, faint(theme.accent, 0.75))
    shade.setColorAt(1, faint(theme.accent, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawEllipse(square)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), LINE, Qt.PenStyle.DotLine))
    painter.drawEllipse(_square(box, 0.6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text))
    painter.drawEllipse(square.center(), 2, 2)


def _grid(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A map of codes, each one of a few."""
    square = _square(box, 0.82)
    size = square.width() / 4
    for row in range(4):
        for column in range(4):
            cell = QRectF(square.left() + column * size, square.top() + row * size, size, size).adjusted(1, 1, -1, -1)
            painter.fillRect(cell, QColor(theme.classes[(3 * row * row + 2 * column + row * column) % 4]))


def _bars(painter: QPainter, box: QRectF, theme: Theme) -> None:
    square = _square(box, 0.82)
    size = square.width() / len(WEIGHTS)
    painter.setPen(Qt.PenStyle.NoPen)
    for index, weight in enumerate(WEIGHTS):
        painter.setBrush(QColor(theme.accent) if weight == max(WEIGHTS) else faint(theme.accent, 0.4))
        height = square.height() * weight
        bar = QRectF(square.left() + index * size, square.bottom() - height, size, height)
        painter.drawRoundedRect(bar.adjusted(1.5, 0, -1.5, 0), 1.5, 1.5)
    painter.setPen(stroke(theme.dim))
    painter.drawLine(square.bottomLeft(), square.bottomRight())


def _sphere(painter: QPainter, box: QRectF, theme: Theme) -> None:
    square = _square(box, 0.86)
    painter.setPen(stroke(theme.accent))
    painter.drawEllipse(square)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint(theme.accent, 0.7), 1.0))
    painter.drawEllipse(square.center(), square.width() / 2, square.height() / 6)
    painter.drawEllipse(square.center(), square.width() / 6, square.height() / 2)
    _dot(painter, square.center() + QPointF(square.width() * 0.21, -square.height() * 0.27), theme)


def _disc(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A disc with straight lines as hyperbolic space has them: arcs that meet the edge at right angles."""
    square = _square(box, 0.86)
    centre, radius = square.center(), square.width() / 2
    painter.setPen(stroke(theme.accent))
    painter.drawEllipse(square)
    path = QPainterPath()
    path.addEllipse(square)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint(theme.accent, 0.7), 1.0))
    for index in range(5):
        turn = 2 * math.pi * index / 5 - math.pi / 2
        away = 1.25 * radius  # an arc of radius r about a point at distance d is such a line where d² = 1 + r²
        arc = math.sqrt(away**2 - radius**2)
        painter.drawEllipse(centre + QPointF(away * math.cos(turn), away * math.sin(turn)), arc, arc)
    painter.setClipping(False)
    _dot(painter, centre + QPointF(radius * 0.1, -radius * 0.1), theme)


def _dot(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text))
    painter.drawEllipse(centre, 2.5, 2.5)


Drawing = Callable[[QPainter, QRectF, Theme], None]
PARTS: Mapping[str, Drawing] = {
    "image": _image,
    "noisy": _noisy,
    "encoder": _encoder,
    "cloud": _cloud,
    "code": _code,
    "codes": _codes,
    "sparse": _sparse,
    "grid": _grid,
    "bars": _bars,
    "sphere": _sphere,
    "disc": _disc,
    "decoder": _decoder,
    "decoded": _decoded,
}
