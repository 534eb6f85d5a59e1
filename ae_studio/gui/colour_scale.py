"""Colours for numbers: an even scale that also the colour-blind read, and which part of it a number gets."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from ae_studio.gui.theme import Theme, blended

# Of the scale "viridis" (Smith and van der Walt, CC0) every eighth: lightness grows evenly from low to high.
VIRIDIS = ("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725")
USED = {"dark": (0.2, 1.0), "light": (0.0, 0.9)}  # the part of it that is seen on each ground
STEPS = 48
FARTHEST = 0.02  # share of the numbers at either end that the scale does not stretch for


def scale_colours(theme: Theme, count: int) -> tuple[str, ...]:
    """``count`` colours from low to high."""
    low, high = USED[theme.name]
    return tuple(_colour(share) for share in np.linspace(low, high, count))


def ink_on(colour: str) -> str:
    """Black or white: what is read more easily on this colour (contrast as in WCAG 2.2, at least 4.5 to 1)."""
    ground = QColor(colour)
    red, green, blue = (_linear(part) for part in (ground.redF(), ground.greenF(), ground.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def _linear(part: float) -> float:
    """Of sRGB, 0 to 1."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _colour(share: float) -> str:
    place = share * (len(VIRIDIS) - 1)
    index = min(int(place), len(VIRIDIS) - 2)
    return blended(VIRIDIS[index], VIRIDIS[index + 1], place - index)


@dataclass(frozen=True, slots=True)
class NumberScale:
    """``low`` and ``high``: what the ends of the scale stand for; ``beyond``: some numbers lie outside."""

    low: float
    high: float
    beyond: bool

    @classmethod
    def of(cls, numbers: npt.NDArray[np.float32]) -> NumberScale:
        """Of numbers (n,), some of which may be NaN: all but the farthest two percent at either end."""
        finite = numbers[np.isfinite(numbers)]
        if not len(finite):
            return cls(0.0, 1.0, False)
        low, high = (float(each) for each in np.quantile(finite, [FARTHEST, 1 - FARTHEST]))
        return cls(low, high, bool(finite.min() < low or finite.max() > high))

    def steps(self, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
        """Which of STEPS colours each number (n,) has; STEPS itself for those that are NaN."""
        width = self.high - self.low
        shares = (numbers - self.low) / width if width > 0 else np.where(np.isfinite(numbers), 0.5, np.nan)
        found = np.where(np.isnan(shares), STEPS, np.clip(np.nan_to_num(shares) * STEPS, 0, STEPS - 1))
        return found.astype(np.int64)


def in_figures(value: float, reach: float) -> str:
    """Two figures more than the reach of the scale has: 0.0123 of 0.04, 12.3 of 40, 1,234 of 4,000."""
    if reach <= 0:
        return f"{value:.3g}".replace("-", "−")
    digits = max(0, 2 - math.floor(math.log10(reach)))
    text = f"{value:,.{digits}f}" if digits <= 4 else f"{value:.1e}"
    return text.replace("-", "−")
