"""All of the canvas but its handle, as one picture: the ground with its grid, the outline, the cloud of points."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap

from ae_studio.gui.canvas_paint import paint_apart, paint_grid, paint_outline
from ae_studio.gui.glide import Points
from ae_studio.gui.layers.catalog import LAYERS
from ae_studio.gui.layers.layer import Drawing
from ae_studio.gui.layers.thumbnails import Pictures
from ae_studio.gui.picker import Picker
from ae_studio.gui.shown_points import Classes, ShownPoints
from ae_studio.gui.theme import DARK, Palette, Theme
from ae_studio.gui.view_window import PixelMap


class CanvasPicture:
    """What is on the canvas, and how all of it is painted."""

    def __init__(self) -> None:
        self.is_globe = False
        self.outline: tuple[Points, ...] = ()
        self.theme = DARK
        self.points = ShownPoints()
        self.picker = Picker()
        self._kept_ground: tuple[object, QPixmap] | None = None
        self._drawings: dict[str, Drawing] = {}
        self._shown = frozenset(layer.key for layer in LAYERS if layer.on_at_first)

    def start(self, classes: Classes, class_count: int, *, globe: bool, palette: Palette) -> None:
        """Another run's points, of these classes (n,)."""
        self.outline, self.is_globe = (), globe
        self.points.start(classes, class_count, palette)

    def take(self, cloud: Any) -> None:
        """Of an :class:`ae_studio.latent.cloud.Cloud` all but the points."""
        self.outline = cloud.outline
        self.points.take(cloud.classes, cloud.behind)

    def show_drawing(self, key: str, drawing: Drawing | None) -> bool:
        """Whether that changes anything: that there is nothing is told for every look."""
        if drawing is None:
            return self._drawings.pop(key, None) is not None
        self._drawings[key] = drawing
        return True

    def show_layers(self, keys: Collection[str]) -> None:
        self._shown = frozenset(keys)

    @property
    def points_glide(self) -> bool:
        """Whether they may be shown on their way from one look to the next."""
        return "gliding" in self._shown

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.points.set_theme(theme)

    def shows(self, index: int) -> bool:
        """Whether a point is to be seen, and not on the far side of a globe."""
        return "points" in self._shown and index < len(self.points.classes) and bool(self.points.is_seen()[index])

    def point_at(self, points: Points, pixel_map: PixelMap, place: QPointF) -> int | None:
        """Of the points (n, 2) that are seen the nearest to a pixel, within a few; or that whose picture is there."""
        if not len(points) or len(points) != len(self.points.classes):
            return None
        pictures = self._drawings.get("thumbnails")
        if isinstance(pictures, Pictures) and (index := pictures.index_at(pixel_map, place.x(), place.y())) is not None:
            return index
        if "points" not in self._shown:
            return None
        all_seen = not self.points.hidden and not self.is_globe
        return self.picker.at(place, points, pixel_map, None if all_seen else self.points.is_seen())

    def paint(self, points: Points, pixel_map: PixelMap, ratio: float) -> QPixmap:
        """Points (n, 2) of the plane; ``ratio`` device pixels to a pixel of the map."""
        pixmap = QPixmap(self._ground(pixel_map, ratio, empty=not len(points)))
        with QPainter(pixmap) as painter:
            paint_outline(painter, [pixel_map.to_pixels(line) for line in self.outline], self.theme)
            for layer in LAYERS:
                if layer.key == "points" and layer.key in self._shown:
                    self.points.paint(painter, points, pixel_map, ratio)
                elif layer.key in self._drawings:
                    paint_apart(self._drawings[layer.key].paint, painter, pixel_map, self.theme)
            for drawing in self._drawings.values():
                if hasattr(drawing, "paint_legend"):
                    paint_apart(drawing.paint_legend, painter, pixel_map, self.theme)
        return pixmap

    def _ground(self, pixel_map: PixelMap, ratio: float, *, empty: bool) -> QPixmap:
        """The ground with its grid, kept while the view rests: its text costs more than all the points."""
        # Not of a globe: the numbers of its plane are not those of a code.
        has_grid = "grid" in self._shown and not (empty or self.is_globe)
        key = (pixel_map, self.theme, ratio, has_grid)
        if self._kept_ground is None or self._kept_ground[0] != key:
            pixmap = QPixmap(*_device_size(pixel_map, ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(self.theme.canvas)
            if has_grid:
                painter = QPainter(pixmap)
                paint_grid(painter, pixel_map, self.theme)
                painter.end()
            self._kept_ground = (key, pixmap)
        return self._kept_ground[1]


def _device_size(pixel_map: PixelMap, ratio: float) -> tuple[int, int]:
    return round(pixel_map.width * ratio), round(pixel_map.height * ratio)
