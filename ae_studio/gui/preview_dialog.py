"""What a data set holds: how many images of each class, and a few of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from ae_studio.data.catalog import dataset
from ae_studio.gui.image_grid import ImageGrid
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme, class_colours

ROW = 18  # pixels for a class
NAME_WIDTH = 110
WIDTH = 560


class ClassBalance(QWidget):
    """A bar for each class: training, validation and test images, one behind another."""

    def __init__(self, preview: Any, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Images of each class")
        self._names = preview.class_names
        self._counts = np.stack([preview.train_counts, preview.validation_counts, preview.test_counts])  # (3, classes)
        self._theme = theme
        self.setMinimumHeight(ROW * len(self._names))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ROW * len(self._names))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = class_colours(self._theme, len(self._names))
        most = max(1, int(self._counts.sum(axis=0).max()))
        room = self.width() - NAME_WIDTH - 70
        for index, name in enumerate(self._names):
            y = index * ROW
            painter.setPen(QColor(self._theme.text))
            painter.drawText(QRectF(0, y, NAME_WIDTH - 8, ROW), _LEFT, name)
            x = float(NAME_WIDTH)
            for part, alpha in zip(self._counts[:, index].tolist(), (1.0, 0.6, 0.3), strict=True):
                colour = QColor(colours[index])
                colour.setAlphaF(alpha)
                width = part / most * room
                painter.fillRect(QRectF(x, y + 4, width, ROW - 8), colour)
                x += width
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(QRectF(x + 6, y, 64, ROW), _LEFT, f"{self._counts[:, index].sum():,}")


class PreviewDialog(QDialog):
    """Shows an :class:`ae_studio.data.preview.Preview`, without holding up the window."""

    def __init__(self, preview: Any, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{dataset(preview.name).title}: what it holds")
        totals = [
            int(counts.sum()) for counts in (preview.train_counts, preview.validation_counts, preview.test_counts)
        ]
        channels, height, width = preview.image_shape
        text = (
            f"{sum(totals):,} images of {height} × {width}, {'grey' if channels == 1 else 'colour'}, "
            f"{preview.memory / 1e6:.1f} MB in memory\n"
            f"training {totals[0]:,} (full), validation {totals[1]:,} (lighter), test {totals[2]:,} (faint)"
        )
        images = preview.samples.reshape(-1, *preview.samples.shape[2:])
        columns = _columns(preview.samples.shape[0], preview.samples.shape[1])
        grid = ImageGrid(self, columns=columns)
        grid.set_theme(theme)
        grid.show_images(images)
        grid.setMinimumSize(WIDTH, round(WIDTH / columns * -(-len(images) // columns)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(named(QLabel(text, self), "dim_label"))
        layout.addWidget(ClassBalance(preview, theme, self))
        layout.addWidget(grid, 1)
        self.resize(layout.minimumSize())  # as much as the images fill


def _columns(classes: int, each: int) -> int:
    """Two classes in a row where there are many."""
    return 2 * each if classes > 5 else each


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
