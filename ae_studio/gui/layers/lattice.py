"""What the model makes of every place that is seen: a lattice of decoded images under the points."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.events import Images
from ae_studio.gui.layers.kept_picture import KeptPicture
from ae_studio.gui.layers.layer import Amount, Choice, Drawing, Layer, Marks, Values
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.lattice_images import Lattice, make_lattice
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

CELLS = {"small": 29.0, "medium": 40.0, "large": 60.0}  # pixels
FAINTEST = 0.2  # of the chosen opacity, far off the data: still to be seen, and plainly not the same
INSET = 0.05  # of a cell, left free on each side of its image
COLUMNS = 20  # images in a row of the sheet

Alphas = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint32]
"""Premultiplied ARGB."""


class LatticeDrawing:
    """Images on one sheet, each to be painted into its square of the plane."""

    def __init__(self, lattice: Lattice, strength: npt.NDArray[np.float64]) -> None:
        """``strength`` (m,): the opacity of each image, 0 to 1."""
        self.lattice = lattice
        self.strength = strength
        self._height, self._width = lattice.images.shape[1:3]
        colour = lattice.images.ndim == 4
        self._colours = on_a_sheet(translucent(lattice.images, strength)) if colour else None
        self._alphas = None if colour else on_a_sheet(ink(lattice.images, strength))
        self._pictures: dict[str, QImage] = {}  # by the theme's name
        self._kept = KeptPicture()

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        self._kept.show(painter, pixel_map, theme, self._paint)

    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        picture = self.picture(theme)
        squares = self.lattice.squares
        corners = pixel_map.to_pixels(squares[:, :2])  # type: ignore[arg-type]  # double: it is zoomed far in
        sizes = squares[:, 2] * pixel_map.scale
        seen = (corners > -sizes[:, None]).all(axis=1) & (corners[:, 0] < pixel_map.width)
        seen &= corners[:, 1] - sizes < pixel_map.height
        for index in np.flatnonzero(seen):
            row, column = divmod(int(index), COLUMNS)
            source = QRectF(column * (self._width + 1), row * (self._height + 1), self._width, self._height)
            left, bottom = corners[index]
            painter.drawImage(self._fitted(float(left), float(bottom), float(sizes[index])), picture, source)

    def picture(self, theme: Theme) -> QImage:
        """The sheet; grey images in the theme's ink, over nothing."""
        if theme.name not in self._pictures:
            pixels = self._colours if self._alphas is None else ink_ramp(theme)[self._alphas]
            assert pixels is not None
            self._pictures[theme.name] = _to_qimage(pixels)
        return self._pictures[theme.name]

    def _fitted(self, left: float, bottom: float, size: float) -> QRectF:
        """The largest rectangle of the images' shape around the middle of a square of pixels."""
        room = size * (1 - 2 * INSET)
        scale = room / max(self._width, self._height)
        width, height = self._width * scale, self._height * scale
        return QRectF(left + (size - width) / 2, bottom - (size + height) / 2, width, height)


class LatticeLayer(Layer):
    key = "lattice"
    title = "Lattice"
    hint = (
        "What the model decodes at every place: an image for each, more of them as you zoom in. Faint where there are "
        "hardly any codes, since there the model was never told what to draw. Spaced by a normal prior's quantiles, "
        "every cell is as probable as the others"
    )
    follows = frozenset({"look", "plane", "window", "base"})
    options = (
        Choice(
            "spacing",
            "Spacing",
            {"linear": "Linear", "quantile": "By the prior"},
            "linear",
        ),
        Choice("cell", "Images", {"small": "Small", "medium": "Medium", "large": "Large"}, "medium"),
        Choice("fade", "Off the data", {"faded": "Faint", "full": "As on it"}, "faded"),
        Amount("opacity", "Opacity", 0.1, 1.0, 0.5),
    )

    def why_not(self, scene: Scene) -> str:
        return scene.why_not_flat if scene.space.kind == "codebook" else ""

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        lattice = make_lattice(scene, view, CELLS[values["cell"]], values["spacing"])
        if lattice is None:
            return None
        sureness = lattice.sureness if values["fade"] == "faded" else np.ones(len(lattice.sureness))
        return LatticeDrawing(lattice, values["opacity"] * (FAINTEST + (1 - FAINTEST) * sureness))


def ink(images: Images, strength: npt.NDArray[np.float64]) -> Alphas:
    """Grey images (m, H, W) as the opacity of their ink."""
    return np.round(images * strength[:, None, None]).astype(np.uint8)


def translucent(images: Images, strength: npt.NDArray[np.float64]) -> Pixels:
    """Colour images (m, H, W, 3) as pixels (m, H, W)."""
    faint = np.round(images * strength[:, None, None, None]).astype(np.uint32)
    alpha: Pixels = np.round(255 * strength).astype(np.uint32)[:, None, None]
    return _argb(alpha, faint[..., 0], faint[..., 1], faint[..., 2])


def on_a_sheet(images: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Images (m, H, W) in rows of :data:`COLUMNS`, an empty pixel between them: none bleeds into another."""
    count, height, width = images.shape
    rows = -(-count // COLUMNS)
    cells = np.zeros((rows * COLUMNS, height + 1, width + 1), dtype=images.dtype)
    cells[:count, :height, :width] = images
    sheet = cells.reshape(rows, COLUMNS, height + 1, width + 1).swapaxes(1, 2)
    return sheet.reshape(rows * (height + 1), COLUMNS * (width + 1))


def ink_ramp(theme: Theme) -> Pixels:
    """The theme's ink at each of the opacities from 0 to 255."""
    colour = QColor(theme.image_ink)
    alphas = np.arange(256, dtype=np.uint32)
    red, green, blue = ((alphas * part + 127) // 255 for part in (colour.red(), colour.green(), colour.blue()))
    return _argb(alphas, red, green, blue)


def _argb(alpha: Pixels, red: Pixels, green: Pixels, blue: Pixels) -> Pixels:
    return ((alpha << 24) | (red << 16) | (green << 8) | blue).astype(np.uint32)


def _to_qimage(pixels: Pixels) -> QImage:
    pixels = np.ascontiguousarray(pixels, dtype=np.uint32)
    height, width = pixels.shape
    return QImage(pixels.data.cast("B"), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
