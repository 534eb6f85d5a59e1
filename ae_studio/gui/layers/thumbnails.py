"""The images themselves in the place of their points, where coming nearer has made room for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from ae_studio.events import Images, Labels
from ae_studio.gui.images import to_rgb
from ae_studio.gui.layers.layer import Choice, Layer, Marks, Values
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.explorer import spread_over_y
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import Points
from ae_studio.latent.scene import Scene
from ae_studio.latent.spaced import Spacing
from ae_studio.latent.view import View

SIZES = {"24": "Small", "36": "Medium", "56": "Large"}  # pixels across, with the border
BORDER = 2  # pixels
GAP = 3  # pixels that are left free between two
PALE = 0.3  # opacity of a picture that is not selected while others are
FEWEST = 0.2  # of all points that have room for their image, below which only points are shown
AROUND = 0.5  # of the window's size, beyond each side of it: panned into without waiting


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """Images (n, h, w) or (n, h, w, 3), at the size at which they are seen, of these classes at points (n, 2).

    ``indices`` (n,): those of their codes; ``pale`` (n,): which of them are not selected while others are.
    """

    points: Points
    images: Images
    classes: Labels
    class_count: int
    indices: npt.NDArray[np.int64]
    pale: npt.NDArray[np.bool_]
    _kept: dict[Theme, QPixmap] = field(default_factory=dict)

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """At whole pixels: pictures that move by parts of one would flicker."""
        if not len(self.images):
            return
        sheet, corners, (width, height) = self._sheet(theme), self._corners(pixel_map), self._size
        seen = ((corners > [-width, -height]) & (corners < [pixel_map.width, pixel_map.height])).all(axis=1)
        for index in np.flatnonzero(seen).tolist():
            x, y = corners[index].tolist()
            painter.setOpacity(PALE if self.pale[index] else 1.0)
            painter.drawPixmap(QPointF(x, y), sheet, QRectF(0, index * height, width, height))

    def selected(self, selected: tuple[int, ...]) -> Pictures:
        """The same with only these codes' pictures clear; without any, all of them."""
        pale = ~np.isin(self.indices, selected) if selected else np.zeros(len(self.indices), dtype=np.bool_)
        return self if np.array_equal(pale, self.pale) else replace(self, pale=pale)

    def index_at(self, pixel_map: PixelMap, x: float, y: float) -> int | None:
        """Which code's picture covers a pixel."""
        away = np.array([x, y]) - self._corners(pixel_map)
        found = np.flatnonzero(((away >= 0) & (away < self._size)).all(axis=1))
        return int(self.indices[found[0]]) if len(found) else None

    @property
    def _size(self) -> tuple[int, int]:
        """Width and height of each with its frame, pixels."""
        height, width = self.images.shape[1:3]
        return width + 2 * BORDER, height + 2 * BORDER

    def _corners(self, pixel_map: PixelMap) -> npt.NDArray[np.float64]:
        """The upper left corners (n, 2), pixels."""
        return np.round(pixel_map.to_pixels(self.points) - np.array(self._size) / 2)

    def _sheet(self, theme: Theme) -> QPixmap:
        """All pictures one below the other, in the theme's inks, each in a frame of its class's colour."""
        if theme not in self._kept:
            width, height = self._size
            frames = _packed(np.array([_rgb(colour) for colour in class_colours(theme, self.class_count)], np.uint8))
            sheet = np.empty((len(self.images), height, width), dtype=np.uint32)
            sheet[:] = frames[self.classes][:, None, None]
            sheet[:, BORDER:-BORDER, BORDER:-BORDER] = _inked(self.images, theme)
            memory = sheet.data.cast("B")
            image = QImage(memory, width, height * len(sheet), 4 * width, QImage.Format.Format_RGB32)
            self._kept[theme] = QPixmap.fromImage(image)
        return self._kept[theme]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where the points of one moment are on one plane, and the choice of those that have room."""

    scene: Scene
    plane: object
    hidden: frozenset[int]
    points: Points
    among: npt.NDArray[np.int64]
    spacing: Spacing


class Thumbnails(Layer):
    """Keeps the choice for the points that it was asked for last."""

    key = "thumbnails"
    title = "Thumbnails"
    hint = "The images in the place of their points, as soon as you are near enough: never one over another"
    follows = frozenset({"look", "plane", "window", "hidden", "selection"})
    options = (Choice("size", "Size", SIZES, "36"),)
    on_at_first = True

    def __init__(self) -> None:
        self._placed: Placed | None = None
        self._made: tuple[Placed, int, float, View, Pictures] | None = None

    def why_not(self, scene: Scene) -> str:
        if scene.space.kind == "codebook":
            return "The points are entries of a codebook, not images"
        return scene.why_no_images

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Pictures | None:
        if scene.images is None or not len(scene.codes):
            return None
        placed = self._place(scene, view, marks.hidden)
        size = int(values["size"])
        side = (size + GAP) / view.scale
        if placed.spacing.most(side) < FEWEST * len(placed.among):
            return None
        chosen = placed.spacing.chosen(side)
        if len(chosen) < FEWEST * len(placed.among):
            return None
        if self._made is not None:
            of, with_size, with_scale, seen_from, pictures = self._made
            if (of, with_size, with_scale) == (placed, size, view.scale) and _reaches(seen_from, view):
                return pictures.selected(marks.selected)
        near = np.sort(chosen[_is_near(placed.points[chosen], view)])
        if not len(near):
            return None  # all classes are hidden, or the window has left the points
        images = resized(scene.images[near], size - 2 * BORDER)
        classes = scene.labels[near]
        none_pale = np.zeros(len(near), dtype=np.bool_)
        pictures = Pictures(placed.points[near], images, classes, len(scene.class_names), near, none_pale)
        self._made = (placed, size, view.scale, view, pictures)
        return pictures.selected(marks.selected)

    def _place(self, scene: Scene, view: View, hidden: frozenset[int]) -> Placed:
        before = self._placed
        if before and before.scene is scene and before.plane is view.plane and before.hidden == hidden:
            return before
        points, shown = view.project(scene.codes), ~np.isin(scene.labels, list(hidden))
        if scene.space.size == 1:
            points = spread_over_y(points, scene.labels)
        if isinstance(view.plane, Globe):
            shown &= ~view.plane.behind(scene.codes)
        among = np.flatnonzero(shown)
        self._placed = Placed(scene, view.plane, hidden, points, among, Spacing(points, among))
        return self._placed


def resized(images: Images, side: int) -> Images:
    """Images (n, H, W) or (n, H, W, 3) whose longer side is so many pixels: each the mean of what it covers."""
    height, width = images.shape[1:3]
    rows, columns = (max(1, round(side * each / max(height, width))) for each in (height, width))
    found = np.einsum(
        "rh,nhw...,cw->nrc...", _shares(height, rows), images.astype(np.float32), _shares(width, columns), optimize=True
    )
    return np.round(found).astype(np.uint8)


def _shares(old: int, new: int) -> npt.NDArray[np.float32]:
    """Of each of ``new`` pixels (rows) how much of it each of ``old`` ones (columns) covers; rows sum to 1."""
    edges = np.arange(new + 1) * old / new
    inside = np.minimum(edges[1:, None], np.arange(1, old + 1)) - np.maximum(edges[:-1, None], np.arange(old))
    return (np.maximum(inside, 0) * new / old).astype(np.float32)


def _inked(images: Images, theme: Theme) -> npt.NDArray[np.uint32]:
    """Images (n, h, w) or (n, h, w, 3) as a screen has them; a table is several times faster than their channels."""
    if images.ndim == 4:
        return _packed(images)
    return _packed(to_rgb(np.arange(256, dtype=np.uint8)[None], theme)[0]).take(images)


def _packed(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Red, green and blue (..., 3) as one number each (...), without transparency."""
    found = np.full(rgb.shape[:-1], 255, dtype=np.uint32)
    for channel in range(3):
        found <<= 8
        found |= rgb[..., channel]
    return found


def _rgb(colour: str) -> tuple[int, int, int]:
    named = QColor(colour)
    return named.red(), named.green(), named.blue()


def _is_near(points: Points, view: View) -> npt.NDArray[np.bool_]:
    """Which points (n, 2) are seen, or would be by a pan of half of the window."""
    across, up = AROUND * (view.right - view.left), AROUND * (view.top - view.bottom)
    x, y = points.T
    return (x > view.left - across) & (x < view.right + across) & (y > view.bottom - up) & (y < view.top + up)


def _reaches(made_for: View, view: View) -> bool:
    """Whether what was made for one view, and around it, is enough for another of the same scale."""
    across = 0.8 * AROUND * (made_for.right - made_for.left)
    up = 0.8 * AROUND * (made_for.top - made_for.bottom)
    return abs(view.left - made_for.left) < across and abs(view.top - made_for.top) < up
