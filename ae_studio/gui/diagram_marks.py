"""The signs at the beginning of what stands above and below a family's row, in the accent colour."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from ae_studio.gui.diagram_glyphs import Drawing, stroke
from ae_studio.gui.theme import Theme


def draw_mark(painter: QPainter, kind: str, box: QRectF, theme: Theme) -> None:
    """The sign at the beginning of a chip, in a square; a plain loss has none."""
    if kind not in MARKS:
        return
    painter.save()
    painter.setPen(stroke(theme.accent))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    MARKS[kind](painter, box, theme)
    painter.restore()


def _scatter(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Points without order."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    for x, y in (
        (0.15, 0.3),
        (0.42, 0.12),
        (0.7, 0.3),
        (0.3, 0.58),
        (0.58, 0.55),
        (0.88, 0.62),
        (0.2, 0.85),
        (0.65, 0.88),
    ):
        painter.drawEllipse(QPointF(box.left() + x * box.width(), box.top() + y * box.height()), 1.5, 1.5)


def _label(painter: QPainter, box: QRectF, theme: Theme) -> None:
    shape = ((0.0, 0.22), (0.62, 0.22), (1.0, 0.5), (0.62, 0.78), (0.0, 0.78))
    points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in shape]
    painter.drawPolygon(QPolygonF(points))
    painter.drawEllipse(QPointF(box.left() + 0.62 * box.width(), box.center().y()), 1.2, 1.2)


def _book(painter: QPainter, box: QRectF, theme: Theme) -> None:
    size = box.width() / 3
    for index in range(9):
        cell = QRectF(box.left() + index % 3 * size, box.top() + index // 3 * size, size, size).adjusted(
            0.7, 0.7, -0.7, -0.7
        )
        painter.fillRect(cell, QColor(theme.classes[(index * 5 + index // 3) % 4]))


def _images(painter: QPainter, box: QRectF, theme: Theme) -> None:
    for shift in (0.0, 0.3):
        painter.setBrush(QColor(theme.panel))
        frame = QRectF(0, 0, box.width() * 0.68, box.height() * 0.68)
        painter.drawRoundedRect(frame.translated(box.topLeft() + QPointF(box.width(), box.height()) * shift), 2, 2)


def _bell(painter: QPainter, box: QRectF, theme: Theme) -> None:
    path = QPainterPath()
    for step in range(25):
        x = step / 24
        height = math.exp(-((x - 0.5) ** 2) / 0.045)
        point = QPointF(box.left() + x * box.width(), box.bottom() - box.height() * (0.12 + 0.76 * height))
        path.lineTo(point) if step else path.moveTo(point)
    painter.drawPath(path)


def _opponent(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Two ways to decide for."""
    middle = box.center().y()
    fork = QPointF(box.left() + box.width() * 0.4, middle)
    painter.drawLine(QPointF(box.left(), middle), fork)
    for share, filled in ((0.15, True), (0.85, False)):
        end = QPointF(box.right() - 2.5, box.top() + share * box.height())
        painter.drawLine(fork, end)
        painter.setBrush(QColor(theme.accent) if filled else QColor(theme.panel))
        painter.drawEllipse(end, 2.4, 2.4)


def _distances(painter: QPainter, box: QRectF, theme: Theme) -> None:
    corners = [(0.1, 0.8), (0.45, 0.12), (0.92, 0.62)]
    points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners]
    painter.drawPolygon(QPolygonF(points))
    painter.setBrush(QColor(theme.accent))
    for point in points:
        painter.drawEllipse(point, 1.8, 1.8)


def _weight(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """What costs something: an arrow that presses down."""
    x = box.center().x()
    painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 4))
    for way in (-3.5, 3.5):
        painter.drawLine(QPointF(x, box.bottom() - 4), QPointF(x + way, box.bottom() - 7.5))
    painter.drawLine(QPointF(box.left() + 1, box.bottom() - 0.5), QPointF(box.right() - 1, box.bottom() - 0.5))


MARKS: Mapping[str, Drawing] = {
    "noise": _scatter,
    "label": _label,
    "book": _book,
    "images": _images,
    "prior": _bell,
    "opponent": _opponent,
    "distances": _distances,
    "penalty": _weight,
}
