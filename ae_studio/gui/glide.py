"""Points that glide from where they are to where they are to be, and the window that follows them."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.gui.view_window import ViewWindow

Points = npt.NDArray[np.float32]

FRAME_MS = 33  # 30 Hz looks smooth for a slow drift
PAINT_SHARE = 0.03  # of the time that gliding may cost: a training on all cores waits for the one that paints
SHORTEST_S, LONGEST_S = 0.15, 1.0


class Glide(QObject):
    """Interpolates points and window over about the time between two looks.

    Signals:
        moved(): a new frame is due; read ``points`` and ``window``.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points: Points = np.zeros((0, 2), dtype=np.float32)
        self.window = ViewWindow()
        self._from: tuple[Points, ViewWindow] = (self.points, self.window)
        self._to = self._from
        self._began = 0.0
        self._seconds = SHORTEST_S
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._advance)

    def jump(self, points: Points, window: ViewWindow) -> None:
        """There at once."""
        self._timer.stop()
        self.points, self.window = points, window
        self._to = (points, window)
        self.moved.emit()

    def go(self, points: Points, window: ViewWindow) -> None:
        """There little by little, from wherever the points are now."""
        if points.shape != self.points.shape:
            self.jump(points, window)
            return
        now = time.perf_counter()
        self._seconds = float(np.clip(now - self._began, SHORTEST_S, LONGEST_S))
        self._from, self._to = (self.points, self.window), (points, window)
        self._began = now
        if not self._timer.isActive():  # starting it anew would put off a frame that is due
            self._timer.start()

    @property
    def goal(self) -> Points:
        """Where the points are going, or are."""
        return self._to[0]

    def set_window(self, window: ViewWindow) -> None:
        """The window at once, the points as they were going."""
        self.window = window
        self._from = (self._from[0], window)
        self._to = (self._to[0], window)
        self.moved.emit()

    def paid(self, seconds: float) -> None:
        """What the last frame cost to paint: dear frames come less often."""
        self._timer.setInterval(max(FRAME_MS, round(1000 * seconds / PAINT_SHARE)))

    def finish(self) -> None:
        """At the goal, without another frame."""
        if self._timer.isActive():
            self.jump(*self._to)

    def _advance(self) -> None:
        share = (time.perf_counter() - self._began) / self._seconds
        if share >= 1:
            self.jump(*self._to)
            return
        eased = share * share * (3 - 2 * share)
        (old, old_window), (new, new_window) = self._from, self._to
        self.points = old + (new - old) * np.float32(eased)
        self.window = old_window.blended(new_window, eased)
        self.moved.emit()
