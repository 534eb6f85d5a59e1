"""Thousands of coloured dots as one picture, stamped by numpy in a millisecond or two; still more as a raster."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from ae_studio.gui.point_raster import PointRaster

PHASES = 4  # positions within a pixel, each way: dots glide instead of hopping from pixel to pixel
RASTER_FROM = 20_000  # points in view: stamping more takes longer than a raster, which shows their density too


class PointCloud:
    """Stamps dots of one size into a picture. ``radius`` is in device pixels."""

    def __init__(self, colours: tuple[str, ...], radius: float) -> None:
        self.margin = int(np.ceil(radius)) + 1
        self._stamps = _stamps(colours, radius, self.margin)
        self._raster = PointRaster(np.array([QColor(colour).getRgb()[:3] for colour in colours], dtype=np.uint8))
        self._picture = np.zeros((0, 0), dtype=np.uint32)

    def paint(self, pixels: npt.NDArray[np.float32], classes: npt.NDArray[np.int64], width: int, height: int) -> QImage:
        """Dots at device pixels (n, 2), coloured by class (n,), over nothing.

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
        for kind, (rows, columns, colours) in enumerate(self._stamps):
            chosen = np.flatnonzero(kinds == kind)
            flat[corners[chosen, None] + (rows * row + columns)] = colours[classes[chosen]]


Stamp = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint32]]


def _stamps(colours: tuple[str, ...], radius: float, reach: int) -> list[Stamp]:
    """For every phase a disc with a soft edge: rows (k,), columns (k,) and premultiplied ARGB (classes, k)."""
    grid = np.arange(-reach, reach + 1, dtype=np.float64)
    shifts = (np.arange(PHASES) + 0.5) / PHASES
    stamps = []
    for dy in shifts:
        for dx in shifts:
            alpha = np.clip(radius + 0.5 - np.hypot(grid[None, :] - dx, grid[:, None] - dy), 0, 1)
            rows, columns = np.nonzero(alpha > 1 / 255)
            shades = np.stack([_premultiplied(QColor(colour), alpha[rows, columns]) for colour in colours])
            stamps.append((rows.astype(np.int32), columns.astype(np.int32), shades))
    return stamps


def _premultiplied(colour: QColor, alpha: npt.NDArray[np.float64]) -> npt.NDArray[np.uint32]:
    parts = [np.round(alpha * value).astype(np.uint32) for value in (255, colour.red(), colour.green(), colour.blue())]
    return ((parts[0] << 24) | (parts[1] << 16) | (parts[2] << 8) | parts[3]).astype(np.uint32)
