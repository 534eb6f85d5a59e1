"""What a training step does, drawn on the canvas: the images' codes, their clouds, and what is drawn from those."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ae_studio.events import Codes, StepSeen
from ae_studio.gui.hand import Hand
from ae_studio.gui.held_paint import to_pixel
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.stage_paint import eased, in_turn, paint_tag
from ae_studio.gui.step_words import BATCH, ENCODE, SAMPLE, UPDATE
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.ellipses import covariances_on_plane, outlines
from ae_studio.latent.explorer import class_heights
from ae_studio.latent.plane import LatentPlane, Points

KEY = "slow motion"
SIGMAS = (2, 1)
SHADES = (0.12, 0.2)  # of the area within so many sigmas
WIDE = 160  # pixels across from which on a cloud is the fainter the wider it is: eight of them may lie over each other
LATER = 0.3  # opacity of the clouds and ways once the codes are drawn
BEHIND = 0.35  # opacity of what lies on the far side of a globe


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Points (n, 2) of the plane, the outlines (k, 2) of their clouds, the widest first, which lie behind a globe."""

    codes: Points
    samples: Points
    clouds: list[list[Points]]
    behind: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class StepDrawing:
    """A stage, as far as it has been played. Places are asked for at each painting: the plane may turn meanwhile."""

    places: Callable[[], Places]
    labels: tuple[int, ...]
    class_count: int
    stage: int
    share: float

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, colours = self.places(), class_colours(theme, self.class_count)
        count = len(self.labels)
        for index in reversed(range(count)):  # so that the first images lie on top
            colour = colours[self.labels[index]]
            seen = in_turn(self.share, index, count) if self.stage == ENCODE else 1.0
            strength = seen * (BEHIND if places.behind[index] else 1.0)
            painter.setOpacity(strength * (1.0 if self.stage <= SAMPLE else LATER))
            for outline, shade in zip(places.clouds[index] if places.clouds else [], SHADES, strict=False):
                _paint_cloud(painter, pixel_map.to_pixels(outline), colour, shade)
            self._paint_way(painter, pixel_map, theme, places, index, colour)
            painter.setOpacity(strength)
            paint_tag(painter, self._place(pixel_map, places, index), index + 1, colour, theme)
        painter.setOpacity(1)

    def _place(self, pixel_map: PixelMap, places: Places, index: int) -> QPointF:
        """At first the code; once something is drawn it travels there, and stays."""
        start, end = (to_pixel(_pair(points[index]), pixel_map) for points in (places.codes, places.samples))
        moved = 0.0 if self.stage < SAMPLE else eased(1.2 * self.share) if self.stage == SAMPLE else 1.0
        return start + (end - start) * moved

    def _paint_way(
        self, painter: QPainter, pixel_map: PixelMap, theme: Theme, places: Places, index: int, colour: str
    ) -> None:
        """From the code to where it is now."""
        if self.stage < SAMPLE:
            return
        start = to_pixel(_pair(places.codes[index]), pixel_map)
        for line, width in ((theme.canvas, 4.0), (colour, 1.6)):
            painter.setPen(QPen(QColor(line), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(start, self._place(pixel_map, places, index))
        painter.setBrush(QColor(theme.canvas))
        painter.drawEllipse(start, 3, 3)


def _paint_cloud(painter: QPainter, pixels: Points, colour: str, shade: float) -> None:
    fill = QColor(colour)
    fill.setAlphaF(shade * min(1.0, WIDE / max(1.0, float(np.ptp(pixels, axis=0).max()))))
    painter.setBrush(fill)
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in pixels]))


def _pair(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])


class StepMarks(QObject):
    """Keeps the canvas's overlay true to the stage that is played."""

    def __init__(self, hand: Hand, canvas: LatentCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hand = hand
        self._canvas = canvas
        self._seen: StepSeen | None = None

    def begin(self, seen: StepSeen) -> None:
        fits = seen.codes.shape[1] == self._hand.explorer.space.size and np.isfinite(seen.samples).all()
        self._seen = seen if fits and np.isfinite(seen.codes).all() else None
        if self._seen is not None:
            places = self._places()
            self._canvas.make_room(np.concatenate([places.codes, places.samples]))

    def show(self, stage: int, share: float) -> None:
        """From the encoding until the weights change: behind that the codes are other ones."""
        if self._seen is None or stage in (BATCH, UPDATE):
            self._canvas.show_overlay(KEY, None)
            return
        labels = tuple(self._seen.labels.tolist())
        count = max(1, len(self._hand.explorer.class_names), max(labels, default=0) + 1)
        self._canvas.show_overlay(KEY, StepDrawing(self._places, labels, count, stage, share))

    def clear(self) -> None:
        self._seen = None
        self._canvas.make_room(None)
        self._canvas.show_overlay(KEY, None)

    def _places(self) -> Places:
        assert self._seen is not None
        seen, plane = self._seen, self._hand.explorer.plane
        codes, samples = self._of_slot(seen.codes), self._of_slot(seen.samples)
        points, drawn = plane.project(codes) + self._aside(), plane.project(samples) + self._aside()
        if not isinstance(plane, LatentPlane):
            return Places(points, drawn, [], plane.behind(codes))
        clouds: list[list[Points]] = []
        if seen.spread is not None and np.isfinite(seen.spread).all():
            covariances = covariances_on_plane(seen.spread, plane.axes[:, : seen.spread.shape[1]])
            clouds = [list(each) for each in zip(*(outlines(points, covariances, s) for s in SIGMAS), strict=True)]
        return Places(points, drawn, clouds, np.zeros(len(points), dtype=np.bool_))

    def _aside(self) -> Points:
        """(n, 2): where a code is one number, the canvas has each class at a height of its own."""
        assert self._seen is not None
        explorer, labels = self._hand.explorer, self._seen.labels
        aside = np.zeros((len(labels), 2), dtype=np.float32)
        if explorer.space.size == 1 and len(explorer.codes) and labels.max() <= explorer.labels.max():
            aside[:, 1] = class_heights(explorer.plane.project(explorer.codes), explorer.labels)[labels]
        return aside

    def _of_slot(self, codes: Codes) -> Codes:
        """Of a codebook's codes the entries of the slot that the hand moves: those are the points of the canvas."""
        explorer = self._hand.explorer
        if explorer.space.kind != "codebook":
            return codes
        return codes.reshape(len(codes), explorer.space.slots, -1)[:, explorer.slot]
