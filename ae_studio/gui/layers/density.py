"""Where the data is: contour lines around the places with most codes, and a soft tint within them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ae_studio.gui.layers.kept_picture import KeptDrawing, KeptPicture
from ae_studio.gui.layers.layer import Choice, Drawing, Layer, Marks, Values
from ae_studio.gui.layers.lines import WORD_HEIGHT, Line, apart, end_of, faded, path_of, write
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.density import SHARES, density_over
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

STEP = 8.0  # pixels between two places whose density is computed
TINT = 0.055  # opacity of each tint; the densest places have three of them on one another
NO_LINE: Line = np.zeros((0, 2), dtype=np.float32)
SHORTEST = 20  # corners of a line that is worth a word
LINES = (0.75, 0.5, 0.35)  # opacity, from the densest to the thinnest


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """``share``: in words, of the codes that lie in places at least as dense; lines and filled rims of the plane."""

    share: str
    lines: list[Line]
    regions: list[list[Line]]


@dataclass(frozen=True, slots=True, eq=False)
class DensityDrawing(KeptDrawing):
    """From the densest contour to the thinnest. ``rim``: the radius of a ball or globe, beyond which nothing is."""

    contours: list[Contour]
    tinted: bool
    rim: float | None = None
    kept: KeptPicture = field(default_factory=KeptPicture)
    kept_words: KeptPicture = field(default_factory=KeptPicture)

    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.rim is not None:
            painter.setClipPath(_disc(self.rim, pixel_map))
        for contour, opacity in zip(self.contours, LINES, strict=True):
            if self.tinted:
                for region in contour.regions:
                    painter.fillPath(path_of(region, pixel_map), faded(theme.accent, TINT))
            painter.setPen(QPen(faded(theme.text, opacity), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path_of(contour.lines, pixel_map))

    def _paint_words(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """On the longest line of each contour alone: small islands are many. Below: above stand the prior's."""
        placed: list[QPointF] = []
        for contour in self.contours:
            longest = max((self._within(line) for line in contour.lines), key=len, default=NO_LINE)
            at = end_of(longest, pixel_map, lowest=True) if len(longest) > SHORTEST else None
            if at is not None:
                write(painter, apart(at, placed, WORD_HEIGHT), contour.share, QColor(theme.text), theme)

    def _within(self, line: Line) -> Line:
        """What is seen of a line."""
        return line if self.rim is None else line[np.hypot(line[:, 0], line[:, 1]) < self.rim]


class DensityLayer(Layer):
    key = "density"
    title = "Data density"
    hint = (
        "Within a line lie so many of the codes, in the places where their neighbours are nearest. Of more than two "
        "dimensions: on the plane through the handle, where there may be none"
    )
    follows = frozenset({"look", "plane", "window", "base"})
    options = (Choice("shown", "Shown", {"both": "Lines and tint", "lines": "Lines"}, "both"),)

    def why_not(self, scene: Scene) -> str:
        seen_whole = scene.space.kind in ("flat", "ball") or (scene.space.kind == "sphere" and scene.space.dim == 3)
        return "" if seen_whole else scene.why_not_flat

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        found = density_over(scene, view, STEP)
        if found is None:
            return None
        density, levels = found
        contours = [
            Contour(f"{share:.0%}".replace("%", " %"), density.lines(level), density.regions(level, float("inf")))
            for share, level in zip(SHARES, levels, strict=True)
        ]
        radius = {"ball": scene.space.radius, "sphere": 1.0}.get(scene.space.kind)
        return DensityDrawing(contours, values.get("shown") != "lines", radius)


def _disc(radius: float, pixel_map: PixelMap) -> QPainterPath:
    window, scale = pixel_map.window, pixel_map.scale
    centre = QPointF(pixel_map.width / 2 - window.x * scale, pixel_map.height / 2 + window.y * scale)
    path = QPainterPath()
    path.addEllipse(centre, radius * scale, radius * scale)
    return path
