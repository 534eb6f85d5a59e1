"""The same images as several runs make them: a row an image, a column a run, the error below each."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.events import Images
from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.images import tiled, to_qimage, to_rgb
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme, tabular
from ae_studio.runs.compared_images import SameImages

SIDE, GAP, TEXT, HEAD = 60.0, 8.0, 15.0, 22.0  # pixels: an image, between two, its error, the letters above all
FONT = 11  # pixels high
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class SameImagesGrid(QWidget):
    """Stands in a scroll area. Up and down go from image to image.

    Signals:
        image_chosen(place): by mouse or keys, counted from 0.
    """

    image_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "same_images_grid").setAccessibleName("The same images by each run, with their errors")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._theme = DARK
        self._shown: SameImages | None = None
        self._columns: list[QPixmap | None] = []  # all images of a column below one another
        self.current = 0

    def show_images(self, shown: SameImages | None) -> None:
        self._shown, self._columns = shown, []
        count = len(shown.indices) if shown else 0
        self.current = min(self.current, max(0, count - 1))
        self.setFixedSize(self.sizeHint())
        self.update()

    def choose(self, place: int) -> None:
        count = len(self._shown.indices) if self._shown else 0
        if count:
            self.current = min(max(0, place), count - 1)
            self.update()
            self.image_chosen.emit(self.current)

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._columns = theme, []
        self.update()

    def sizeHint(self) -> QSize:
        if self._shown is None:
            return QSize(round(2 * (SIDE + GAP)), round(HEAD))
        columns, rows = 1 + len(self._shown.decoded), len(self._shown.indices)
        return QSize(math.ceil(GAP + columns * (SIDE + GAP)), math.ceil(HEAD + rows * self._row_height()))

    # Places

    def _row_height(self) -> float:
        return self._image_height() + TEXT + GAP

    def _image_height(self) -> float:
        if self._shown is None:
            return SIDE
        height, width = self._shown.originals.shape[1:3]
        return min(2 * SIDE, SIDE * height / width)

    def row_rect(self, place: int) -> QRectF:
        """Of an image and all that the runs make of it."""
        return QRectF(0, HEAD + place * self._row_height(), self.width(), self._row_height())

    def _cell(self, place: int, column: int) -> QRectF:
        return QRectF(GAP + column * (SIDE + GAP), self.row_rect(place).top() + GAP / 2, SIDE, self._image_height())

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() >= HEAD:
            self.choose(int((event.position().y() - HEAD) / self._row_height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.choose(self.current + _STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._shown:
            self.choose(0 if event.key() == Qt.Key.Key_Home else len(self._shown.indices) - 1)
        else:
            super().keyPressEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown
        if shown is None:
            return
        if not self._columns:
            self._columns = [self._column(images) for images in (shown.originals, *shown.decoded)]
        painter = QPainter(self)
        font = tabular(self.font())
        font.setPixelSize(FONT)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_heads(painter)
        first = max(0, int((event.rect().top() - HEAD) / self._row_height()))
        last = min(len(shown.indices) - 1, int((event.rect().bottom() - HEAD) / self._row_height()))
        self._paint_chosen(painter)
        errors = shown.errors
        for place in range(first, last + 1):
            for column, sheet in enumerate(self._columns):
                self._paint_cell(painter, place, column, sheet)
                if column:
                    self._paint_error(painter, self._cell(place, column), errors[:, place].tolist(), column - 1)

    def _column(self, images: Images | None) -> QPixmap | None:
        if images is None:
            return None
        return QPixmap.fromImage(to_qimage(tiled(to_rgb(images, self._theme), 1, 0, self._theme.panel)))

    def _paint_heads(self, painter: QPainter) -> None:
        assert self._shown is not None
        heads = [("original", self._theme.dim)]
        heads += [(LETTERS[index], run_colour(self._theme, index)) for index in range(len(self._shown.decoded))]
        for column, (text, colour) in enumerate(heads):
            cell = self._cell(0, column)
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(cell.left(), 0, cell.width(), HEAD), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_chosen(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.accent), 1.5))
        painter.setBrush(QColor(self._theme.hovered))
        painter.drawRoundedRect(self.row_rect(self.current).adjusted(1, 0, -1, -1), 6, 6)

    def _paint_cell(self, painter: QPainter, place: int, column: int, sheet: QPixmap | None) -> None:
        cell = self._cell(place, column)
        if sheet is None:
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "–")
            return
        assert self._shown is not None
        height = sheet.height() / len(self._shown.indices)
        painter.drawPixmap(cell, sheet, QRectF(0, place * height, sheet.width(), height))

    def _paint_error(self, painter: QPainter, cell: QRectF, errors: list[float], index: int) -> None:
        """The smallest of a row stands out."""
        error = errors[index]
        if math.isnan(error):
            return
        known = [each for each in errors if not math.isnan(each)]
        best = len(known) > 1 and error == min(known) < max(known)
        painter.setPen(QColor(self._theme.good if best else self._theme.dim))
        below = QRectF(cell.left() - GAP / 2, cell.bottom(), cell.width() + GAP, TEXT)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{error:.4f}")
