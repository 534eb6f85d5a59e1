"""A histogram of the sample's errors with a threshold that the mouse and the arrow keys move."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.gui.theme import DARK, Theme, blended
from ae_studio.latent.errors import Errors
from ae_studio.latent.groups import by_error

BINS = 48
TEXT = 14  # pixels below the bars for the numbers at their ends
KEY_SHARE = 1 / 96  # of the range for an arrow key; with Shift ten times as much
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}


class ErrorThreshold(QWidget):
    """The bars on the chosen side of the threshold have the accent's colour.

    Signals:
        threshold_changed(): another threshold, side, or other errors; read ``threshold`` and ``count``.
    """

    threshold_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_threshold")
        self.setAccessibleName("Threshold of the reconstruction error")
        self.setToolTip("Reconstruction errors of all images: drag the threshold, or move it by the arrow keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = DARK
        self._errors: Errors = np.zeros(0, dtype=np.float32)
        self._heights: npt.NDArray[np.int64] = np.zeros(BINS, dtype=np.int64)
        self._low, self._high = 0.0, 1.0
        self._share = 0.9  # of the images that lie below: stays while a training moves all errors
        self.above = True

    @property
    def threshold(self) -> float:
        """The error of the image at this place in the order of all."""
        return float(np.quantile(self._errors, self._share, method="lower")) if len(self._errors) else 0.0

    @property
    def count(self) -> int:
        """Images on the chosen side."""
        return int(by_error(self._errors, self.threshold, above=self.above).sum())

    @property
    def text(self) -> str:
        return f"{self.threshold:.4f}: {self.count:,} images" if len(self._errors) else ""

    def show_errors(self, errors: Errors | None) -> None:
        """Of the whole sample (n,), None where they are not known; as large a share of them stays chosen."""
        self._errors = np.zeros(0, dtype=np.float32) if errors is None else errors
        self.setEnabled(len(self._errors) > 0)
        if len(self._errors):
            low, high = float(self._errors.min()), float(self._errors.max())
            self._low, self._high = low, max(high, low + 1e-6)  # all of them may be equal
            self._heights = np.histogram(self._errors.astype(np.float64), BINS, (self._low, self._high))[0]
        self._tell()

    def take_side(self, above: bool) -> None:
        self.above = above
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 58)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._put(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._put(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None or not len(self._errors):
            super().keyPressEvent(event)
            return
        times = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._put_at(self.threshold + step * times * KEY_SHARE * (self._high - self._low), step)

    def _put(self, x: float) -> None:
        if len(self._errors):
            self._put_at(self._low + (self._high - self._low) * x / max(1, self.width()))

    def _put_at(self, threshold: float, step: int = 0) -> None:
        """``step``: by a key, which moves by one image at least."""
        below = int((self._errors < threshold).sum())
        last = max(1, len(self._errors) - 1)
        if step:
            now = round(self._share * last)
            below = max(below, now + 1) if step > 0 else min(below, now - 1)
        self._share = float(np.clip(below / last, 0, 1))
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.setAccessibleDescription(self.text)
        self.threshold_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(0, 2, self.width(), self.height() - TEXT - 2)
        if not len(self._errors):
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No errors are known yet")
            return
        x = room.width() * (self.threshold - self._low) / max(1e-12, self._high - self._low)
        self._paint_bars(painter, room, x)
        painter.setPen(QPen(QColor(self._theme.accent if self.hasFocus() else self._theme.text), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, room.bottom()))
        painter.setPen(QColor(self._theme.dim))
        below = QRectF(0, room.bottom(), room.width(), TEXT)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{self._low:.3f}")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{self._high:.3f}")
        painter.setPen(QColor(self._theme.text))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text)

    def _paint_bars(self, painter: QPainter, room: QRectF, threshold_x: float) -> None:
        width, tallest = room.width() / BINS, max(1, int(self._heights.max()))
        for number, height in enumerate(self._heights.tolist()):
            middle = (number + 0.5) * width
            chosen = (middle >= threshold_x) == self.above
            tall = max(1.0 if height else 0.0, room.height() * (height / tallest) ** 0.5)  # few images are to be seen
            colour = QColor(self._theme.accent if chosen else blended(self._theme.dim, self._theme.panel, 0.5))
            painter.fillRect(QRectF(number * width + 0.5, room.bottom() - tall, max(1.0, width - 1), tall), colour)
