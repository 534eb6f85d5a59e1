"""What the colours of the points stand for, where they are numbers: the scale with the numbers at its ends."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ae_studio.gui.colour_scale import NumberScale, in_figures, scale_colours
from ae_studio.gui.theme import DARK, Theme

WIDTH, HEIGHT = 180, 46  # pixels; longer words make it wider
EDGE = 8
AWAY = 8  # pixels from the parent's edges
BAR = 8  # pixels high
STOPS = 9


class ScaleView(QWidget):
    """Title, scale and three numbers, in the upper right corner of its parent. Takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("scale_view")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = DARK
        self._scale = NumberScale(0, 1, False)
        self._title = ""
        self.hide()
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.move(self._parent.width() - self.width() - AWAY, AWAY)

    def show_scale(self, scale: NumberScale, title: str, unit: str) -> None:
        self._scale = scale
        self._title = f"{title}, {unit}" if unit else title
        low, _, high = self.numbers()
        self.setAccessibleName(f"Colours: {self._title}, from {low} to {high}")
        self.resize(self.sizeHint())
        self._place()
        self.show()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def numbers(self) -> tuple[str, str, str]:
        """At the low end, in the middle, at the high end; with ≤ and ≥ where some numbers lie beyond."""
        low, high = self._scale.low, self._scale.high
        texts = [in_figures(value, high - low) for value in (low, (low + high) / 2, high)]
        if self._scale.beyond:
            texts[0], texts[2] = f"≤ {texts[0]}", f"≥ {texts[2]}"
        return texts[0], texts[1], texts[2]

    def sizeHint(self) -> QSize:
        title = QFontMetricsF(self._font()).horizontalAdvance(self._title)
        return QSize(max(WIDTH, math.ceil(title) + 2 * EDGE), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.panel)
        ground.setAlphaF(0.9)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        inner = QRectF(self.rect()).adjusted(EDGE, 0, -EDGE, 0)
        painter.setFont(self._font())
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRectF(inner.x(), 4, inner.width(), 14), Qt.AlignmentFlag.AlignLeft, self._title)
        self._paint_bar(painter, QRectF(inner.x(), 20, inner.width(), BAR))
        painter.setPen(QColor(self._theme.dim))
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for side, text in zip(sides, self.numbers(), strict=True):
            painter.drawText(QRectF(inner.x(), 29, inner.width(), 14), side, text)

    def _paint_bar(self, painter: QPainter, area: QRectF) -> None:
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for index, colour in enumerate(scale_colours(self._theme, STOPS)):
            gradient.setColorAt(index / (STOPS - 1), QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(area, 2, 2)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(10)
        return font
