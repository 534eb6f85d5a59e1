"""A scale of colours in which equal steps look equal, from one side of a middle to the other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from ae_studio.gui.theme import Theme

STEPS = 255  # of the scale: odd, so that there is a middle
Floats = npt.NDArray[np.float64]
Rgb = npt.NDArray[np.uint8]

# Oklab (Ottosson 2020, bottosson.github.io/posts/oklab): equal distances look about equal.
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def diverging(theme: Theme) -> Rgb:
    """Colours (STEPS, 3): blue for the least, the canvas's own in the middle, orange for the most.

    Both arms are of one length: the same distance from the middle looks the same on either side.
    """
    low, middle, high = (oklab(_rgb(colour)) for colour in (theme.too_dark, theme.canvas, theme.too_bright))
    arms = [low - middle, high - middle]
    length = min(float(np.linalg.norm(arm)) for arm in arms)
    share = np.linspace(0, 1, STEPS // 2 + 1)[:, None]
    below, above = (middle + share * arm * length / np.linalg.norm(arm) for arm in arms)
    return _srgb(np.concatenate([below[:0:-1], above]))


def oklab(rgb: Floats) -> Floats:
    """sRGB (..., 3) from 0 to 1 to Oklab (..., 3)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    found: Floats = np.cbrt(linear @ _TO_CONES.T) @ _TO_LAB.T
    return found


def _srgb(lab: Floats) -> Rgb:
    linear = (lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_CONES).T
    linear = np.clip(linear, 0, 1)
    rgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(255 * rgb).astype(np.uint8)


def _rgb(colour: str) -> Floats:
    parsed = QColor(colour)
    return np.array([parsed.redF(), parsed.greenF(), parsed.blueF()])
