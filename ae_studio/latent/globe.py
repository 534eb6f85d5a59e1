"""A sphere seen from outside: the front half of it, from straight ahead. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ae_studio.events import Codes
from ae_studio.latent.plane import Points

TURN = 1.0  # radians for a drag over the sphere's radius: what is under the hand stays about there
MERIDIANS, PARALLELS = 12, 5
SMOOTH = 121  # points of a circle


@dataclass(frozen=True, slots=True)
class Globe:
    """Orthographic view of unit vectors (n, 3); the rows of ``axes`` (3, 3) are right, up, and towards the eye."""

    axes: Codes = field(default_factory=lambda: np.eye(3, dtype=np.float32))
    labels: tuple[str, str] = ("", "")

    def project(self, codes: Codes) -> Points:
        """Codes (n, 3) to points (n, 2) inside the unit circle."""
        return (codes @ self.axes[:2].T).astype(np.float32)

    def behind(self, codes: Codes) -> np.ndarray:
        """Which of the codes (n, 3) are on the half that is turned away, (n,)."""
        return codes @ self.axes[2] < 0

    def lift(self, x: float, y: float, base: Codes) -> Codes:
        """The code (3,) of the front half under a point; of its rim where the point lies outside."""
        length = float(np.hypot(x, y))
        if length > 1:
            x, y = x / length, y / length
        depth = np.sqrt(max(0.0, 1 - x * x - y * y))
        return (np.array([x, y, depth], dtype=np.float32) @ self.axes).astype(np.float32)

    def turned(self, dx: float, dy: float) -> Globe:
        """The sphere rolled under a hand that moves by so many radii to the right and upwards."""
        axes = _rotation(1, TURN * dx) @ _rotation(0, TURN * dy) @ self.axes
        left, _, right = np.linalg.svd(axes)  # rounding must not add up over a long drag
        return Globe((left @ right).astype(np.float32), self.labels)

    def towards(self, code: Codes) -> Globe:
        """Turned so that this code (3,) is in front."""
        x, y = self.project(code[None])[0]
        depth = float(code @ self.axes[2])
        axes = _rotation(0, -np.arctan2(y, np.hypot(x, depth))) @ _rotation(1, -np.arctan2(x, depth)) @ self.axes
        return Globe(axes.astype(np.float32), self.labels)

    def outline(self) -> list[Points]:
        """The rim, and what can be seen of meridians and parallels: lines of points (k, 2)."""
        angle = np.linspace(0, 2 * np.pi, SMOOTH)
        lines = [np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)]
        half = angle / 2
        for longitude in np.arange(MERIDIANS) * 2 * np.pi / MERIDIANS:
            circle = (np.sin(half) * np.cos(longitude), np.cos(half), np.sin(half) * np.sin(longitude))
            lines += self._visible(np.stack(circle, axis=1))
        for latitude in np.linspace(-np.pi / 2, np.pi / 2, PARALLELS + 2)[1:-1]:
            ring = (
                np.cos(latitude) * np.cos(angle),
                np.full(SMOOTH, np.sin(latitude)),
                np.cos(latitude) * np.sin(angle),
            )
            lines += self._visible(np.stack(ring, axis=1))
        return lines

    def _visible(self, line: np.ndarray) -> list[Points]:
        """The stretches of a line (k, 3) on the front half."""
        codes = line.astype(np.float32)
        front = ~self.behind(codes)
        cuts = np.flatnonzero(np.diff(front)) + 1
        pieces = np.split(np.arange(len(codes)), cuts)
        return [self.project(codes[piece]) for piece in pieces if front[piece[0]] and len(piece) > 1]


def circle(radius: float) -> list[Points]:
    """The rim of a disc, as one line of points (k, 2)."""
    angle = np.linspace(0, 2 * np.pi, SMOOTH)
    return [(radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)).astype(np.float32)]


def _rotation(axis: int, angle: float) -> np.ndarray:
    """About the first (0) or second (1) of three axes; a positive angle takes the third towards the free one."""
    cosine, sine = np.cos(angle), np.sin(angle)
    free = 1 - axis
    matrix = np.eye(3)
    matrix[free, free] = matrix[2, 2] = cosine
    matrix[free, 2], matrix[2, free] = sine, -sine
    return matrix
