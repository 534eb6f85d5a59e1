"""What the canvas's points have beside their places: classes, colours, marks, which are hidden; and their picture."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from ae_studio.gui.colour_scale import STEPS, scale_colours
from ae_studio.gui.colouring import PointColours
from ae_studio.gui.glide import Points
from ae_studio.gui.nearest_point import Shown
from ae_studio.gui.point_cloud import PointCloud
from ae_studio.gui.shapes import LEGIBLE, Shape, disc, shape_of
from ae_studio.gui.theme import DARK, Palette, Theme, blended, class_colours
from ae_studio.gui.view_window import PixelMap, ViewWindow

BEHIND = 0.25  # opacity of what lies on the far side of a globe
SIZE = 90.0  # radius of a dot, in pixels, times the root of how many there are
SMALLEST, LARGEST, LARGEST_NEARER, STEP = 1.2, 4.0, 3.0, 0.2  # pixels of radius

Classes = npt.NDArray[np.int64]


class ShownPoints:
    """Every point has a class; its colour is that of its class, or of a number that it has."""

    def __init__(self) -> None:
        self.theme = DARK
        self.classes: Classes = np.zeros(0, dtype=np.int64)
        self.hidden: frozenset[int] = frozenset()
        self._behind: Shown = np.zeros(0, dtype=np.bool_)
        self._class_count = 1
        self._palette: Palette = class_colours
        self._colours: PointColours | None = None
        self._has_marks = False
        self._selected: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._cloud: tuple[object, PointCloud] | None = None  # with what it was made for
        self.whole: ViewWindow | None = None  # the window of all points: nearer than it, dots are larger
        self._forget()

    def start(self, classes: Classes, class_count: int, palette: Palette) -> None:
        """Another run's points, of these classes (n,)."""
        self._class_count, self._palette, self._colours = max(1, class_count), palette, None
        self.take(classes, np.zeros(len(classes), dtype=np.bool_))

    def take(self, classes: Classes, behind: Shown) -> None:
        self.classes, self._behind = classes, behind
        self._forget()

    def hide(self, hidden: Collection[int]) -> None:
        self.hidden = frozenset(hidden)
        self._forget()

    def colour(self, colours: PointColours | None) -> None:
        """By numbers; None: by class."""
        self._colours = colours
        self._forget()

    def mark(self, on: bool) -> None:
        """A mark of its own for every class, where dots are drawn."""
        self._has_marks = on
        self._forget()

    def select(self, selected: Collection[int]) -> None:
        """Points, by their number, that stand out: all others are pale. None of them: all are as they were."""
        self._selected = np.array(sorted(selected), dtype=np.int64)
        self._forget()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def _forget(self) -> None:
        self._kinds: npt.NDArray[np.int32] | None = None
        self._shown: Shown | None = None
        self._seen: Shown | None = None
        self._order: npt.NDArray[np.int64] | None = None
        self._pale_ones: Shown | None = None

    @property
    def has_numbers(self) -> bool:
        return self._colours is not None and len(self._colours.numbers) == len(self.classes)

    def is_seen(self) -> Shown:
        """Of all points (n,), those of shown classes that are not on the far side of a globe."""
        if self._seen is None:
            self._seen = self._visible() & ~self._behind
        return self._seen

    def colour_of(self, index: int) -> str:
        """That of a point's class."""
        return self._palette(self.theme, self._class_count)[int(self.classes[index])]

    def number_of(self, index: int) -> float | None:
        """The number that a point is coloured by, where it has one."""
        if self._colours is None or not self.has_numbers or not np.isfinite(self._colours.numbers[index]):
            return None
        return float(self._colours.numbers[index])

    def paint(self, painter: QPainter, points: Points, pixel_map: PixelMap, ratio: float) -> None:
        """Points (n, 2) of the plane; ``ratio`` device pixels to a pixel of the map."""
        if not len(points) or len(points) != len(self.classes):
            return
        cloud, kinds, shown = self._stamped(pixel_map, ratio), self._kind_of_each(), self._visible()
        pixels = pixel_map.to_pixels(points)
        if ratio != 1:
            pixels *= np.float32(ratio)
        if self._pale.any():
            order = self._clear_last()
            pixels, kinds, shown = pixels[order], kinds[order], shown[order]
        size = round(pixel_map.width * ratio), round(pixel_map.height * ratio)
        picture = cloud.paint(pixels, kinds, *size, shown if self.hidden else None)
        picture.setDevicePixelRatio(ratio)
        margin = cloud.margin / ratio
        painter.drawImage(QPointF(-margin, -margin), picture)

    def _visible(self) -> Shown:
        """Of all points (n,), those of shown classes."""
        if self._shown is None:
            of_class = np.ones(max(self._class_count, int(self.classes.max(initial=0)) + 1), dtype=np.bool_)
            of_class[[each for each in self.hidden if each < len(of_class)]] = False
            self._shown = of_class[self.classes]
        return self._shown

    @property
    def _pale(self) -> Shown:
        """Of all points (n,), those that are only hinted at: on the far side of a globe, and what is not selected."""
        if self._pale_ones is None:
            self._pale_ones = self._behind
            if len(self._selected) and self._selected[-1] < len(self.classes):
                self._pale_ones = np.ones(len(self.classes), dtype=np.bool_)
                self._pale_ones[self._selected] = self._behind[self._selected]
        return self._pale_ones

    def _clear_last(self) -> npt.NDArray[np.int64]:
        """The order in which clear points are painted over pale ones."""
        if self._order is None:
            self._order = np.argsort(~self._pale, kind="stable")
        return self._order

    def _kind_of_each(self) -> npt.NDArray[np.int32]:
        """Of every point (n,) the number of its colour and mark."""
        if self._kinds is None:
            if self.has_numbers and self._colours is not None:
                steps = self._colours.scale.steps(self._colours.numbers)
                marks = self.classes % self._marks_count
                kinds = (steps * self._marks_count + marks) + self._front_count * self._pale
            else:
                kinds = self.classes + self._front_count * self._pale
            self._kinds = kinds.astype(np.int32)
        return self._kinds

    @property
    def _marks_count(self) -> int:
        """Marks of each step of a scale."""
        return self._class_count if self._has_marks else 1

    @property
    def _front_count(self) -> int:
        """Kinds of points, without the pale ones."""
        return (STEPS + 1) * self._marks_count if self.has_numbers else self._class_count

    def _stamped(self, pixel_map: PixelMap, ratio: float) -> PointCloud:
        """Stamps of every kind, and after them the pale ones of every kind."""
        radius = ratio * self._radius(pixel_map)
        key = (radius, self.theme, self._palette, self._class_count, self._has_marks, self.has_numbers)
        if self._cloud is None or self._cloud[0] != key:
            colours, marks = self._front_kinds()
            colours += tuple(blended(colour, self.theme.canvas, 1 - BEHIND) for colour in colours)
            self._cloud = (key, PointCloud(colours, radius, marks + marks if self._has_marks else ()))
        return self._cloud[1]

    def _radius(self, pixel_map: PixelMap) -> float:
        """Of a dot, in pixels: large where there are few, or few are left by coming nearer."""
        whole = self.whole or pixel_map.window
        nearer = max(1.0, pixel_map.scale / replace(pixel_map, window=whole).scale)
        at_first = SIZE / max(len(self.classes), 1) ** 0.5
        grown = STEP * round(min(at_first * nearer, LARGEST_NEARER) / STEP)  # in steps: for each, stamps are made
        radius = max(float(np.clip(at_first, SMALLEST, LARGEST)), grown if nearer > 1 else 0.0)
        return max(LEGIBLE, radius) if self._has_marks else radius

    def _front_kinds(self) -> tuple[tuple[str, ...], tuple[Shape, ...]]:
        of_class = tuple(shape_of(kind) if self._has_marks else disc for kind in range(self._marks_count))
        if not self.has_numbers:
            return self._palette(self.theme, self._class_count), of_class
        steps = (*scale_colours(self.theme, STEPS), self.theme.dim)
        return tuple(colour for colour in steps for _ in of_class), of_class * len(steps)
