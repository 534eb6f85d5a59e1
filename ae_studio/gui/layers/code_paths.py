"""Where codes have been: their ways through all epochs, and how far each has moved from epoch A to epoch B."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from ae_studio.events import Codes, Labels
from ae_studio.gui.colour_bar import ABOVE_NUMBERS, FROM_EDGE, paint_plate
from ae_studio.gui.colour_scale import scale_colours
from ae_studio.gui.layers.kept_picture import KeptDrawing, KeptPicture
from ae_studio.gui.layers.layer import Amount, Drawing, Layer, Marks, Values
from ae_studio.gui.layers.lines import FAR, faded
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.explorer import spread_over_y
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import Points
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

Behind = npt.NDArray[np.bool_]

MOST_PATHS = 30  # of points that nobody has selected, evenly many
MOST_SELECTED = 200
BEHIND = 0.25  # opacity on the far side of a globe
GHOST, DOT, NOW = 3.0, 2.2, 4.0  # pixels of radius
BAR_WIDTH, BAR_HEIGHT = 150.0, 40.0  # pixels of the legend
BESIDE_TOOLS = 48.0  # pixels: in a low window the tools reach down to it


@dataclass(frozen=True, slots=True, eq=False)
class PathsDrawing(KeptDrawing):
    """``places`` (epochs, k, 2) of k codes, ``behind`` (epochs, k), and which of the ``epochs`` is shown, if any is."""

    epochs: tuple[int, ...]
    places: Points
    behind: Behind
    now: int | None
    kept: KeptPicture = field(default_factory=KeptPicture)
    kept_words: KeptPicture = field(default_factory=KeptPicture)

    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pixels = _pixels(self.places, pixel_map)
        colours = scale_colours(theme, max(2, len(self.epochs)))
        for step in range(1, len(self.epochs)):
            hidden = self.behind[step - 1] | self.behind[step]
            for chosen, strength in ((~hidden, 1.0), (hidden, BEHIND)):
                path = _segments(pixels[step - 1][chosen], pixels[step][chosen])
                painter.setPen(_pen(faded(theme.canvas, 0.6 * strength), 3.4))  # so that it is seen over anything
                painter.drawPath(path)
                painter.setPen(_pen(faded(colours[step], strength), 1.6))
                painter.drawPath(path)
        if self.now is not None:
            painter.setPen(QPen(QColor(theme.canvas), 1.2))
            painter.setBrush(QColor(colours[self.now]))
            for (x, y), hidden_one in zip(pixels[self.now].tolist(), self.behind[self.now], strict=True):
                painter.setOpacity(BEHIND if hidden_one else 1.0)
                painter.drawEllipse(QPointF(x, y), NOW, NOW)

    def _paint_words(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """What the colours mean, in the lower left corner; the epoch that is shown is ticked."""
        top = pixel_map.height - BAR_HEIGHT - ABOVE_NUMBERS
        box = QRectF(FROM_EDGE + BESIDE_TOOLS, top, BAR_WIDTH, BAR_HEIGHT)
        paint_plate(painter, box, theme)
        bar = QRectF(box.left() + 8, box.top() + 8, box.width() - 16, 8)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for place, colour in zip(np.linspace(0, 1, 9).tolist(), scale_colours(theme, 9), strict=True):
            gradient.setColorAt(place, QColor(colour))
        painter.fillRect(bar, gradient)
        first, last = self.epochs[0], self.epochs[-1]
        if self.now is not None and last > first:
            x = bar.left() + bar.width() * (self.epochs[self.now] - first) / (last - first)
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawLine(QPointF(x, bar.top() - 2), QPointF(x, bar.bottom() + 2))
        painter.setPen(QColor(theme.dim))
        below = QRectF(bar.left(), bar.bottom() + 3, bar.width(), 15)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"epoch {first:,}")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{last:,}")


@dataclass(frozen=True, slots=True, eq=False)
class MovesDrawing(KeptDrawing):
    """From ``start`` (k, 2) to ``goal`` (k, 2), in the colours of their classes ``labels`` (k,)."""

    start: Points
    goal: Points
    behind: Behind
    labels: Labels
    classes: int
    names: tuple[str, str]
    kept: KeptPicture = field(default_factory=KeptPicture)
    kept_words: KeptPicture = field(default_factory=KeptPicture)

    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, goal = _pixels(self.start, pixel_map), _pixels(self.goal, pixel_map)
        colours = class_colours(theme, self.classes)
        for label in np.unique(self.labels).tolist():
            for hidden, strength in ((False, 1.0), (True, BEHIND)):
                chosen = (self.labels == label) & (self.behind == hidden)
                colour = colours[label % len(colours)]
                painter.setPen(_pen(faded(colour, 0.45 * strength), 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_segments(start[chosen], goal[chosen]))
                painter.setPen(QPen(faded(colour, 0.7 * strength), 1.0))
                for x, y in start[chosen].tolist():
                    painter.drawEllipse(QPointF(x, y), GHOST, GHOST)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(faded(colour, 0.9 * strength))
                for x, y in goal[chosen].tolist():
                    painter.drawEllipse(QPointF(x, y), DOT, DOT)

    def _paint_words(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """What is a ring and what a dot, in the upper left corner."""
        words = f"○ {self.names[0]}   ● {self.names[1]}"
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        box = QRectF(FROM_EDGE, FROM_EDGE, painter.fontMetrics().horizontalAdvance(words) + 20, 22)
        box.moveLeft(pixel_map.width / 2 - box.width() / 2)  # the tools stand at the left, marks at the right
        paint_plate(painter, box, theme)
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class PathsLayer(Layer):
    key = "code_paths"
    title = "Paths"
    hint = (
        "The way of the selected points, and of the one under the mouse, through all epochs, from dark to light; of 30 "
        "points where none is selected. Only its corners are codes. All of it is seen on the plane of the epoch shown"
    )
    follows = frozenset({"look", "paths", "plane", "selection", "focus", "hidden"})

    def why_not(self, scene: Scene) -> str:
        return scene.why_no_paths

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        if scene.why_no_paths:
            return None
        shown = np.flatnonzero(~np.isin(scene.labels[: len(scene.codes)], list(marks.hidden)))
        wished = [*marks.selected] if marks.focus is None else sorted({*marks.selected, marks.focus})
        chosen = [index for index in wished if index < len(scene.codes) and index in shown]
        chosen = thinned(chosen, MOST_SELECTED) if chosen else thinned(shown.tolist(), MOST_PATHS)
        ways = {epoch: codes[chosen] for epoch, codes in scene.paths.codes.items() if codes.shape == scene.codes.shape}
        seen = [_seen(codes, scene, view, chosen) for codes in ways.values()]
        epochs = tuple(ways)
        now = epochs.index(scene.look.epoch) if scene.look.epoch in ways else None
        return PathsDrawing(epochs, np.stack([each[0] for each in seen]), np.stack([each[1] for each in seen]), now)


class MovesLayer(Layer):
    key = "code_moves"
    title = "From A to B"
    hint = (
        "How each code has moved between the epochs A and B of the slider: a ring where it was at A, a line to where "
        "it was at B. Both are seen on the plane of the epoch shown"
    )
    follows = frozenset({"paths", "plane", "selection", "hidden"})
    options = (Amount("most", "At most", 20, 2000, 400),)

    def why_not(self, scene: Scene) -> str:
        return scene.why_no_moves

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        moved = scene.paths.moved
        if (
            scene.why_no_moves
            or moved is None
            or moved[0].shape != scene.codes.shape
            or moved[1].shape != scene.codes.shape
        ):
            return None
        hidden = np.isin(scene.labels[: len(scene.codes)], list(marks.hidden))
        wished = marks.selected or range(len(scene.codes))
        chosen = thinned([index for index in wished if not hidden[index]], int(values["most"]))
        (start, start_behind), (goal, goal_behind) = (_seen(codes[chosen], scene, view, chosen) for codes in moved)
        first, second = (f"epoch {epoch}" for epoch in scene.paths.ends)
        names = f"A: {first}", f"B: {second}"
        classes = max(1, len(scene.class_names))
        return MovesDrawing(start, goal, start_behind | goal_behind, scene.labels[chosen], classes, names)


def thinned(indices: Sequence[int], most: int) -> list[int]:
    """At most so many of them, evenly."""
    return list(indices[:: max(1, -(-len(indices) // most))])


def _seen(codes: Codes, scene: Scene, view: View, chosen: Sequence[int]) -> tuple[Points, Behind]:
    """Where the canvas shows codes (k, d) of the images ``chosen``, (k, 2), and which are on the far side (k,)."""
    points = view.project(codes)
    if scene.space.size == 1:  # each class at the height at which the epoch that is shown has it
        points[:, 1] = spread_over_y(view.project(scene.codes), scene.labels)[chosen, 1]
    behind = view.plane.behind(codes) if isinstance(view.plane, Globe) else np.zeros(len(codes), dtype=np.bool_)
    return points, behind


def _pixels(places: Points, pixel_map: PixelMap) -> Points:
    """World units (..., 2) to pixels."""
    pixels = pixel_map.to_pixels(places.reshape(-1, 2)).reshape(places.shape)
    clipped: Points = np.clip(pixels, -FAR, FAR)
    return clipped


def _segments(start: Points, goal: Points) -> QPainterPath:
    path = QPainterPath()
    for (x0, y0), (x1, y1) in zip(start.tolist(), goal.tolist(), strict=True):
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    return path


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
