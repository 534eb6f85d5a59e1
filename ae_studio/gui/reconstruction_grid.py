"""Images in columns: original, decoded, difference, and the error below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ae_studio.gui.images import difference_rgb, tiled, to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme, tabular
from ae_studio.latent.errors import Reconstructed

GAP = 2  # of the images' own pixels
SMALLEST, LARGEST = 16.0, 64.0  # pixels on the screen for an image: more images say more than larger ones
TEXT = 15  # pixels below each column for its error
FONT = 10  # pixels high
INVITATION = "What the model makes of the same few images"
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 0, Qt.Key.Key_Down: 0}


class ReconstructionGrid(QWidget):
    """Bands of three rows, as many columns and bands as have room. The arrow keys go from image to image.

    Signals:
        image_picked(index): a click on an image of the sample, or an arrow key.
        capacity_changed(): more or fewer images have room.
    """

    image_picked = Signal(int)
    capacity_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reconstruction_grid")
        self.setAccessibleName("Originals, reconstructions and their difference")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 90)
        self._theme = DARK
        self._shown: Reconstructed | None = None
        self._invitation = INVITATION
        self._focus: int | None = None
        self._sheets: list[QPixmap] = []
        self._told_capacity = 0

    @property
    def shown(self) -> Reconstructed | None:
        return self._shown

    def show_images(self, shown: Reconstructed | None, invitation: str = INVITATION) -> None:
        """None, or no images at all: the invitation stands there instead."""
        self._shown = shown if shown is not None and len(shown.indices) else None
        self._invitation = invitation
        self._redraw()

    def show_focus(self, index: int | None) -> None:
        """The image of the sample that is looked at has a frame."""
        self._focus = index
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def sizeHint(self) -> QSize:
        return QSize(480, 180)

    # Places

    def bands(self) -> int:
        return max(1, int(self.height() / (3 * LARGEST + TEXT)))

    def columns(self) -> int:
        """How many images have room beside one another at the size that the height allows."""
        return max(1, int((self.width() + self._gap()) / self._step()))

    def capacity(self) -> int:
        return self.bands() * self.columns()

    def _side(self) -> float:
        """Pixels for an image and the gap below it."""
        return min(LARGEST, max(SMALLEST, (self.height() / self.bands() - TEXT) / 3))

    def _scale(self) -> float:
        """Pixels on the screen for one of an image's."""
        height = self._shown.originals.shape[1] if self._shown else 28
        return self._side() / (height + GAP)

    def _step(self) -> float:
        """Pixels from one column to the next."""
        width = self._shown.originals.shape[2] if self._shown else 28
        return (width + GAP) * self._scale()

    def _gap(self) -> float:
        return GAP * self._scale()

    def _column_rect(self, place: int) -> QRectF:
        """Of the images of a column, without its text."""
        band, column = divmod(place, self.columns())
        top = band * (3 * self._side() + TEXT)
        return QRectF(column * self._step(), top, self._step() - self._gap(), 3 * self._side() - self._gap())

    def _place_at(self, position: QPointF) -> int | None:
        """Which of the images that are shown, counted from 0."""
        places = range(min(self.capacity(), len(self._shown.indices) if self._shown else 0))
        return next(
            (place for place in places if self._column_rect(place).adjusted(0, 0, 1, TEXT).contains(position)), None
        )

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._pick(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        last = min(self.capacity(), len(self._shown.indices) if self._shown else 0) - 1
        if key not in _KEYS or last < 0:
            super().keyPressEvent(event)
            return
        columns = self.columns()
        step = _KEYS[key] or (columns if key == Qt.Key.Key_Down else -columns)
        place = self._focused_place()
        self._pick(0 if place is None else min(max(0, place + step), last))

    def _pick(self, place: int) -> None:
        assert self._shown is not None
        if self._shown.indices[place] >= 0:
            self.image_picked.emit(int(self._shown.indices[place]))

    def _focused_place(self) -> int | None:
        if self._shown is None or self._focus is None:
            return None
        found = np.flatnonzero(self._shown.indices[: self.capacity()] == self._focus)
        return int(found[0]) if len(found) else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def words_at(self, position: QPointF) -> str:
        """What there is to know of the image there; empty beside all of them."""
        place = self._place_at(position)
        if place is None or self._shown is None:
            return ""
        index, error = int(self._shown.indices[place]), self._shown.errors[place]
        name = f"Image {index + 1}" if index >= 0 else "Drawn image"
        return f"{name}: squared error {error:.4f} per pixel"

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    def _redraw(self) -> None:
        self._sheets = []
        self.update()
        if self.capacity() != self._told_capacity:
            self._told_capacity = self.capacity()
            self.capacity_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._shown is None:
            painter.setPen(QColor(self._theme.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 0, -12, 0), flags, self._invitation)
            return
        if not self._sheets:
            self._sheets = list(self._make_sheets(self._shown))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = self._scale()
        for band, sheet in enumerate(self._sheets):
            top = band * (3 * self._side() + TEXT)
            target = QRectF(0, top, sheet.width() * scale, sheet.height() * scale)
            painter.drawPixmap(target, sheet, QRectF(sheet.rect()))
        self._paint_errors(painter, self._shown)
        place = self._focused_place()
        if place is not None:
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(self._column_rect(place).adjusted(1, 1, -1, -1))

    def _make_sheets(self, shown: Reconstructed) -> Iterator[QPixmap]:
        columns = self.columns()
        for start in range(0, min(len(shown.indices), self.capacity()), columns):
            originals, decoded = shown.originals[start : start + columns], shown.decoded[start : start + columns]
            rows = [
                to_rgb(originals, self._theme),
                to_rgb(decoded, self._theme),
                difference_rgb(originals, decoded, self._theme),
            ]
            yield QPixmap.fromImage(to_qimage(tiled(np.concatenate(rows), len(originals), GAP, self._theme.panel)))

    def _paint_errors(self, painter: QPainter, shown: Reconstructed) -> None:
        font = tabular(self.font())
        font.setPixelSize(FONT)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.dim))
        room = self._step() - self._gap()
        digits = next((n for n in (4, 3, 2) if painter.fontMetrics().horizontalAdvance("0." + "0" * n) <= room), None)
        if digits is None:
            return
        for place, error in enumerate(shown.errors[: self.capacity()].tolist()):
            column = self._column_rect(place)
            below = QRectF(column.left(), column.bottom(), column.width(), TEXT)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{error:.{digits}f}")
