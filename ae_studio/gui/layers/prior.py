"""Where the prior expects the codes to be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.gui.layers.layer import Drawing, Layer, Marks, Values
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

SIGMAS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class PriorCircles:
    """Circles about ``x``, ``y``, a sigma apart."""

    x: float
    y: float

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        window, scale = pixel_map.window, pixel_map.scale
        centre = QPointF(
            pixel_map.width / 2 + (self.x - window.x) * scale, pixel_map.height / 2 - (self.y - window.y) * scale
        )
        for sigma in SIGMAS:
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
            painter.drawEllipse(centre, sigma * scale, sigma * scale)
            painter.setPen(QColor(theme.dim))
            top = centre - QPointF(0, sigma * scale)
            painter.drawText(QRectF(top.x() - 20, top.y() - 16, 40, 14), Qt.AlignmentFlag.AlignCenter, f"{sigma}σ")


class Prior(Layer):
    key = "prior"
    title = "Prior"
    hint = "The standard normal prior: circles at 1, 2 and 3 standard deviations from its middle"
    follows = frozenset({"look", "plane"})

    def why_not(self, scene: Scene) -> str:
        return scene.why_not_flat or scene.why_no_kl

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing:
        x, y = view.project(0 * scene.codes[:1])[0]
        return PriorCircles(float(x), float(y))
