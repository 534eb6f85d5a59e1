"""Points that glide from where they are to where they are to be, and the window that follows them."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.gui.view_window import ViewWindow

Points = npt.NDArray[np.float32]

FRAME_MS = 33  # 30 Hz looks smooth for a slow drift
PAINT_SHARE = 0.03  # of the time that gliding may cost: a training on all cores waits for the one that paints
STEP_SHARE = 0.5  # likewise, of a step through the epochs: it is short, and asked for by hand
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
        self._way: list[Points] = [self.points, self.points]  # where they come from, pass by, and are to be
        self._windows = (self.window, self.window)
        self._share = PAINT_SHARE
        self._began = 0.0
        self._seconds = SHORTEST_S
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._advance)

    def jump(self, points: Points, window: ViewWindow) -> None:
        """There at once."""
        self._timer.stop()
        self.points, self.window = points, window
        self._way, self._windows = [points, points], (window, window)
        self.moved.emit()

    def go(self, points: Points, window: ViewWindow, way: Sequence[Points] = (), seconds: float | None = None) -> None:
        """There little by little, from wherever the points are now, past the places of the ``way``.

        Within so many seconds, by default in about the time since they were told to go before.
        """
        if points.shape != self.points.shape or seconds == 0:
            self.jump(points, window)
            return
        now = time.perf_counter()
        self._seconds = seconds or float(np.clip(now - self._began, SHORTEST_S, LONGEST_S))
        self._share = PAINT_SHARE if seconds is None else STEP_SHARE
        self._way = [self.points, *(each for each in way if each.shape == points.shape), points]
        self._windows = self.window, window
        self._began = now
        if seconds is not None:
            self._timer.setInterval(FRAME_MS)
        if not self._timer.isActive():  # starting it anew would put off a frame that is due
            self._timer.start()

    @property
    def goal(self) -> Points:
        """Where the points are going, or are."""
        return self._way[-1]

    def set_window(self, window: ViewWindow) -> None:
        """The window at once, the points as they were going."""
        self.window = window
        self._windows = window, window
        self.moved.emit()

    def paid(self, seconds: float) -> None:
        """What the last frame cost to paint: dear frames come less often."""
        self._timer.setInterval(max(FRAME_MS, round(1000 * seconds / self._share)))

    def finish(self) -> None:
        """At the goal, without another frame."""
        if self._timer.isActive():
            self.jump(self._way[-1], self._windows[1])

    def _advance(self) -> None:
        share = (time.perf_counter() - self._began) / self._seconds
        if share >= 1:
            self.jump(self._way[-1], self._windows[1])
            return
        eased = share * share * (3 - 2 * share)
        passed, within = divmod(eased * (len(self._way) - 1), 1)
        old, new = self._way[int(passed) : int(passed) + 2]
        self.points = old + (new - old) * np.float32(within)
        self.window = self._windows[0].blended(self._windows[1], eased)
        self.moved.emit()
