"""Where a drawing is encoded to, with how sure of it the model is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ae_studio.events import Codes
from ae_studio.gui.layers.layer import Layer
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.ellipses import covariances_on_plane, outlines
from ae_studio.latent.plane import LatentPlane, Points
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

SIGMAS = (1, 2)
RADIUS = 5.0  # pixels of the mark: a posterior is seldom much larger
SHADES = (0.22, 0.12)  # opacity inside each ellipse
WIDE = 150.0  # pixels of an ellipse's width: of a wider one the inside is fainter, so that it does not tint the canvas
ASIDE = 22.0  # pixels from the mark to its word: beyond the handle, which is often there


class DrawnCode(Layer):
    """Its picture moves with every stroke, so the canvas gets it as an overlay, from :class:`DrawingMark`."""

    key = "drawing"
    title = "Drawing"
    hint = "The code of what you draw, and its posterior at 1 and 2 standard deviations, true to scale"
    on_at_first = True

    def why_not(self, scene: Scene) -> str:
        if scene.space.kind == "codebook":
            return "Of this model the canvas shows the entries of the codebook, no codes of images"
        return scene.why_no_encoder


@dataclass(frozen=True, slots=True, eq=False)
class DrawingMark:
    """A place of the plane, and the outlines (n, 2) about it, the smallest first."""

    place: Points
    outlines: tuple[Points, ...]
    behind: bool = False

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.35 if self.behind else 1.0)
        accent = QColor(theme.accent)
        for outline, shade in reversed(list(zip(self.outlines, SHADES, strict=False))):
            pixels = pixel_map.to_pixels(outline)
            accent.setAlphaF(shade * min(1.0, WIDE / max(1.0, float(np.ptp(pixels, axis=0).max()))))
            painter.setBrush(accent)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in pixels]))
        x, y = pixel_map.to_pixels(self.place[None])[0]
        centre = QPointF(float(x), float(y))
        diamond = QPolygonF([centre + QPointF(dx, dy) * RADIUS for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))])
        painter.setPen(QPen(QColor(theme.canvas), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolygon(diamond)
        painter.setPen(QPen(QColor(theme.text), 1.2))
        painter.setBrush(QColor(theme.accent))
        painter.drawPolygon(diamond)
        _paint_words(painter, centre, theme)


def _paint_words(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """``drawing`` beside the mark, on a shadow of the ground's colour: points lie below."""
    font = painter.font()
    font.setPixelSize(11)
    painter.setFont(font)
    words, flags = "drawing", Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    place = QRectF(centre.x() + ASIDE, centre.y() - 8, painter.fontMetrics().horizontalAdvance(words) + 6, 16)
    ground = QColor(theme.canvas)
    ground.setAlphaF(0.75)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(QColor(theme.text))
    painter.drawText(place.adjusted(3, 0, 0, 0), flags, words)


def mark_of(code: Codes, spread: Codes | None, view: View) -> DrawingMark:
    """Of a code (size,) with a Gaussian posterior's standard deviations (dim,), None without one."""
    place = view.project(code[None])[0]
    if not isinstance(view.plane, LatentPlane):
        return DrawingMark(place, (), behind=bool(view.plane.behind(code[None])[0]))
    if spread is None or not np.isfinite(spread).all():
        return DrawingMark(place, ())
    # A code may be longer than its posterior: a class that the model is told is certain.
    seen = covariances_on_plane(spread[None], view.plane.axes[:, : len(spread)])
    return DrawingMark(place, tuple(outlines(place[None], seen, sigmas)[0] for sigmas in SIGMAS))
