"""A family's drawing in the theme's colours: from the image through the code back to the image, and what is asked."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.gui.diagram_glyphs import draw_part
from ae_studio.gui.diagram_layout import LETTER, MARK, PADDING, WIDTH, WORD, Placed, PlacedChip, place
from ae_studio.gui.diagram_marks import draw_mark
from ae_studio.gui.theme import DARK, Theme
from ae_studio.models.diagrams import Diagram

LARGEST = 1.35  # times the drawing's own size: beyond it the room stays empty on both sides
LETTER_SIZE, WORD_SIZE, CHIP_SIZE = 13, 11, 11  # pixels of the fonts at the width of 420
ARROW = 5.0  # pixels, of an arrow's head


class DiagramView(QWidget):
    """Draws a :class:`~ae_studio.models.diagrams.Diagram` as wide as there is room, to a limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagram = Diagram((), (), ())
        self._placed = Placed((), (), (), 0.0)
        self._theme = DARK
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_diagram(self, diagram: Diagram) -> None:
        metrics = QFontMetricsF(self._font(CHIP_SIZE))
        self._diagram = diagram
        self._placed = place(diagram, metrics.horizontalAdvance)
        self.setAccessibleDescription("; ".join(diagram.words))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._placed.height * self._scale(width))

    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH), round(self._placed.height))

    def _scale(self, width: float) -> float:
        return min(width / WIDTH, LARGEST)

    def _font(self, pixels: int, *, italic: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setItalic(italic)
        return font

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale(self.width())
        painter.translate((self.width() - WIDTH * scale) / 2, 0)
        painter.scale(scale, scale)
        for chip in (*self._placed.above, *self._placed.below):
            self._draw_lines(painter, chip)
        self._draw_row(painter)
        for chip in (*self._placed.above, *self._placed.below):
            self._draw_chip(painter, chip)

    def _draw_row(self, painter: QPainter) -> None:
        for box, following in pairwise(self._placed.row):
            y = box.center().y()
            self._draw_arrow(painter, QPointF(box.right() + 3, y), QPointF(following.left() - 3, y), self._theme.dim)
        for part, box in zip(self._diagram.row, self._placed.row, strict=True):
            draw_part(painter, part.kind, box, self._theme)
            line = QRectF(box.center().x() - 50, box.bottom() + 1, 100, LETTER)
            painter.setPen(QColor(self._theme.text))
            painter.setFont(self._font(LETTER_SIZE, italic=True))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, part.letter)
            painter.setPen(QColor(self._theme.dim))
            painter.setFont(self._font(WORD_SIZE))
            painter.drawText(QRectF(line.left(), line.bottom() - 1, 100, WORD), Qt.AlignmentFlag.AlignCenter, part.word)

    def _draw_lines(self, painter: QPainter, chip: PlacedChip) -> None:
        colour = self._colour(chip)
        for line in chip.lines:
            if chip in self._placed.above:
                self._draw_arrow(painter, line[0], line[-1] - QPointF(0, 2), colour)
                continue
            painter.setPen(QPen(QColor(colour), 1.2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(list(line)))

    def _draw_chip(self, painter: QPainter, chip: PlacedChip) -> None:
        painter.setPen(QPen(QColor(self._colour(chip)), 1.2))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(chip.box, chip.box.height() / 2, chip.box.height() / 2)
        inside = chip.box.adjusted(PADDING, 0, -PADDING, 0)
        if chip.side.kind != "loss":
            side = MARK - 10
            square = QRectF(inside.left() + 1, inside.center().y() - side / 2, side, side)
            draw_mark(painter, chip.side.kind, square, self._theme)
            inside.setLeft(inside.left() + MARK - 4)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(self._font(CHIP_SIZE))
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, chip.side.text)

    def _draw_arrow(self, painter: QPainter, start: QPointF, end: QPointF, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 1.2))
        painter.setBrush(QColor(colour))
        way = end - start
        length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
        along = way / length * ARROW
        across = QPointF(-along.y(), along.x()) * 0.55
        painter.drawLine(start, end - along)
        painter.drawPolygon(QPolygonF([end, end - along + across, end - along - across]))

    def _colour(self, chip: PlacedChip) -> str:
        """What every family asks, the reconstruction, is quiet; what sets this one apart is not."""
        return self._theme.dim if chip.side.kind == "loss" else self._theme.accent
