"""A drawing's pixels, kept while neither the view nor the theme changes: points glide over it many times a second."""

from __future__ import annotations

from abc import ABC, abstractmethod
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


class KeptDrawing(ABC):
    """A drawing that keeps its pixels, and those of the words that stand over all layers."""

    kept: KeptPicture
    kept_words: KeptPicture

    __slots__ = ()

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        self.kept.show(painter, pixel_map, theme, self._paint)

    def paint_legend(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        self.kept_words.show(painter, pixel_map, theme, self._paint_words)

    @abstractmethod
    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None: ...

    @abstractmethod
    def _paint_words(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None: ...
