"""Axes for terms over epochs: they follow what is shown until the user zooms."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ae_studio.gui.quiet_axes import QuietAxes
from ae_studio.gui.steps_item import LEAST

PADDING = 0.08  # of the range, above and below
SLACK = 0.15  # of the range by which it may be off before it is set anew: a jumping axis cannot be read
LEFT_AXIS = 48  # pixels: room for "0.0557"


class LossAxes(QuietAxes):
    """The wheel and dragging zoom and move; ``user_zoomed`` says that they have, and the range stays as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, left_axis=LEFT_AXIS)
        self.user_zoomed = False
        self.log = False
        self._range: tuple[float, float] | None = None
        self.setMouseEnabled(x=True, y=True)
        self.show_levels()
        self.getViewBox().disableAutoRange()
        self.getViewBox().sigRangeChangedManually.connect(self._keep_users_range)
        self.getAxis("bottom").setHeight(22)
        self.setMinimumHeight(76)

    def make_line(self) -> pg.InfiniteLine:
        """A vertical one, not seen yet."""
        line = pg.InfiniteLine(angle=90, movable=False)
        line.setVisible(False)
        self.addItem(line, ignoreBounds=True)
        return line

    def show_epochs(self, count: int) -> None:
        """The axis from 0 to ``count`` epochs."""
        self.setXRange(0, max(1, count), padding=0.01)

    def show_logarithm(self, on: bool) -> None:
        self.log = on
        self.setLogMode(False, on)
        self.follow()

    def follow(self) -> None:
        """The axis starts afresh from what is shown next."""
        self._range, self.user_zoomed = None, False

    def fit(self, found: tuple[float, float] | None) -> None:
        """The axis to this range, unless the user has chosen one, or it is about right already."""
        if found is None or self.user_zoomed:
            return
        low, high = (float(np.log10(max(end, LEAST))) for end in found) if self.log else found
        room = max(high - low, 1e-9 * max(1.0, abs(high)))
        if self._range is not None:
            off = max(abs(self._range[0] - low), abs(self._range[1] - high))
            if off < SLACK * room and self._range[0] <= low and self._range[1] >= high:
                return
        self._range = (low, high)
        self.setYRange(low - PADDING * room, high + PADDING * room, padding=0)

    def _keep_users_range(self) -> None:
        self.user_zoomed = True


def dotted(colour: str) -> object:
    """A pen for what is only looked at for a moment."""
    return pg.mkPen(QColor(colour), style=Qt.PenStyle.DotLine)
