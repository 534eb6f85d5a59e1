"""A strip of frames as a picture, and as a film that plays anywhere. Knows neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ae_studio.training.atomic import write_atomic

Rgb = npt.NDArray[np.uint8]
"""(n, H, W, 3)"""

SMALLEST = 112  # pixels on a side: an image of 8 x 8 would be a speck
GAP = 4  # pixels between frames
LEAST_MS = 20  # browsers play whatever is shorter at a tenth of a second


def save_png(path: Path, frames: Rgb, ground: Sequence[int]) -> Path:
    """The frames side by side on a ground of this colour. Raises OSError where it cannot be written."""
    large = enlarged(frames)
    count, height, width, _ = large.shape
    sheet = np.empty((height, count * (width + GAP) - GAP, 3), dtype=np.uint8)
    sheet[:] = np.array(ground, dtype=np.uint8)
    for index, frame in enumerate(large):
        sheet[:, index * (width + GAP) : index * (width + GAP) + width] = frame
    write_atomic(path, lambda file: Image.fromarray(sheet).save(file, format="PNG"))
    return path


def save_gif(path: Path, frames: Rgb, milliseconds: float, *, there_and_back: bool) -> Path:
    """The frames one after another for ever, each for so long. Raises OSError where it cannot be written."""
    order = list(range(len(frames)))
    if there_and_back:
        order += order[-2:0:-1]
    pictures = [Image.fromarray(frame) for frame in enlarged(frames)[order]]
    duration = max(LEAST_MS, round(milliseconds / 10) * 10)  # GIF counts in hundredths of a second
    write_atomic(
        path,
        lambda file: pictures[0].save(
            file, format="GIF", save_all=True, append_images=pictures[1:], duration=duration, loop=0, optimize=False
        ),
    )
    return path


def enlarged(frames: Rgb) -> Rgb:
    """By a whole factor, so that pixels stay square and sharp."""
    factor = -(-SMALLEST // min(frames.shape[1:3]))
    return frames.repeat(factor, axis=1).repeat(factor, axis=2)
