"""The image under the mouse: a small card beside the cursor, over everything else on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ae_studio.events import Images
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme

IMAGE = 84  # pixels across
EDGE = 6  # pixels around the image and between it and the words
WORDS = 16  # pixels, height of a line of words
AWAY = 16  # pixels between the cursor and the card


class HoverCard(QWidget):
    """An image in a frame of its class's colour, with words below. It lies in its parent and takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("hover_card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = DARK
        self._image: Images | None = None
        self._pixmap: QPixmap | None = None
        self._words: tuple[str, ...] = ()
        self._colour = self._theme.text
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        return self._words

    def show_point(self, image: Images | None, words: tuple[str, ...], colour: str, at: QPoint) -> None:
        """Of a point its image, uint8 (H, W) or (H, W, 3), lines of words about it, and where the cursor is."""
        if image is not self._image or image is None:
            self._image, self._pixmap = image, None
        self._words, self._colour = words, colour
        self.setAccessibleName(", ".join(words))
        self.resize(self.sizeHint())
        self.move(self._place(at))
        self.raise_()
        self.show()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._pixmap = theme, None
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._small_font())
        words = max((metrics.horizontalAdvance(line) for line in self._words), default=0.0)
        picture = IMAGE + EDGE if self._image is not None else 0
        width = max(words, IMAGE if self._image is not None else 0) + 2 * EDGE
        return QSize(round(width + 0.5), 2 * EDGE + picture + WORDS * len(self._words))

    def _place(self, at: QPoint) -> QPoint:
        """To the right of the cursor and above it; on the other side where the parent has no room."""
        room = self._parent.size()
        x, y = at.x() + AWAY, at.y() - AWAY - self.height()
        if x + self.width() > room.width():
            x = at.x() - AWAY - self.width()
        if y < 0:
            y = at.y() + AWAY
        x = min(max(0, x), max(0, room.width() - self.width()))
        y = min(max(0, y), max(0, room.height() - self.height()))
        return QPoint(x, y)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colour), 2))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        top = float(EDGE)
        if self._image is not None:
            self._paint_image(painter, QRectF((self.width() - IMAGE) / 2, top, IMAGE, IMAGE))
            top += IMAGE + EDGE
        painter.setFont(self._small_font())
        for number, line in enumerate(self._words):
            painter.setPen(QColor(self._theme.text if number == 0 else self._theme.dim))
            painter.drawText(QRectF(0, top, self.width(), WORDS), Qt.AlignmentFlag.AlignCenter, line)
            top += WORDS

    def _paint_image(self, painter: QPainter, area: QRectF) -> None:
        if self._pixmap is None:
            assert self._image is not None
            self._pixmap = QPixmap.fromImage(to_qimage(to_rgb(self._image, self._theme)))
        painter.fillRect(area, QColor(self._theme.image_ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._pixmap.width() > IMAGE)
        size = self._pixmap.size().toSizeF().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(area.center())
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        return font
