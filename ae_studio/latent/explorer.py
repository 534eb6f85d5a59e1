"""Where the hand is in the latent space, and what lies around it. Knows neither torch nor Qt."""

from __future__ import annotations

import numpy as np

from ae_studio.events import Codes, Labels, LatentSpace
from ae_studio.latent.plane import LatentPlane, Points, dimension_plane, pca_plane

PCA = "pca"
Plane = tuple[int, int] | str
"""Two dimensions counted from 0, or :data:`PCA`."""


class Explorer:
    """Codes of one moment (n, d), the plane they are seen in, and the handle: a full code (d,) that the hand moves."""

    def __init__(self, space: LatentSpace, labels: Labels, class_names: tuple[str, ...] = ()) -> None:
        self.space = space
        self.labels = labels
        self.class_names = class_names
        self.codes: Codes = np.zeros((0, space.size), dtype=np.float32)
        self.handle: Codes = self.centre()
        self.choice: Plane = (0, min(1, space.size - 1))
        self.plane: LatentPlane = dimension_plane(space.size, *self.choice)

    def centre(self) -> Codes:
        """The code (d,) at the middle of the prior: zeros, and the first option of every switch."""
        code = np.zeros(self.space.size, dtype=np.float32)
        start = self.space.dim * self.space.slots
        for switch in self.space.switches:
            code[start] = 1
            start += len(switch.options)
        return code

    def show(self, codes: Codes) -> None:
        """New codes of the same images."""
        self.codes = codes
        if self.choice == PCA:
            self.plane = pca_plane(codes, self.plane)

    def choose(self, choice: Plane) -> None:
        """Another plane; the handle keeps its full code."""
        self.choice = choice
        if isinstance(choice, str):
            self.plane = pca_plane(self.codes, self.plane) if len(self.codes) > 1 else self.plane
        else:
            self.plane = dimension_plane(self.space.size, *choice)

    def positions(self) -> Points:
        """The codes on the plane, (n, 2). A code of one number is spread over y by class, to be seen at all."""
        points = self.plane.project(self.codes)
        if self.space.size == 1 and len(points):
            spread = float(np.ptp(points[:, 0])) or 1.0
            points[:, 1] = (self.labels[: len(points)] / max(1, self.labels.max()) - 0.5) * 0.5 * spread
        return points

    def handle_position(self) -> tuple[float, float]:
        x, y = self.plane.project(self.handle[None])[0]
        return float(x), float(y)

    def code_at(self, x: float, y: float) -> Codes:
        """The code (d,) under a point of the plane, with the handle's own value off the plane."""
        return self.plane.lift(x, y, self.handle)

    def nearest(self, code: Codes) -> tuple[int, float] | None:
        """Index and distance of the code of a real image nearest to this one; None before there are codes."""
        if not len(self.codes):
            return None
        squared = np.square(self.codes - code).sum(axis=1)
        index = int(squared.argmin())
        return index, float(np.sqrt(squared[index]))

    def nearest_in_words(self, code: Codes) -> str:
        """Class and distance of the nearest code, ``"7, 0.12 away"``; empty before there are codes."""
        nearest = self.nearest(code)
        if nearest is None:
            return ""
        index, distance = nearest
        label = int(self.labels[index])
        name = self.class_names[label] if label < len(self.class_names) else str(label)
        return f"{name}, {distance:.2f} away"
