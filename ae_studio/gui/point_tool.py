"""A tool that takes data points into the hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from ae_studio.gui.canvas_tools import HandTool


class PointTool(HandTool):
    """The hand, which takes the data point below it without Alt too; where there is none, the handle."""

    name, title, key = "point", "Point", "P"
    hint = "Drag a data point: where it was stays marked, and what it becomes is compared with the image"
    cursor = Qt.CursorShape.PointingHandCursor

    def takes_points(self, event: QMouseEvent) -> bool:
        return True
