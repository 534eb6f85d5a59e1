"""What stands beside and over the images of traversals."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ae_studio.gui.theme import Theme
from ae_studio.latent.traversal import Row

DOT = 7  # pixels
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_name(painter: QPainter, row: Row, area: QRectF, font: QFont, theme: Theme) -> None:
    """A row's name in bold, and below it what the dimension says; beside the name that it is inactive."""
    bold = QFont(font)
    bold.setBold(True)
    metrics = QFontMetrics(bold)
    upper = QRectF(area.x(), area.center().y() - metrics.height() + 1, area.width(), metrics.height())
    painter.setFont(bold)
    painter.setPen(QColor(theme.dim if row.reason else theme.text))
    painter.drawText(upper, _LEFT, row.name)
    painter.setFont(font)
    painter.setPen(QColor(theme.dim))
    if row.reason:
        painter.drawText(upper.adjusted(metrics.horizontalAdvance(f"{row.name} "), 0, 0, 0), _LEFT, "inactive")
    painter.drawText(upper.translated(0, upper.height() - 1), _LEFT, row.importance)


def paint_line(painter: QPainter, row: Row, area: QRectF, font: QFont, theme: Theme) -> None:
    """The same side by side, for a name that stands above its row."""
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(QColor(theme.dim if row.reason else theme.text))
    painter.drawText(area, _LEFT, row.name)
    behind = QFontMetrics(bold).horizontalAdvance(f"{row.name}  ")
    told = ", ".join(word for word in (row.importance, "inactive" if row.reason else "") if word)
    painter.setFont(font)
    painter.setPen(QColor(theme.dim))
    painter.drawText(area.adjusted(behind, 0, 0, 0), _LEFT, told)


def paint_dot(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """At the foot of the cell in which the handle is."""
    painter.setPen(QPen(QColor(theme.canvas), 1.5))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(QRectF(cell.center().x() - DOT / 2, cell.bottom() - DOT - 2, DOT, DOT))


def paint_frame(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """Around the cell that is marked."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.drawRoundedRect(cell.adjusted(-1, -1, 1, 1), 2, 2)
