"""Frames in a row; under each how near it is to the data, and the real image nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ae_studio.events import Images
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

GAP = 3.0  # pixels between frames
LEAST, MOST = 24.0, 88.0  # pixels, a frame's side
BAR, SPACE = 4.0, 4.0  # pixels, height of the support and what is left free around it
REAL = 0.72  # of a frame's side, a real image's


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """``images`` and, where they are known, the ``nearest`` real ones, n each.

    ``support`` (n,) are shares from 0 to 1, ``grades`` (n,) say whether that is good (0), little (1), or none (2), and
    ``hints`` tell all of it in words.
    """

    images: Images
    nearest: Images | None
    support: npt.NDArray[np.float64]
    grades: tuple[int, ...]
    hints: tuple[str, ...]


class FilmStrip(QWidget):
    """Shows frames, and lets one be chosen with the mouse or the arrow keys.

    Signals:
        frame_chosen(index)
        play_requested(): the space bar.
    """

    frame_chosen = Signal(int)
    play_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "film_strip").setAccessibleName("Frames of the path")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(36)
        self._theme = DARK
        self._frames: Frames | None = None
        self._pixmaps: tuple[list[QPixmap], list[QPixmap]] | None = None
        self._reason = ""
        self._current = 0

    @property
    def frames(self) -> Frames | None:
        return self._frames

    @property
    def current(self) -> int:
        return self._current

    def show_frames(self, frames: Frames | None, reason: str = "") -> None:
        """``reason`` stands where there are none."""
        self._frames, self._pixmaps, self._reason = frames, None, reason
        count = len(frames.images) if frames else 0
        self.setMinimumWidth(round(count * (LEAST + GAP)))
        self._current = min(self._current, max(0, count - 1))
        self.update()

    def show_current(self, index: int) -> None:
        self._current = index
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._pixmaps = theme, None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 120)

    def frame_rect(self, index: int) -> QRectF:
        """Where a frame's image is."""
        side = self._side()
        return QRectF(1 + index * (side + GAP), 1, side, side)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._frames is None:
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._reason)
            return
        decoded, real = self._pixmaps = self._pixmaps or self._made(self._frames)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, pixmap in enumerate(decoded):
            area = self.frame_rect(index)
            _draw(painter, pixmap, area)
            self._paint_support(painter, area, index)
            if real and self._has_room_for_real():
                side = REAL * area.width()
                below = area.bottom() + BAR + 2 * SPACE
                _draw(painter, real[index], QRectF(area.center().x() - side / 2, below, side, side))
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawRect(self.frame_rect(self._current))
        if self.hasFocus():
            foot = self.frame_rect(self._current).adjusted(3, 3, -3, -3)
            painter.setPen(QPen(QColor(self._theme.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(foot)

    def _paint_support(self, painter: QPainter, area: QRectF, index: int) -> None:
        assert self._frames is not None
        bar = QRectF(area.left(), area.bottom() + SPACE, area.width(), BAR)
        colour = (self._theme.good, self._theme.warning, self._theme.error)[self._frames.grades[index]]
        painter.fillRect(bar, QColor(self._theme.line))
        bar.setWidth(max(2.0, bar.width() * float(self._frames.support[index])))
        painter.fillRect(bar, QColor(colour))

    def _made(self, frames: Frames) -> tuple[list[QPixmap], list[QPixmap]]:
        return self._pixmaps_of(frames.images), self._pixmaps_of(frames.nearest) if frames.nearest is not None else []

    def _pixmaps_of(self, images: Images) -> list[QPixmap]:
        return [QPixmap.fromImage(to_qimage(rgb)) for rgb in to_rgb(images, self._theme)]

    def _side(self) -> float:
        """Of a frame: as large as the height has room for, and the width for all of them."""
        assert self._frames is not None
        rows = 1 + (REAL if self._has_room_for_real() else 0)
        by_height = (self.height() - BAR - 2 * SPACE - 3) / rows
        by_width = (self.width() - 2) / len(self._frames.images) - GAP
        return max(LEAST, min(MOST, by_height, by_width))

    def _has_room_for_real(self) -> bool:
        """Below the frames; a strip that is too low shows whole frames rather than pieces of both."""
        known = self._frames is not None and self._frames.nearest is not None
        return known and self.height() >= LEAST * (1 + REAL) + BAR + 2 * SPACE + 3

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._choose_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._frames is None:
            super().keyPressEvent(event)
            return
        last = len(self._frames.images) - 1
        steps = {Qt.Key.Key_Left: self._current - 1, Qt.Key.Key_Right: self._current + 1}
        wanted = {**steps, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
        if wanted is not None:
            self.frame_chosen.emit(max(0, min(wanted, last)))
        elif event.key() == Qt.Key.Key_Space:
            self.play_requested.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._frames.hints[index] if self._frames and index >= 0 else "", self)
            return True
        return super().event(event)

    def _choose_at(self, position: QPointF) -> None:
        index = self._index_at(position.x())
        if index >= 0 and index != self._current:
            self.frame_chosen.emit(index)

    def _index_at(self, x: float) -> int:
        """-1 where no frame is."""
        if self._frames is None:
            return -1
        index = int((x - 1) // (self._side() + GAP))
        return index if 0 <= index < len(self._frames.images) else -1


def _draw(painter: QPainter, pixmap: QPixmap, area: QRectF) -> None:
    """As large as fits, in the middle."""
    size = pixmap.size().toSizeF().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(QPointF(0, 0), size)
    target.moveCenter(area.center())
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
