"""What is seen of the latent space: codes of real images as coloured dots, layers, and the handle."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ae_studio.gui.canvas_paint import HANDLE_RADIUS, HANDLE_REACH, paint_apart, paint_handle
from ae_studio.gui.canvas_picture import CanvasPicture
from ae_studio.gui.colouring import PointColours
from ae_studio.gui.glide import Glide
from ae_studio.gui.layers.layer import Drawing
from ae_studio.gui.picker import Picker
from ae_studio.gui.selection_note import SelectionNote
from ae_studio.gui.shown_points import BEHIND, Classes, ShownPoints
from ae_studio.gui.theme import Palette, Theme, class_colours
from ae_studio.gui.view_window import PixelMap, ViewWindow

ZOOM_LIMIT = 1e5  # times nearer or farther than all points in view: beyond, single precision shows
FAR = 1e6  # pixels: outside of every screen, inside of Qt's 32-bit rectangles


class CanvasSurface(QWidget):
    """Shows points of a plane, what lies under and over them, and the handle. Knows nothing of mouse and keys.

    Signals:
        view_changed(PixelMap): another part of the plane is seen.
        points_moved(): the points, or the view of them, are not where they were.
    """

    view_changed = Signal(object)
    points_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("latent_canvas")
        self.setAccessibleName("Latent space")
        self.setMinimumSize(240, 96)  # what a small window leaves it below a message and rows of switches
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picture = CanvasPicture()
        self._handle: tuple[float, float] | None = None
        self._handle_behind = False
        self._fitted: ViewWindow | None = None  # what the points need, and have needed lately
        self._room: ViewWindow | None = None  # what is to be seen beside the points
        self._own_view = False  # the user has zoomed or panned: the view is theirs until reset
        self._glide_seconds: float | None = None
        self._background: QPixmap | None = None  # so that a drag repaints a few pixels only
        self._overlays: dict[str, Drawing] = {}
        self._told_view: PixelMap | None = None
        self._glide = Glide(self)
        self._glide.moved.connect(self._redraw)
        self._glide.moved.connect(self.points_moved)

    # What is shown

    def start(
        self, classes: Classes, class_count: int, *, globe: bool = False, palette: Palette = class_colours
    ) -> None:
        """A new set of points, of these classes (n,), is about to come; ``globe``: they lie on a sphere."""
        self._picture.start(classes, class_count, globe=globe, palette=palette)
        self._fitted, self._own_view = None, False

    def show_cloud(self, cloud: Any) -> None:
        """An :class:`ae_studio.latent.cloud.Cloud`; its points glide there from where they were."""
        self._picture.take(cloud)
        self.show_points(cloud.points, cloud.way)

    def glide_within(self, seconds: float | None) -> None:
        """How long points glide from now on; 0: not at all; None: about as long as from look to look."""
        self._glide_seconds = seconds

    def show_turned(self, cloud: Any) -> None:
        """The same points on a globe that was rolled: there at once."""
        self._picture.take(cloud)
        self._glide.jump(cloud.points, self._glide.window)

    def show_points(
        self, points: npt.NDArray[np.float32], way: Sequence[npt.NDArray[np.float32]] = (), *, glide: bool = True
    ) -> None:
        """Points (n, 2) of the plane, in the order of the classes; they glide there from where they were, past the
        places of the ``way``."""
        if not len(points) or not np.isfinite(points).all():
            return
        around = ViewWindow.around(points)
        if self._picture.outline:
            around = around.grown(ViewWindow.around(self._picture.outline[0]))
        self._fitted = self._fitted.following(around) if self._fitted else around
        self.points.whole = self._fitted
        window = self._glide.window if self._own_view else self._with_room(self._fitted)
        if glide and self._picture.points_glide and self.isVisible():
            self._glide.go(points, window, way, self._glide_seconds)
        else:
            self._glide.jump(points, window)

    def show_plane(self, cloud: Any) -> None:
        """The same points on another plane: the view starts anew."""
        self._fitted, self._own_view = None, False
        self.show_cloud(cloud)

    def show_handle(self, x: float, y: float, behind: bool = False) -> None:
        """``behind``: on the half of a globe that is turned away, where it can hardly be seen."""
        before, self._handle = self._handle, (x, y)
        self._handle_behind = behind
        if self._overlays:  # a line leads to it
            self.update()
        for position in (before, self._handle):
            if position is not None:
                self.update(self._handle_rect(position))

    def show_drawing(self, key: str, drawing: Drawing | None) -> None:
        """A layer's, under or over the points as the order of the layers has it; None takes it away."""
        if self._picture.show_drawing(key, drawing):
            self._redraw()

    def show_layers(self, keys: Collection[str]) -> None:
        """Which layers are on; of those that the canvas paints itself, the points and the grid."""
        self._picture.show_layers(keys)
        self._redraw()

    def show_overlay(self, key: str, drawing: Drawing | None) -> None:
        """Something that moves with the hand: painted over all layers, every time; None takes it away."""
        if drawing is not None:
            self._overlays[key] = drawing
            self.update()
        elif self._overlays.pop(key, None) is not None:
            self.update()

    def hide_classes(self, hidden: Collection[int]) -> None:
        self.points.hide(hidden)
        self._redraw()
        self.points_moved.emit()

    def colour_points(self, colours: PointColours | None) -> None:
        """By numbers; None: by class."""
        self.points.colour(colours)
        self._redraw()
        self.points_moved.emit()

    def mark_points(self, on: bool) -> None:
        """A mark of its own for every class."""
        self.points.mark(on)
        self._redraw()

    def select_points(self, selected: Collection[int]) -> None:
        """Points, by their number, that stand out; the others fade."""
        self.points.select(selected)
        self.show_overlay("selection", SelectionNote(len(selected)) if selected else None)
        self._redraw()

    def points_seen(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """The points (n, 2) where they are right now, and which of them can be picked (n,)."""
        points, seen = self._glide.points, self.points.is_seen()
        return points, seen if len(seen) == len(points) else np.zeros(len(points), dtype=np.bool_)

    def set_theme(self, theme: Theme) -> None:
        self._picture.set_theme(theme)
        self._redraw()

    def clear(self) -> None:
        self._handle, self._fitted, self._own_view = None, None, False
        self._glide.jump(np.zeros((0, 2), dtype=np.float32), ViewWindow())

    def reset_view(self) -> None:
        """All points in view again."""
        self._own_view = False
        if self._fitted is not None:
            self._glide.go(self._glide.goal.copy(), self._with_room(self._fitted))

    def make_room(self, points: npt.NDArray[np.float32] | None) -> None:
        """For these points (n, 2) of the plane too, until there are none; the user's own view stays as it is."""
        around = None if points is None else ViewWindow.around(points)
        self._room = around.grown(self._room) if around and self._room else around
        if self._fitted is not None and not self._own_view:
            self.reset_view()

    def _with_room(self, window: ViewWindow) -> ViewWindow:
        grown = window if self._room is None else window.grown(self._room)
        return window if grown == window else grown.zoomed(1.1, grown.x, grown.y)  # none of it at the very edge

    def set_view(self, window: ViewWindow) -> None:
        """The user's own, until it is reset."""
        whole = self._fitted or ViewWindow()
        if 1 / ZOOM_LIMIT <= window.half_width / whole.half_width <= ZOOM_LIMIT:
            self._own_view = True
            self._glide.set_window(window)

    def pixel_map(self) -> PixelMap:
        return PixelMap(self._glide.window, self.width(), self.height())

    # Where is what

    @property
    def points(self) -> ShownPoints:
        return self._picture.points

    @property
    def picker(self) -> Picker:
        return self._picture.picker

    def point_at(self, place: QPointF) -> int | None:
        """The data point that is shown at a pixel, or the nearest within a few."""
        return self._picture.point_at(self._glide.points, self.pixel_map(), place)

    def place_of(self, index: int) -> tuple[float, float] | None:
        """Where on the plane a data point is shown; None where it is not."""
        if not self._picture.shows(index) or index >= len(self._glide.points):
            return None
        x, y = self._glide.points[index]
        return float(x), float(y)

    def is_at_handle(self, place: QPointF) -> bool:
        """Whether a pixel lies in the handle's ring."""
        if self._handle is None:
            return False
        away = self._to_pixels(self._handle) - place
        return math.hypot(away.x(), away.y()) <= HANDLE_RADIUS

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._background is None:
            began = time.perf_counter()
            self._background = self._picture.paint(self._glide.points, self.pixel_map(), self.devicePixelRatioF())
            self._glide.paid(time.perf_counter() - began)
        ratio = self._background.devicePixelRatio()
        area = event.rect()
        source = QRect(area.topLeft() * ratio, area.size() * ratio)
        with QPainter(self) as painter:
            painter.drawPixmap(area, self._background, source)
            for drawing in self._overlays.values():
                paint_apart(drawing.paint, painter, self.pixel_map(), self._picture.theme)
            self._paint_hand(painter)

    def _paint_hand(self, painter: QPainter) -> None:
        """Over everything else."""
        if self._handle is not None:
            painter.setOpacity(BEHIND if self._handle_behind else 1)
            paint_handle(painter, self._to_pixels(self._handle), self._picture.theme)
            painter.setOpacity(1)

    def _redraw(self) -> None:
        self._background = None
        self.update()
        self._tell_view()

    def _tell_view(self) -> None:
        seen = self.pixel_map()
        if seen != self._told_view:
            self._told_view = seen
            self.view_changed.emit(seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._background = None
        self._tell_view()

    def hideEvent(self, event: QHideEvent) -> None:
        self._glide.finish()

    def _handle_rect(self, position: tuple[float, float]) -> QRect:
        centre = self._to_pixels(position)
        reach = HANDLE_REACH + 2
        return QRect(int(centre.x()) - reach, int(centre.y()) - reach, 2 * reach + 1, 2 * reach + 1)

    def _to_pixels(self, position: tuple[float, float]) -> QPointF:
        x, y = np.clip(self.pixel_map().to_pixels(np.array([position], dtype=np.float32))[0], -FAR, FAR)
        return QPointF(float(x), float(y))
