"""The same few images at every look: original, decoded, difference."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from ae_studio.events import Images
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.images import difference_rgb, squared_error, tiled, to_qimage, to_rgb
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

GAP = 2  # of the images' own pixels
LARGEST = 64  # pixels on the screen for an image: more images say more than larger ones


class ReconstructionGrid(QWidget):
    """Three rows of as many images as fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reconstruction_grid")
        self.setAccessibleName("Originals, reconstructions and their difference")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self._theme = DARK
        self._originals: Images | None = None
        self._decoded: Images | None = None
        self._pixmap: QPixmap | None = None

    @property
    def reconstructions(self) -> Images | None:
        """What is shown in the second row."""
        return self._decoded

    def set_originals(self, images: Images) -> None:
        self._originals, self._decoded = images, None
        self._redraw()

    def show_reconstructions(self, images: Images) -> None:
        self._decoded = images
        self._redraw()

    def clear(self) -> None:
        self._originals, self._decoded = None, None
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def sizeHint(self) -> QSize:
        return QSize(480, 180)

    def columns(self) -> int:
        """How many images fit beside one another at the size that the height allows."""
        if self._originals is None:
            return 0
        return max(1, min(len(self._originals), int(self.width() / self._side())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._originals is None or self._decoded is None:
            painter.setPen(QColor(self._theme.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, "What the model makes of the same few images")
            return
        if self._pixmap is None:
            self._pixmap = self._sheet(self._originals, self._decoded)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self._target(), self._pixmap, QRectF(self._pixmap.rect()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._error_at(event.pos().x()), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    def _redraw(self) -> None:
        self._pixmap = None
        self.update()

    def _side(self) -> float:
        return min(LARGEST, max(16.0, self.height() / 3))

    def _target(self) -> QRectF:
        assert self._pixmap is not None
        room = QSize(self.width(), int(min(self.height(), 3 * self._side()))).toSizeF()
        size = self._pixmap.size().toSizeF().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(0, 0, size.width(), size.height())

    def _sheet(self, originals: Images, decoded: Images) -> QPixmap:
        shown = self.columns()
        originals, decoded = originals[:shown], decoded[:shown]
        rows = [
            to_rgb(originals, self._theme),
            to_rgb(decoded, self._theme),
            difference_rgb(originals, decoded, self._theme),
        ]
        sheet = tiled(np.concatenate(rows), shown, GAP, self._theme.panel)
        return QPixmap.fromImage(to_qimage(sheet))

    def _error_at(self, x: int) -> str:
        if self._originals is None or self._decoded is None or self._pixmap is None:
            return ""
        index = int(x / max(1.0, self._target().width()) * self.columns())
        if not 0 <= index < self.columns():
            return ""
        error = squared_error(self._originals[index], self._decoded[index])
        return f"Image {index + 1}: squared error {error:.4f} per pixel"


class ReconstructionPanel(QWidget):
    """The grid with a line that says what its rows and colours are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reconstruction_panel")
        self.grid = ReconstructionGrid(self)
        self.header = named(FittingLabel(self), "dim_label")  # stands in the dock's own header
        self.header.setToolTip("Rows: the original, what the model makes of it, and the difference of the two")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 10)
        layout.addWidget(self.grid, 1)

    def set_originals(self, images: Images) -> None:
        """uint8 (n, H, W) or (n, H, W, 3), the same for the whole run."""
        self.grid.set_originals(images)

    def show_reconstructions(self, images: Images) -> None:
        """Of the originals, in their order."""
        self.grid.show_reconstructions(images)

    def clear(self) -> None:
        self.grid.clear()

    def set_theme(self, theme: Theme) -> None:
        self.grid.set_theme(theme)
        dark = QColor(theme.too_dark).name()
        bright = QColor(theme.too_bright).name()
        colours = f"<span style='color:{dark}'>too dark</span> to <span style='color:{bright}'>too bright</span>"
        self.header.show_longest((f"original, decoded, difference: {colours}", f"difference: {colours}", colours, ""))
