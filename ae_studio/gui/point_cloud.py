"""Thousands of coloured dots as one picture, stamped by numpy in a millisecond or two; still more as a raster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from ae_studio.gui.point_raster import PointRaster
from ae_studio.gui.shapes import Shape, coverage, disc

PHASES = 4  # positions within a pixel, each way: dots glide instead of hopping from pixel to pixel
REACH = 1.6  # radii that the farthest corner of any mark is away from its centre
RASTER_FROM = 20_000  # points in view: stamping more takes longer than a raster, which shows their density too


class PointCloud:
    """Stamps dots of one size into a picture. ``radius`` is in device pixels; ``shapes`` is the mark of every class."""

    def __init__(self, colours: tuple[str, ...], radius: float, shapes: Sequence[Shape] = ()) -> None:
        self.margin = int(np.ceil(REACH * radius if shapes else radius)) + 1
        rgb = np.array([_rgb(colour) for colour in colours], dtype=np.uint8).reshape(-1, 3)
        of_class = [*shapes] or [disc] * len(colours)
        self._groups = [
            _Group.of([each is shape for each in of_class], rgb, radius, self.margin, shape)
            for shape in dict.fromkeys(of_class)
        ]
        self._raster = PointRaster(rgb)
        self._picture = np.zeros((0, 0), dtype=np.uint32)

    def paint(
        self,
        pixels: npt.NDArray[np.float32],
        classes: npt.NDArray[np.integer],
        width: int,
        height: int,
        shown: npt.NDArray[np.bool_] | None = None,
    ) -> QImage:
        """Dots at device pixels (n, 2), coloured by class (n,), over nothing; of those that are ``shown`` (n,).

        The picture is ``margin`` pixels larger on every side, and good until the next call.
        """
        reach = self.margin
        padded = (height + 2 * reach, width + 2 * reach)
        if self._picture.shape != padded:
            self._picture = np.zeros(padded, dtype=np.uint32)
        else:
            self._picture.fill(0)
        x, y = pixels[:, 0], pixels[:, 1]
        inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
        if shown is not None:
            inside &= shown
        x, y, classes = x[inside], y[inside], classes[inside]
        if len(x) > RASTER_FROM:
            self._raster.paint(x.astype(np.int32) + reach, y.astype(np.int32) + reach, classes, self._picture)
        else:
            self._stamp(x, y, classes)
        memory = self._picture.data.cast("B")
        return QImage(memory, padded[1], padded[0], padded[1] * 4, QImage.Format.Format_ARGB32_Premultiplied)

    def _stamp(self, x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], classes: npt.NDArray[np.integer]) -> None:
        columns, rows = x.astype(np.int32), y.astype(np.int32)  # not negative: the same as rounding down
        phase_x, phase_y = ((x - columns) * PHASES).astype(np.int32), ((y - rows) * PHASES).astype(np.int32)
        kinds = phase_y * PHASES + phase_x
        row = self._picture.shape[1]
        corners = rows * row + columns  # the margin makes up for the stamps' reach
        flat = self._picture.ravel()
        for group in self._groups:
            own = group.rows[classes]
            phases = np.where(own >= 0, kinds, -1) if len(self._groups) > 1 else kinds
            for kind, (down, right, shades) in enumerate(group.stamps):
                chosen = np.flatnonzero(phases == kind)
                flat[corners[chosen, None] + (down * row + right)] = shades[own[chosen]]


Stamp = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint32]]


@dataclass(frozen=True, slots=True)
class _Group:
    """The classes of one mark: of each (classes,) its row in the stamps' colours, -1 where the mark is another."""

    rows: npt.NDArray[np.int64]
    stamps: list[Stamp]

    @classmethod
    def of(cls, members: list[bool], colours: npt.NDArray[np.uint8], radius: float, reach: int, shape: Shape) -> _Group:
        own = np.array(members)
        return cls(np.where(own, np.cumsum(own) - 1, -1), _stamps(colours[own], radius, reach, shape))


def _stamps(colours: npt.NDArray[np.uint8], radius: float, reach: int, shape: Shape) -> list[Stamp]:
    """For every phase a mark with a soft edge: rows (k,), columns (k,) and premultiplied ARGB (classes, k)."""
    across, down = np.meshgrid(*[np.arange(-reach, reach + 1, dtype=np.float64)] * 2)
    shifts = (np.arange(PHASES) + 0.5) / PHASES
    stamps = []
    for dy in shifts:
        for dx in shifts:
            alpha = coverage(shape, across - dx, down - dy, radius)
            rows, columns = np.nonzero(alpha > 1 / 255)
            stamps.append(
                (rows.astype(np.int32), columns.astype(np.int32), _premultiplied(colours, alpha[rows, columns]))
            )
    return stamps


def _premultiplied(colours: npt.NDArray[np.uint8], alpha: npt.NDArray[np.float64]) -> npt.NDArray[np.uint32]:
    """ARGB (classes, k) of colours (classes, 3) at opacities (k,)."""
    found = np.broadcast_to(np.round(255 * alpha).astype(np.uint32) << 24, (len(colours), len(alpha))).copy()
    for channel, shift in enumerate((16, 8, 0)):
        found |= np.round(alpha * colours[:, channel, None]).astype(np.uint32) << shift
    return found


def _rgb(colour: str) -> tuple[int, int, int]:
    named = QColor(colour)
    return named.red(), named.green(), named.blue()
