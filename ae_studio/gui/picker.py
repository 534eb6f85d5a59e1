"""Which of the shown points is under the mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF

from ae_studio.gui.nearest_point import PLAIN_UP_TO, NearestPoint, Points, Shown
from ae_studio.gui.view_window import PixelMap

REACH = 10.0  # pixels that the mouse may be away from a point
KIND = "nearest point"

Ask = Callable[[str, Callable[[], Any], Callable[[Any], None]], None]
"""A kind, work for another thread, and what takes its result here."""


class Picker(QObject):
    """Finds points (n, 2) by their places. ``ask``, where there is one, makes the index of very many of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ask: Ask | None = None
        self._points: Points = np.zeros((0, 2), dtype=np.float32)
        self._index = NearestPoint(self._points)

    def at(self, position: QPointF, points: Points, pixel_map: PixelMap, shown: Shown | None) -> int | None:
        """The index of the point (n, 2) nearest to a pixel, within REACH; of those that are ``shown`` (n,)."""
        if points is not self._points:
            self._follow(points)
        x, y = pixel_map.to_world(position.x(), position.y())
        return self._index.nearest(x, y, REACH / pixel_map.scale, shown)

    def _follow(self, points: Points) -> None:
        """Until the index of very many points is there, all are compared."""
        self._points = points
        if self.ask is None or len(points) <= PLAIN_UP_TO:
            self._index = NearestPoint(points)
            return
        self._index = NearestPoint(points, plain=True)
        self.ask(KIND, partial(_indexed, points), self._take)

    def _take(self, found: tuple[Points, NearestPoint]) -> None:
        if found[0] is self._points:
            self._index = found[1]


def _indexed(points: Points) -> tuple[Points, NearestPoint]:
    return points, NearestPoint(points)
