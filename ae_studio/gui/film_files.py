"""A strip of frames as a file, written in the laboratory's thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QColor

from ae_studio.gui.images import Rgb


def rgb_of(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()


def save_film(
    path: Path, frames: Rgb, ground: Sequence[int], milliseconds: float, there_and_back: bool
) -> tuple[str, str]:
    """The path, and what went wrong."""
    from ae_studio.export.film import save_gif, save_png

    try:
        if path.suffix.lower() == ".png":
            save_png(path, frames, ground)
        else:
            save_gif(path, frames, milliseconds, there_and_back=there_and_back)
    except OSError as error:
        return str(path), f"{path.name} could not be saved: {error}"
    return str(path), ""
