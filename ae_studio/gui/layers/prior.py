"""Where the prior expects the codes to be."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.gui.layers.kept_picture import KeptDrawing, KeptPicture
from ae_studio.gui.layers.layer import Drawing, Layer, Marks, Values
from ae_studio.gui.layers.lines import WORD_HEIGHT, apart, end_of, faded, path_of, write
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.lattice_images import normal_prior
from ae_studio.latent.prior_rings import DRAWS, Mark, Ring, drawn_marks, drawn_rings, normal_marks, normal_rings
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

LABEL_Y = 12  # pixels from the top


@dataclass(frozen=True, slots=True, eq=False)
class PriorDrawing(KeptDrawing):
    """Rings from the innermost to the outermost."""

    rings: list[Ring]
    kept: KeptPicture = field(default_factory=KeptPicture)
    kept_words: KeptPicture = field(default_factory=KeptPicture)

    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in self.rings:
            painter.setPen(_pen(theme))
            painter.drawPath(path_of(ring.lines, pixel_map))

    def _paint_words(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        placed: list[QPointF] = []
        for ring in self.rings:
            longest = max(ring.lines, key=len, default=None)
            at = end_of(longest, pixel_map) if longest is not None else None
            if at is not None:
                write(painter, apart(at, placed, -WORD_HEIGHT), ring.label, QColor(theme.accent), theme)


@dataclass(frozen=True, slots=True)
class MarksDrawing:
    """Of codes of one number: upright lines over the whole canvas."""

    marks: list[Mark]

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        for mark in self.marks:
            for side in mark.sides:
                x = pixel_map.width / 2 + (side - pixel_map.window.x) * pixel_map.scale
                if not 0 <= x <= pixel_map.width:
                    continue
                painter.setPen(_pen(theme))
                painter.drawLine(QPointF(x, 0), QPointF(x, pixel_map.height))
                write(painter, QPointF(x, LABEL_Y), mark.label, QColor(theme.accent), theme)


class Prior(Layer):
    key = "prior"
    title = "Prior"
    hint = (
        "Where the prior expects codes: of a normal one circles at 1, 2 and 3 standard deviations, which hold 39, 86 "
        "and 99 % of it on a plane; of another the places that hold 50 and 95 %"
    )
    follows = frozenset({"look", "plane"})

    def why_not(self, scene: Scene) -> str:
        if scene.space.kind == "codebook":
            return scene.why_not_flat
        if scene.look.prior is None:
            return "This model learns no prior: its codes lie wherever they serve it best"
        if scene.space.kind == "sphere":
            return "The prior is the same all over the sphere"
        if scene.space.dim == 0:
            return "The prior takes every option to be as probable as the others"
        return ""

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        normal = normal_prior(scene, view)
        is_line = scene.space.size == 1
        if normal is not None and is_line:
            return MarksDrawing(normal_marks(normal.centre[0], normal.sd))
        if normal is not None:
            return PriorDrawing(normal_rings(normal.centre, normal.sd))
        if scene.look.sampler is None:
            return None
        points = view.project(scene.look.sampler(DRAWS, 0))
        return MarksDrawing(drawn_marks(points[:, 0])) if is_line else PriorDrawing(drawn_rings(points))


def _pen(theme: Theme) -> QPen:
    return QPen(faded(theme.accent, 0.8), 1.2, Qt.PenStyle.DashLine)
