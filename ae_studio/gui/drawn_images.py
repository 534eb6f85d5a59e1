"""Beside a drawing: what the model gets of it, what it makes of that, and how the two differ."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.events import Images
from ae_studio.gui.images import difference_rgb, to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme

TITLES = ("Model gets", "Model makes", "Difference")
HINT = (
    "The drawing as the data has its images, scaled and centred; what the model makes of it; and where that has "
    "too little ink or too much"
)
GAP = 8  # pixels between two images
CAPTION = 18  # pixels below them
LARGEST = 120  # pixels of an image's side
CORNER = 5.0  # pixels


class DrawnImages(QWidget):
    """Three images side by side, with a word below each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawn_images")
        self.setAccessibleName("Image for the model, its reconstruction, and their difference")
        self.setToolTip(HINT)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._theme = DARK
        self.images: tuple[Images, Images] | None = None
        self._pixmaps: list[QPixmap] = []

    def show_images(self, image: Images, reconstruction: Images) -> None:
        """uint8 (H, W) or (H, W, 3) each."""
        self.images, self._pixmaps = (image, reconstruction), []
        self.update()

    def clear(self) -> None:
        self.images, self._pixmaps = None, []
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._pixmaps = theme, []
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._side(width)) + CAPTION

    def sizeHint(self) -> QSize:
        return QSize(276, self.heightForWidth(276))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        if not self._pixmaps and self.images is not None:
            self._pixmaps = self._made(*self.images)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        side = self._side(self.width())
        left = (self.width() - 3 * side - 2 * GAP) / 2
        for number, title in enumerate(TITLES):
            area = QRectF(QPointF(left + number * (side + GAP), 0), QSize(round(side), round(side)))
            painter.setPen(QColor(self._theme.line))
            painter.setBrush(QColor(self._theme.image_ground))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            if self._pixmaps:
                _draw_fitted(painter, area.adjusted(3, 3, -3, -3), self._pixmaps[number])
            painter.setPen(QColor(self._theme.dim))
            below = QRectF(area.left() - GAP / 2, area.bottom(), area.width() + GAP, CAPTION)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, title)

    def _made(self, image: Images, reconstruction: Images) -> list[QPixmap]:
        theme = self._theme
        seen = to_rgb(image, theme), to_rgb(reconstruction, theme), difference_rgb(image, reconstruction, theme)
        return [QPixmap.fromImage(to_qimage(each)) for each in seen]

    def _side(self, width: int) -> float:
        return min(LARGEST, (width - 2 * GAP) / 3)


def _draw_fitted(painter: QPainter, area: QRectF, pixmap: QPixmap) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    size = pixmap.size().toSizeF().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(QPointF(0, 0), size)
    target.moveCenter(area.center())
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
