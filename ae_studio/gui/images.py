"""Arrays of pixels become pictures on the theme's own ground: light ink on dark, dark ink on light."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from ae_studio.events import Images
from ae_studio.gui.theme import Theme

Rgb = npt.NDArray[np.uint8]
"""(..., H, W, 3)"""


def to_rgb(images: Images, theme: Theme) -> Rgb:
    """Grey images (..., H, W) go from the theme's image ground, 0, to full ink, 255; colour ones stay as they are."""
    if _is_colour(images):
        return images
    return _ink_table(theme)[images]


def difference_rgb(originals: Images, reconstructions: Images, theme: Theme) -> Rgb:
    """Blue where the reconstruction has too little ink (is too dark), orange where too much, over the ground."""
    error = reconstructions.astype(np.int16) - originals
    if _is_colour(originals):
        error = error.mean(axis=-1).astype(np.int16)
    return _difference_table(theme)[error + 255]


def diverging_rgb(values: npt.NDArray[np.float32], reach: float, theme: Theme) -> Rgb:
    """Numbers of any shape, from blue at ``-reach`` over the ground to orange at ``reach``."""
    steps = np.rint(np.clip(values / max(reach, 1e-9), -1, 1) * 255).astype(np.int16)
    return _difference_table(theme)[steps + 255]


def squared_error(original: Images, reconstruction: Images) -> float:
    """Mean over the pixels (and colours) of the squared difference, of values from 0 to 1."""
    return float(np.mean(np.square((reconstruction.astype(np.float64) - original) / 255)))


def to_qimage(rgb: Rgb) -> QImage:
    """(H, W, 3) to an image that owns its pixels."""
    rgb = np.ascontiguousarray(rgb)
    height, width, _ = rgb.shape
    return QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def tiled(images: Rgb, columns: int, gap: int, ground: str) -> Rgb:
    """Images (n, H, W, 3) in rows, ``gap`` pixels of the ground's colour between them."""
    count, height, width, _ = images.shape
    rows = -(-count // columns)
    sheet = np.empty((rows * (height + gap) - gap, columns * (width + gap) - gap, 3), dtype=np.uint8)
    sheet[:] = _rgb(ground)
    for index in range(count):
        y, x = index // columns * (height + gap), index % columns * (width + gap)
        sheet[y : y + height, x : x + width] = images[index]
    return sheet


def _is_colour(images: Images) -> bool:
    return images.ndim == 4 or (images.ndim == 3 and images.shape[-1] == 3)


@lru_cache
def _ink_table(theme: Theme) -> Rgb:
    return _ramp(_rgb(theme.image_ground), _rgb(theme.image_ink), np.linspace(0, 1, 256))


@lru_cache
def _difference_table(theme: Theme) -> Rgb:
    """For errors from -255 to 255."""
    strength = np.sqrt(np.linspace(0, 1, 256))  # small errors are to be seen too
    ground = _rgb(theme.image_ground)
    too_dark = _ramp(ground, _rgb(theme.too_dark), strength)
    too_bright = _ramp(ground, _rgb(theme.too_bright), strength)
    return np.concatenate([too_dark[:0:-1], too_bright])


def _ramp(start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], shares: npt.NDArray[np.float64]) -> Rgb:
    return np.round(start + (end - start) * shares[:, None]).astype(np.uint8)


def _rgb(colour: str) -> npt.NDArray[np.float64]:
    parsed = QColor(colour)
    return np.array([parsed.red(), parsed.green(), parsed.blue()], dtype=np.float64)
