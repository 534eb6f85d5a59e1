"""A canvas among others that show the same images: what the user sees of it, the others can follow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.named import named
from ae_studio.gui.view_window import ViewWindow

SMALLEST = 140, 96  # pixels: four of them fit beside each other in a small window


class LinkedCanvas(LatentCanvas):
    """Shows points in a window that is given.

    Signals:
        viewed(ViewWindow): the user has moved or zoomed the view.
        fitted(): the user wants all points in view.
        pointed(index): the mouse is over this data point, no button held; -1: over none any more.
    """

    viewed = Signal(object)
    fitted = Signal()
    pointed = Signal(int)

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, f"linked_canvas_{letter.lower()}").setAccessibleName(f"Latent space of run {letter}")
        self.setMinimumSize(*SMALLEST)
        self._pointed = -1
        self._mouse = QPointF()
        self.points_moved.connect(self._point_again)

    def show_linked(self, points: npt.NDArray[np.float32], window: ViewWindow) -> None:
        """Points (n, 2) glide to their places, and the view to this window, which is that of all points."""
        if not np.isfinite(points).all():
            points = np.where(np.isfinite(points), points, np.float32(1e6))  # out of sight
        self._fitted, self._own_view = window, False
        self.points.whole = window
        (self._glide.go if self.isVisible() else self._glide.jump)(points, window)

    def set_view(self, window: ViewWindow) -> None:
        super().set_view(window)
        self.viewed.emit(self._glide.window)

    def reset_view(self) -> None:
        super().reset_view()
        self.fitted.emit()

    def follow_view(self, window: ViewWindow) -> None:
        """Of another canvas that the user moves."""
        super().set_view(window)

    def follow_fit(self) -> None:
        super().reset_view()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._mouse = event.position()
        self._point(-1 if event.buttons() != Qt.MouseButton.NoButton else self._index_at(self._mouse))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._point(-1)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(-1)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._point(-1)

    @property
    def mouse(self) -> QPointF:
        """Where it was seen last, in pixels."""
        return self._mouse

    def _index_at(self, place: QPointF) -> int:
        index = self.point_at(place)
        return -1 if index is None else index

    def _point(self, index: int) -> None:
        if index != self._pointed:
            self._pointed = index
            self.pointed.emit(index)

    def _point_again(self) -> None:
        """The points have moved under a mouse that rests."""
        if self._pointed >= 0:
            self._point(self._index_at(self._mouse))
