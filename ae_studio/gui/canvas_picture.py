"""All of the canvas but its handle, as one picture: the ground with its grid, the outline, the cloud of points."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap

from ae_studio.gui.canvas_paint import paint_grid, paint_outline
from ae_studio.gui.glide import Points
from ae_studio.gui.layers.catalog import LAYERS
from ae_studio.gui.layers.layer import Drawing
from ae_studio.gui.point_cloud import PointCloud
from ae_studio.gui.theme import DARK, Palette, Theme, blended, class_colours
from ae_studio.gui.view_window import PixelMap

BEHIND = 0.25  # opacity of what lies on the far side of a globe

Classes = npt.NDArray[np.int64]


class CanvasPicture:
    """What belongs to the points but their places: classes, colours, outline; and how all of it is painted."""

    def __init__(self) -> None:
        self.is_globe = False
        self.outline: tuple[Points, ...] = ()
        self.theme = DARK
        self._classes: Classes = np.zeros(0, dtype=np.int64)
        self._class_count = 10
        self.hidden: frozenset[int] = frozenset()
        self._behind = np.zeros(0, dtype=np.bool_)
        self._selected: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._palette: Palette = class_colours
        self._cloud: PointCloud | None = None
        self._kept_ground: tuple[object, QPixmap] | None = None
        self._drawings: dict[str, Drawing] = {}
        self._shown = frozenset(layer.key for layer in LAYERS if layer.on_at_first)

    def start(self, classes: Classes, class_count: int, *, globe: bool, palette: Palette) -> None:
        """Another run's points, of these classes (n,)."""
        self._classes, self._behind, self.outline = classes, np.zeros(len(classes), dtype=np.bool_), ()
        self._class_count, self._palette, self.is_globe = max(1, class_count), palette, globe
        self._cloud = None

    def take(self, cloud: Any) -> None:
        """Of an :class:`ae_studio.latent.explorer.Cloud` all but the points."""
        self._classes, self._behind, self.outline = cloud.classes, cloud.behind, cloud.outline

    def show_drawing(self, key: str, drawing: Drawing | None) -> None:
        if drawing is not None:
            self._drawings[key] = drawing
        else:
            self._drawings.pop(key, None)

    def show_layers(self, keys: Collection[str]) -> None:
        self._shown = frozenset(keys)

    def hide_classes(self, hidden: Collection[int]) -> None:
        self.hidden = frozenset(hidden)

    def mark(self, selected: Collection[int]) -> None:
        """Of the points, by their number: all others fade. None selected: all are as they were."""
        self._selected = np.array(sorted(selected), dtype=np.int64)

    def can_be_picked(self, count: int) -> npt.NDArray[np.bool_]:
        """Which of so many points are shown and on the near side, (count,)."""
        if count != len(self._classes):
            return np.zeros(count, dtype=np.bool_)
        seen: npt.NDArray[np.bool_] = ~self._behind & ~np.isin(self._classes, list(self.hidden))
        return seen

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._cloud = theme, None

    def paint(self, points: Points, pixel_map: PixelMap, ratio: float) -> QPixmap:
        """Points (n, 2) of the plane; ``ratio`` device pixels to a pixel of the map."""
        pixmap = QPixmap(self._ground(pixel_map, ratio, empty=not len(points)))
        painter = QPainter(pixmap)
        paint_outline(painter, [pixel_map.to_pixels(line) for line in self.outline], self.theme)
        for layer in LAYERS:
            if layer.key == "points" and layer.key in self._shown:
                self._paint_points(painter, points, pixel_map, ratio)
            elif layer.key in self._drawings:
                painter.save()
                self._drawings[layer.key].paint(painter, pixel_map, self.theme)
                painter.restore()
        for drawing in self._drawings.values():
            if hasattr(drawing, "paint_legend"):
                painter.save()
                drawing.paint_legend(painter, pixel_map, self.theme)
                painter.restore()
        painter.end()
        return pixmap

    def _ground(self, pixel_map: PixelMap, ratio: float, *, empty: bool) -> QPixmap:
        """The ground with its grid, kept while the view rests: its text costs more than all the points."""
        has_grid = "grid" in self._shown and not (
            empty or self.is_globe
        )  # the numbers of a globe's plane are not those of a code
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

    def _paint_points(self, painter: QPainter, points: Points, pixel_map: PixelMap, ratio: float) -> None:
        if not len(points) or len(points) != len(self._classes):
            return
        pale = self._pale(len(points))
        order = np.argsort(~pale, kind="stable") if pale.any() else slice(None)  # the clear over the pale
        points, classes, pale = points[order], self._classes[order], pale[order]
        if self.hidden:
            shown = ~np.isin(classes, list(self.hidden))
            points, classes, pale = points[shown], classes[shown], pale[shown]
        cloud = self._stamped(ratio)
        kinds = classes + self._class_count * pale
        picture = cloud.paint(pixel_map.to_pixels(points) * np.float32(ratio), kinds, *_device_size(pixel_map, ratio))
        picture.setDevicePixelRatio(ratio)
        margin = cloud.margin / ratio
        painter.drawImage(QPointF(-margin, -margin), picture)

    def _pale(self, count: int) -> npt.NDArray[np.bool_]:
        """Which points (count,) are only hinted at: those on the far side, and those that are not selected."""
        if not len(self._selected) or self._selected[-1] >= count:
            return self._behind
        pale = np.ones(count, dtype=np.bool_)
        pale[self._selected] = self._behind[self._selected]
        return pale

    def _stamped(self, ratio: float) -> PointCloud:
        """Stamps of every class, and after them the pale ones of every class."""
        if self._cloud is None:
            colours = self._palette(self.theme, self._class_count)
            colours += tuple(blended(colour, self.theme.canvas, 1 - BEHIND) for colour in colours)
            self._cloud = PointCloud(colours, _radius(len(self._classes)) * ratio)
        return self._cloud


def _device_size(pixel_map: PixelMap, ratio: float) -> tuple[int, int]:
    return round(pixel_map.width * ratio), round(pixel_map.height * ratio)


def _radius(points: int) -> float:
    """Of a dot, in pixels: large where there are few."""
    return float(np.clip(90 / max(points, 1) ** 0.5, 1.2, 4.0))
