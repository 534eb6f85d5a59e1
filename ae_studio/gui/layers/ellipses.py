"""Gaussians at their true scale: posteriors of images, and what each class' codes are together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.events import Codes
from ae_studio.gui.layers.kept_picture import KeptDrawing, KeptPicture
from ae_studio.gui.layers.layer import Choice, Drawing, Layer, Marks, Values
from ae_studio.gui.layers.lines import Line, faded, path_of, write
from ae_studio.gui.theme import Theme, class_colours
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.ellipses import class_gaussians, covariances_on_plane, outlines
from ae_studio.latent.explorer import spread_over_y
from ae_studio.latent.plane import LatentPlane
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

MOST = 200  # ellipses of selected points; of more, evenly many
SOME = 100  # of all points, where none is selected


@dataclass(frozen=True, slots=True, eq=False)
class Ellipse:
    """Outlines in the colour of a class; ``strong``: filled as well. ``name`` is written in its middle."""

    label: int
    lines: list[Line]
    strong: bool = False
    name: str = ""
    middle: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class EllipsesDrawing(KeptDrawing):
    ellipses: list[Ellipse]
    classes: int
    kept: KeptPicture = field(default_factory=KeptPicture)
    kept_words: KeptPicture = field(default_factory=KeptPicture)

    def _paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = class_colours(theme, self.classes)
        for ellipse in self.ellipses:
            colour = colours[ellipse.label % len(colours)]
            path = path_of(ellipse.lines, pixel_map)
            if ellipse.strong:
                path.setFillRule(Qt.FillRule.WindingFill)
                painter.fillPath(path, faded(colour, 0.14))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(faded(colour, 1.0 if ellipse.strong else 0.7), 1.6 if ellipse.strong else 1.0))
            painter.drawPath(path)

    def _paint_words(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        colours = class_colours(theme, self.classes)
        for ellipse in self.ellipses:
            if ellipse.name:
                middle = pixel_map.to_pixels(np.array([ellipse.middle], dtype=np.float32))[0]
                colour = colours[ellipse.label % len(colours)]
                write(painter, QPointF(*map(float, middle)), ellipse.name, QColor(colour), theme, bold=True)


class PosteriorEllipses(Layer):
    key = "posterior_ellipses"
    title = "Posterior ellipses"
    hint = (
        "How surely an image's code is known, at true scale: one standard deviation of its posterior (39 % of it), and "
        "two (86 %) for the point under the mouse"
    )
    follows = frozenset({"look", "plane", "selection", "focus", "hidden"})
    options = (
        Choice(
            "of",
            "Of",
            {"some": "Selected, else some", "chosen": "Selected only"},
            "some",
        ),
    )

    def why_not(self, scene: Scene) -> str:
        return scene.why_not_flat or scene.why_no_spread

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        if scene.look.spread is None or not isinstance(view.plane, LatentPlane):
            return None
        hidden = np.isin(scene.labels[: len(scene.codes)], list(marks.hidden))
        chosen = _thinned([index for index in marks.selected if not hidden[index]], MOST)
        if not marks.selected and values.get("of") != "chosen":
            chosen = _thinned(np.flatnonzero(~hidden).tolist(), SOME)
        ellipses = _posteriors(scene, view, chosen, (1.0,))
        if marks.focus is not None and marks.focus < len(scene.codes):
            ellipses += _posteriors(scene, view, [marks.focus], (1.0, 2.0), strong=True)
        return EllipsesDrawing(ellipses, max(1, len(scene.class_names)))


class ClassEllipses(Layer):
    key = "class_ellipses"
    title = "Class ellipses"
    hint = (
        "Each class' codes as one Gaussian on the plane, with its own mean and covariance, at two standard deviations: "
        "86 % of the class lie within, if it is one"
    )
    follows = frozenset({"look", "plane", "hidden"})

    def why_not(self, scene: Scene) -> str:
        if scene.why_not_flat:
            return scene.why_not_flat
        return "" if len(np.unique(scene.labels)) > 1 else "These images have no classes"

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        classes, means, covariances = class_gaussians(_seen(scene, view), scene.labels[: len(scene.codes)])
        lines = outlines(means, covariances, 2.0)
        ellipses = [
            Ellipse(label, [line], strong=True, name=_name(scene, label), middle=(float(x), float(y)))
            for label, line, (x, y) in zip(classes, lines, means, strict=True)
            if label not in marks.hidden
        ]
        return EllipsesDrawing(ellipses, max(1, len(scene.class_names)))


def _posteriors(
    scene: Scene, view: View, indices: Sequence[int], sigmas: Sequence[float], *, strong: bool = False
) -> list[Ellipse]:
    """An ellipse for each code, with a line for each of the ``sigmas``."""
    assert scene.look.spread is not None
    assert isinstance(view.plane, LatentPlane)
    chosen = np.asarray(indices, dtype=np.int64)
    dim = scene.look.spread.shape[1]  # a code's switches have no spread
    covariances = covariances_on_plane(scene.look.spread[chosen], view.plane.axes[:, :dim])
    means = _seen(scene, view)[chosen]
    lines = [outlines(means, covariances, sigma) for sigma in sigmas]
    return [
        Ellipse(int(scene.labels[index]), [each[place] for each in lines], strong=strong)
        for place, index in enumerate(chosen)
    ]


def _seen(scene: Scene, view: View) -> Codes:
    """Where the canvas shows the codes, (n, 2)."""
    points = view.project(scene.codes)
    return spread_over_y(points, scene.labels) if scene.space.size == 1 else points


def _thinned(indices: Sequence[int], most: int) -> list[int]:
    """At most so many of them, evenly."""
    step = max(1, -(-len(indices) // most))
    return list(indices[::step])


def _name(scene: Scene, label: int) -> str:
    return scene.class_names[label] if 0 <= label < len(scene.class_names) else str(label)
