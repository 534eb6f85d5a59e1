"""A few real images, each with its class: those whose codes are nearest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from ae_studio.events import Images
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

LARGEST = 44  # pixels of an image's side
LEAST = 32  # pixels of a button


class NeighbourRow(QWidget):
    """A button for each image.

    Signals:
        chosen(index): number of a code of the sample.
    """

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("neighbour_row")
        self._theme = DARK
        self._images: Images | None = None
        self._buttons = [self._button(number) for number in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons:
            row.addWidget(button, 1)
        self.clear()

    def _button(self, number: int) -> QToolButton:
        button = named(QToolButton(self), f"neighbour_{number + 1}_button")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the icon gives way
        button.setMinimumWidth(LEAST)
        button.clicked.connect(self._choose)
        return button

    @property
    def images(self) -> Images | None:
        return self._images

    def show_neighbours(
        self, images: Images, names: Sequence[str], indices: Sequence[int], distances: Sequence[float]
    ) -> None:
        """Images uint8 (k, H, W) or (k, H, W, 3), the nearest first; of each its class and what it is to the sample."""
        self._images = images
        for number, button in enumerate(self._buttons):
            there = number < len(images)
            button.setEnabled(there)
            button.setText(names[number] if there else "")
            if there:
                hint = (
                    f"Image {indices[number]} of the sample, {names[number]}: its code is {distances[number]:.2f} away"
                )
                button.setProperty("index", int(indices[number]))
                button.setToolTip(hint)
                button.setAccessibleName(hint)
        self._show_icons()

    def clear(self) -> None:
        self._images = None
        for button in self._buttons:
            button.setEnabled(False)
            button.setText("")
            button.setToolTip("")
            button.setAccessibleName("No neighbour")
        self._show_icons()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_icons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = min(LARGEST, event.size().width() // len(self._buttons) - 14)
        for button in self._buttons:
            button.setIconSize(QSize(side, side))

    def _show_icons(self) -> None:
        for number, button in enumerate(self._buttons):
            if self._images is None or number >= len(self._images):
                button.setIcon(self._empty())
            else:
                image = to_qimage(to_rgb(self._images[number], self._theme))
                large = image.scaled(
                    QSize(LARGEST, LARGEST) * 2,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                button.setIcon(_whole(QPixmap.fromImage(large)))

    def _empty(self) -> QIcon:
        pixmap = QPixmap(LARGEST, LARGEST)
        pixmap.fill(self._theme.image_ground)
        return _whole(pixmap)

    def _choose(self) -> None:
        self.chosen.emit(int(self.sender().property("index")))


def _whole(pixmap: QPixmap) -> QIcon:
    """An icon that is not greyed where it cannot be pressed."""
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Disabled)
    return made
