"""What the canvas shows of the latent space. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ae_studio.events import Codes, LatentSpace
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import LatentPlane, Points
from ae_studio.latent.valid import nearest_valid


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A plane, the rectangle of it that is seen, its size in pixels, and the ``handle``'s full code (size,)."""

    space: LatentSpace
    plane: LatentPlane | Globe
    left: float
    right: float
    bottom: float
    top: float
    width: int
    height: int
    handle: Codes

    @property
    def scale(self) -> float:
        """Pixels a unit of the plane."""
        return self.width / (self.right - self.left)

    @property
    def base(self) -> Codes:
        """The handle's code without its part in the plane: what is the same wherever in the plane the hand moves.

        Zeros on a globe, and where the plane is that of a codebook's entries, of which the code has several.
        """
        if isinstance(self.plane, Globe) or self.space.kind == "codebook":
            return np.zeros_like(self.handle)
        return self.plane.lift(0.0, 0.0, self.handle)

    def project(self, codes: Codes) -> Points:
        """Codes (n, size) to points (n, 2) of the plane."""
        return self.plane.project(codes)

    def lift(self, points: Points) -> Codes:
        """Points (n, 2) of the plane to codes (n, size) that agree with the handle off the plane."""
        if isinstance(self.plane, Globe):
            return np.stack([self.plane.lift(float(x), float(y), self.handle) for x, y in points])
        codes = (self.base + points @ self.plane.axes).astype(np.float32)
        if self.space.kind == "flat" and not self.space.switches:
            return codes
        return np.stack([nearest_valid(self.space, code) for code in codes])

    def grid(self, columns: int, rows: int) -> Points:
        """Points (rows * columns, 2) at the centres of equal cells over the rectangle, row by row from the top left."""
        x = self.left + (np.arange(columns) + 0.5) * (self.right - self.left) / columns
        y = self.top - (np.arange(rows) + 0.5) * (self.top - self.bottom) / rows
        return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)
