"""How much the decoder blows up every place of the plane."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath

from ae_studio.gui.colour_bar import paint_colour_bar
from ae_studio.gui.even_colours import STEPS, diverging
from ae_studio.gui.layers.layer import Amount, Drawing, Layer, Marks, Values
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

PATIENT_S = 0.6  # for the finer one of a slow decoder
QUICK_S = 0.15  # for a whole map: as long as a look takes to come
COARSE, FINE = 48, 14  # pixels of a cell: first to have something at once, then so that no edge is lost


@dataclass(frozen=True, slots=True, eq=False)
class DistortionMap:
    """``values`` (rows, columns), nats, over the window from ``left``, ``top`` to ``right``, ``bottom``; top row first.

    Beyond the ``rim``, a circle (x, y, radius), it says nothing. Its colours are centred on ``middle`` and end
    ``reach`` away from it. ``finer`` makes a better one.
    """

    values: npt.NDArray[np.float64]
    left: float
    right: float
    bottom: float
    top: float
    middle: float
    reach: float
    opacity: float
    rim: tuple[float, float, float] | None = None
    finer: Callable[[], Drawing | None] | None = None

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        corners = np.array([[self.left, self.top], [self.right, self.bottom]], dtype=np.float32)
        (x0, y0), (x1, y1) = pixel_map.to_pixels(corners).tolist()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(self.opacity)
        if self.rim is not None:
            painter.setClipPath(_circle(*self.rim, pixel_map))
        painter.drawImage(QRectF(QPointF(x0, y0), QPointF(x1, y1)), self._image(theme))

    def paint_legend(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        title = "log det JᵀJ, nats"
        paint_colour_bar(painter, pixel_map, theme, diverging(theme), self.middle, self.reach, title)

    def _image(self, theme: Theme) -> QImage:
        """A pixel a cell, none where there is no value."""
        known = np.isfinite(self.values)
        share = np.clip((np.where(known, self.values, self.middle) - self.middle) / self.reach, -1, 1)
        pixels = np.zeros((*self.values.shape, 4), dtype=np.uint8)
        pixels[..., :3] = diverging(theme)[np.round((share + 1) / 2 * (STEPS - 1)).astype(np.intp)]
        pixels[..., 3] = 255
        pixels[~known] = 0
        rows, columns = self.values.shape
        return QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def _circle(x: float, y: float, radius: float, pixel_map: PixelMap) -> QPainterPath:
    centre = pixel_map.to_pixels(np.array([[x, y]], dtype=np.float32))[0].tolist()
    path = QPainterPath()
    path.addEllipse(QPointF(*centre), radius * pixel_map.scale, radius * pixel_map.scale)
    return path


class Distortion(Layer):
    key = "distortion"
    title = "Decoder distortion"
    hint = (
        "log det JᵀJ of the decoder in the plane: twice the logarithm of how much it enlarges an area. "
        "The canvas's own colour is the median of what is seen, orange more, blue less (Nazari et al. 2023)"
    )
    follows = frozenset({"look", "plane", "window", "base"})
    options = (Amount("opacity", "Opacity", 0.1, 1.0, 0.7),)

    def why_not(self, scene: Scene) -> str:
        from ae_studio.latent.distortion import why_not

        return why_not(scene.space) or scene.why_no_derivatives

    def __init__(self) -> None:
        self._seconds = math.inf  # that a cell took when it was last computed

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        """The fine one at once where that is quick: a map that changes between the two with every look flickers."""
        if self._within(view, FINE, QUICK_S):
            return self._computed(scene, view, values, FINE)
        rough = self._computed(scene, view, values, COARSE)
        return replace(rough, finer=partial(self._finer, scene, view, values))

    def _finer(self, scene: Scene, view: View, values: Values) -> DistortionMap:
        """As fine as there is time for: other layers wait."""
        sizes = (size for size in range(FINE, COARSE, 2) if self._within(view, size, PATIENT_S))
        return self._computed(scene, view, values, next(sizes, COARSE))

    def _within(self, view: View, size: int, seconds: float) -> bool:
        columns, rows = _cells(view, size)
        return self._seconds * columns * rows <= seconds

    def _computed(self, scene: Scene, view: View, values: Values, size: int) -> DistortionMap:
        from ae_studio.latent.distortion import distortion_map, rim

        assert scene.look.derivatives is not None
        began = time.perf_counter()
        found, scale = distortion_map(scene.look.derivatives, view, *_cells(view, size))
        self._seconds = (time.perf_counter() - began) / found.size
        sides = view.left, view.right, view.bottom, view.top
        return DistortionMap(found, *sides, scale.middle, scale.reach, float(values["opacity"]), rim(view))


def _cells(view: View, size: int) -> tuple[int, int]:
    """Columns and rows of cells of about so many pixels; one row where all is the same above one another."""
    columns, rows = (max(2, round(length / size)) for length in (view.width, view.height))
    return columns, rows if view.space.size > 1 else 1
