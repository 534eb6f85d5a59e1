"""One image, as large as fits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.events import Images
from ae_studio.gui.comparison import paint_comparison
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme

CORNER = 10.0  # pixels, the frame's radius


class DigitView(QWidget):
    """The decoded image, square pixels, in a rounded frame.

    Signals:
        painted(): a new image is on the screen.
    """

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digit_view")
        self.setAccessibleName("Decoded image")
        self.setMinimumSize(120, 120)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._theme = DARK
        self._image: Images | None = None
        self._pixmap: QPixmap | None = None
        self._original: Images | None = None
        self._new = False

    def compare_with(self, original: Images | None) -> None:
        """Shows this image and the difference beside what is decoded; None: what is decoded alone again."""
        self._original = original
        self.update()

    def show_image(self, image: Images) -> None:
        """uint8 (H, W) or (H, W, 3)."""
        self._image, self._pixmap, self._new = image, None, True
        self.update()

    def clear(self) -> None:
        self._image, self._pixmap, self._original = None, None, None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._pixmap = theme, None
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def sizeHint(self) -> QSize:
        return QSize(240, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        frame = QPainterPath()
        frame.addRoundedRect(area, CORNER, CORNER)
        painter.fillPath(frame, QColor(self._theme.image_ground))
        if self._image is not None and self._original is not None:
            paint_comparison(painter, area, self._original, self._image, self._theme)
        elif self._image is not None:
            self._paint_image(painter, area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawPath(frame)
        painter.end()
        if self._new:
            self._new = False
            self.painted.emit()

    def _paint_image(self, painter: QPainter, area: QRectF) -> None:
        if self._pixmap is None:
            assert self._image is not None
            self._pixmap = QPixmap.fromImage(to_qimage(to_rgb(self._image, self._theme)))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        inner = area.adjusted(4, 4, -4, -4)
        size = self._pixmap.size().toSizeF().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(inner.center())
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))

    def _area(self) -> QRectF:
        """The largest square, at the top."""
        side = min(self.width(), self.height()) - 1.0
        return QRectF((self.width() - side) / 2, 0.5, side, side)
