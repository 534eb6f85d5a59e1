"""Many images in rows, as large as fits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.events import Images
from ae_studio.gui.images import tiled, to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme

GAP = 2  # of the images' own pixels


class ImageGrid(QWidget):
    """A sheet of images; ``columns`` of them in a row, by default as many as fill the room best."""

    def __init__(self, parent: QWidget | None = None, columns: int | None = None, invitation: str = "") -> None:
        """``invitation`` stands where no images are."""
        super().__init__(parent)
        self._invitation = invitation
        self.setObjectName("image_grid")
        self.setAccessibleName("Images")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 100)
        self._columns = columns
        self._theme = DARK
        self._images: Images | None = None
        self._pixmap: QPixmap | None = None

    @property
    def images(self) -> Images | None:
        return self._images

    def show_images(self, images: Images, columns: int | None = None) -> None:
        """uint8 (n, H, W) or (n, H, W, 3); from now on with so many ``columns``, where that is said."""
        self._images, self._pixmap = images, None
        self._columns = columns or self._columns
        self.update()

    def clear(self) -> None:
        self._images, self._pixmap = None, None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._pixmap = theme, None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixmap = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._images is None or not len(self._images):
            painter.setPen(QColor(self._theme.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 0, -12, 0), flags, self._invitation)
            return
        if self._pixmap is None:
            self._pixmap = self._sheet(self._images)
        size = self._pixmap.size().toSizeF().scaled(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        painter.fillRect(target, QColor(self._theme.image_ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))

    def _sheet(self, images: Images) -> QPixmap:
        columns = self._columns or best_columns(len(images), self.width() / max(1, self.height()))
        rgb = to_rgb(images, self._theme)
        return QPixmap.fromImage(to_qimage(tiled(rgb, columns, GAP, self._theme.image_ground)))


def best_columns(count: int, room: float) -> int:
    """Columns that show ``count`` square images largest in a room of this width over height, all rows full."""
    full = [columns for columns in range(1, count + 1) if count % columns == 0]
    return max(full, key=lambda columns: min(room / columns, 1 / (count // columns)))
