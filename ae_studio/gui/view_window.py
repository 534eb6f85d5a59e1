"""What part of a plane a canvas shows: world to pixels and back, with the same scale on both axes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

ROOMY = 0.5  # share of a window that is in use, below which it is too large
CLOSER = 0.2  # of the way to what is needed, at each look
MARGIN = 0.06  # of the window's size, left free around the points


@dataclass(frozen=True, slots=True)
class ViewWindow:
    """Centre and half size, in world units, of what must be seen; a wider widget shows more to the sides."""

    x: float = 0.0
    y: float = 0.0
    half_width: float = 1.0
    half_height: float = 1.0

    @classmethod
    def around(cls, points: npt.NDArray[np.float32]) -> ViewWindow:
        """The window that holds points (n, 2), but for the farthest half percent on each side."""
        low, high = np.quantile(points, [0.005, 0.995], axis=0)
        half = np.maximum((high - low) / 2 * (1 + 2 * MARGIN), 1e-6)
        centre = (low + high) / 2
        return cls(float(centre[0]), float(centre[1]), float(half[0]), float(half[1]))

    def grown(self, other: ViewWindow) -> ViewWindow:
        """The smallest window that holds both."""
        left, right = min(self.left, other.left), max(self.right, other.right)
        bottom, top = min(self.bottom, other.bottom), max(self.top, other.top)
        return ViewWindow((left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2)

    def following(self, needed: ViewWindow) -> ViewWindow:
        """The window that shows what is needed now: it grows at once, and stays where it is rather than follow every
        step; only where less than half of it is used it comes nearer, little by little.
        """
        grown = self.grown(needed)
        used = max(needed.half_width / grown.half_width, needed.half_height / grown.half_height)
        return grown.blended(needed, CLOSER) if used < ROOMY else grown

    def blended(self, other: ViewWindow, share: float) -> ViewWindow:
        """This window at 0, the other at 1."""
        return ViewWindow(*(a + (b - a) * share for a, b in zip(self.as_tuple(), other.as_tuple(), strict=True)))

    def zoomed(self, factor: float, x: float, y: float) -> ViewWindow:
        """Scaled about a world point, which stays where it is; ``factor`` below 1 comes nearer."""
        return ViewWindow(
            x + (self.x - x) * factor, y + (self.y - y) * factor, self.half_width * factor, self.half_height * factor
        )

    def moved(self, dx: float, dy: float) -> ViewWindow:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def as_tuple(self) -> tuple[float, float, float, float]:
        return self.x, self.y, self.half_width, self.half_height

    @property
    def left(self) -> float:
        return self.x - self.half_width

    @property
    def right(self) -> float:
        return self.x + self.half_width

    @property
    def bottom(self) -> float:
        return self.y - self.half_height

    @property
    def top(self) -> float:
        return self.y + self.half_height


@dataclass(frozen=True, slots=True)
class PixelMap:
    """World units to the pixels of a widget of this size. y grows upwards in the world, downwards on the screen."""

    window: ViewWindow
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels a world unit."""
        return max(1e-12, min(self.width / (2 * self.window.half_width), self.height / (2 * self.window.half_height)))

    def to_pixels(self, points: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """World points (n, 2) to pixels (n, 2); all x stand one after another in memory, and all y, for speed."""
        scale = self.scale
        pixels = np.empty(points.shape, dtype=np.float32, order="F")
        np.multiply(points[:, 0], np.float32(scale), out=pixels[:, 0])
        np.multiply(points[:, 1], np.float32(-scale), out=pixels[:, 1])
        pixels += np.array(
            [self.width / 2 - self.window.x * scale, self.height / 2 + self.window.y * scale], np.float32
        )
        return pixels

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """A pixel to world units."""
        scale = self.scale
        return (x - self.width / 2) / scale + self.window.x, (self.height / 2 - y) / scale + self.window.y
