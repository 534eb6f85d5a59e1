"""One image as two runs make it, and what there is to say of their difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Images

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Side:
    """An image, uint8 (H, W) or (H, W, 3), of a run or the original; None with the ``reason`` why there is none."""

    letter: str
    name: str
    image: Images | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImagePair:
    """``title`` says which image it is."""

    title: str
    left: Side
    right: Side

    @property
    def reason(self) -> str:
        """Why they cannot be laid over one another; empty where they can."""
        for side in (self.left, self.right):
            if side.image is None:
                return f"{side.letter}: {side.reason}"
        return ""

    @property
    def swapped(self) -> ImagePair:
        return ImagePair(self.title, self.right, self.left)

    @property
    def difference(self) -> Floats:
        """Right less left, of values from 0 to 1, mean over colours, (H, W)."""
        difference = self._whole(self.right) - self._whole(self.left)
        return np.asarray(difference.mean(axis=-1) if difference.ndim == 3 else difference, dtype=np.float32)

    @property
    def reach(self) -> float:
        """The largest difference either way, rounded up to a tenth."""
        return max(0.1, float(np.ceil(np.abs(self.difference).max() * 10) / 10))

    @property
    def told(self) -> str:
        """The difference in numbers."""
        difference = self.difference
        low, high = float(difference.min()), float(difference.max())
        squared = float(np.mean(np.square(self._whole(self.right) - self._whole(self.left))))
        names = f"{self.right.letter} − {self.left.letter}"
        return f"{names}: squared {squared:.4f} per pixel, from {_signed(low)} to {_signed(high)}"

    def words_at(self, row: int, column: int) -> str:
        """What both have at a pixel."""
        left, right = (self._value(side, row, column) for side in (self.left, self.right))
        values = f"{self.left.letter} {left:.2f}, {self.right.letter} {right:.2f}"
        return f"row {row + 1}, column {column + 1}: {values}, difference {_signed(right - left)}"

    @staticmethod
    def _whole(side: Side) -> Floats:
        assert side.image is not None
        return np.asarray(side.image / np.float32(255), dtype=np.float32)

    def _value(self, side: Side, row: int, column: int) -> float:
        return float(self._whole(side)[row, column].mean())


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
