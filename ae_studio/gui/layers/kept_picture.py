"""A drawing's pixels, kept while neither the view nor the theme changes: points glide over it many times a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap


class KeptPicture:
    """Of one drawing, in the window's thread."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    def show(
        self, painter: QPainter, pixel_map: PixelMap, theme: Theme, paint: Callable[[QPainter, PixelMap, Theme], None]
    ) -> None:
        """What ``paint`` paints onto an empty picture of the view's size."""
        ratio = painter.device().devicePixelRatio()
        key = (pixel_map, theme.name, ratio)
        if key != self._key:
            self._pixmap = QPixmap(round(pixel_map.width * ratio), round(pixel_map.height * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._pixmap)
            inner.setFont(painter.font())
            paint(inner, pixel_map, theme)
            inner.end()
            self._key = key
        painter.drawPixmap(0, 0, self._pixmap)
