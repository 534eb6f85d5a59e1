"""Which small steps the decoder answers with the same change of its image."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ae_studio.gui.colour_bar import ABOVE_NUMBERS, paint_plate
from ae_studio.gui.layers.layer import Choice, Drawing, Layer, Marks, Values
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

CELLS = {"wide": 88, "usual": 56, "close": 36}  # pixels from one to the next
BESIDE_NUMBERS = 44.0  # pixels: the grid's own stand along the left edge


@dataclass(frozen=True, slots=True, eq=False)
class Ellipses:
    """Outlines (n, corners, 2) in the plane; ``words`` say what they stand for."""

    outlines: npt.NDArray[np.float32]
    words: str

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, filled = QColor(theme.text), QColor(theme.text)
        ink.setAlphaF(0.75)
        filled.setAlphaF(0.08)
        painter.setPen(QPen(ink, 1.1))
        painter.setBrush(filled)
        for outline in self.outlines:
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in pixel_map.to_pixels(outline).tolist()]))

    def paint_legend(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        font = painter.font()
        font.setPixelSize(11)
        width = QFontMetricsF(font).horizontalAdvance(self.words) + 20
        box = QRectF(BESIDE_NUMBERS, pixel_map.height - 22 - ABOVE_NUMBERS, width, 22)
        paint_plate(painter, box, theme)
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)


class IndicatricesLayer(Layer):
    key = "indicatrices"
    title = "Indicatrices"
    hint = (
        "Ellipses of steps that change the decoded image equally much: long where it changes little. "
        "Where their sizes range too far to be seen, the logarithms of their sizes are drawn in proportion"
    )
    follows = frozenset({"look", "plane", "window", "base"})
    options = (Choice("cells", "Distance", {"wide": "Wide", "usual": "Usual", "close": "Close"}, "usual"),)

    def why_not(self, scene: Scene) -> str:
        from ae_studio.latent.distortion import why_not

        return why_not(scene.space) or scene.why_no_derivatives

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        from ae_studio.latent.distortion import indicatrices

        assert scene.look.derivatives is not None
        cell = CELLS[values["cells"]]
        columns, rows = (max(1, round(size / cell)) for size in (view.width, view.height))
        if scene.space.size == 1:
            rows = 1  # all is the same above one another
        found = indicatrices(scene.look.derivatives, view, columns, rows)
        if not len(found.outlines):
            return None
        words = f"A step onto a rim changes the image by {found.step:.2g}"
        if found.true_range > 1.05 * found.drawn_range:
            words = f"Sizes range 1 : {found.true_range:,.0f}, drawn as 1 : {found.drawn_range:.0f}"
        return Ellipses(found.outlines, words)
