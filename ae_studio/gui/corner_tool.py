"""The canvas tool that picks three images, whose codes span a plane."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ae_studio.gui.canvas_tools import CanvasTool
from ae_studio.gui.latent_canvas import LatentCanvas

REACH = 14  # pixels from a point at which a click still means it


class CornerTool(CanvasTool):
    """A click picks the image whose point is nearest.

    Signals:
        clicked(x, y, reach): at a point of the plane, and how far from there a code may be, in units of the plane.
        cancelled(): what was picked is to be forgotten.
    """

    name, title, key = "corners", "Three images", "3"
    hint = "Click three images: the plane through their codes is shown"
    draws = True
    cursor = Qt.CursorShape.PointingHandCursor

    clicked = Signal(float, float, float)
    cancelled = Signal()

    def press(self, canvas: LatentCanvas, event: QMouseEvent) -> None:
        seen = canvas.pixel_map()
        self.clicked.emit(*seen.to_world(event.position().x(), event.position().y()), REACH / seen.scale)

    def double_click(self, canvas: LatentCanvas, event: QMouseEvent) -> bool:
        return True

    def press_key(self, canvas: LatentCanvas, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        self.cancelled.emit()
        return True
