"""From a drawing to an image as the data has it: scaled, placed and shaded alike. Knows neither torch nor Qt.

MNIST's makers scaled each digit, with its aspect ratio, into a box of 20×20 pixels, anti-aliased, and moved it by whole
pixels until its centre of mass lay at the centre of 28×28 (LeCun, Cortes & Burges 1998, yann.lecun.com/exdb/mnist).
Other data sets have other boxes and centres, so all of it is measured from the images themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

Ink = npt.NDArray[np.float32]
"""(h, w): 0 for no ink, 1 for full."""
Pixels = npt.NDArray[np.uint8]

FEW_LEVELS = 32  # of grey: data with no more of them is coarse on purpose, and a drawing becomes so too
ENOUGH = 2_000  # images say what is usual
FAINT = 0.1  # of the strongest ink: a blurred rim makes a drawing no larger
GROUND = 127  # border pixels that are mostly brighter are a bright ground, with dark ink
_RESAMPLE = Image.Resampling


@dataclass(frozen=True, slots=True, eq=False)
class Proportions:
    """What images of a data set have in common. Lengths in pixels; places (y, x) count from the first pixel's centre.

    ``box`` is the longer side of the ink's bounding box; ``centre`` is where its centre of ``mass``, or the centre of
    the ``box``, lies; ``peak`` is the strongest ink, 0 to 255; ``levels`` are the few values that pixels have, or None;
    ``thickness`` is a stroke's. ``dark_ink``: the ground is bright, so 255 is no ink.
    """

    shape: tuple[int, ...]
    box: int
    centre: tuple[float, float]
    centred_by: Literal["mass", "box"] = "mass"
    peak: int = 255
    levels: Pixels | None = None
    thickness: float = 2.0
    dark_ink: bool = False

    @property
    def colour(self) -> bool:
        return len(self.shape) == 3


def usual_proportions(shape: tuple[int, ...]) -> Proportions:
    """Those of MNIST, in images of this shape (H, W) or (H, W, 3): for data of which no image is at hand."""
    height, width = shape[:2]
    side = min(height, width)
    return Proportions(shape, max(1, round(side * 20 / 28)), (height / 2, width / 2), thickness=side * 2.2 / 28)


def measured_proportions(images: Pixels) -> Proportions:
    """The usual ones of images (n, H, W) or (n, H, W, 3). Colour images are whole pictures: no box is sought."""
    shape = images.shape[1:]
    if len(shape) == 3 or not len(images):
        return usual_proportions(shape)
    images = images[:ENOUGH]
    border = np.concatenate([images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]], axis=1)
    dark_ink = bool(np.median(border) > GROUND)
    ink = 255 - images if dark_ink else images
    ink = ink[ink.any(axis=(1, 2))]
    if not len(ink):
        return usual_proportions(shape)
    corners = _bounding_boxes(ink)  # (n, 4)
    top, left, bottom, right = corners.T
    masses = np.array([centre_of_mass(image) for image in ink])
    boxes = np.column_stack((top + bottom - 1, left + right - 1)) / 2
    by_mass = masses.std(axis=0).max() <= boxes.std(axis=0).max()
    # Whoever centres by mass aims at a pixel, or at the line between two: the mean of a sample is only near it.
    centre = np.rint(2 * masses.mean(axis=0)) / 2 if by_mass else boxes.mean(axis=0)
    values = np.unique(images)
    return Proportions(
        shape=shape,
        box=int(np.median(np.maximum(bottom - top, right - left))),
        centre=(float(centre[0]), float(centre[1])),
        centred_by="mass" if by_mass else "box",
        peak=int(np.median(ink.max(axis=(1, 2)))),
        levels=values if len(values) <= FEW_LEVELS else None,
        thickness=float(np.median([stroke_thickness(image) for image in ink[:200]])),
        dark_ink=dark_ink,
    )


def _bounding_boxes(ink: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    """(n, H, W), none of them empty, to (n, 4): top, left, bottom, right; the last two lie just beyond."""
    inked = ink.astype(np.bool_)
    rows, columns = np.any(inked, axis=2), np.any(inked, axis=1)
    bottom = rows.shape[1] - rows[:, ::-1].argmax(axis=1)
    right = columns.shape[1] - columns[:, ::-1].argmax(axis=1)
    return np.column_stack((rows.argmax(axis=1), columns.argmax(axis=1), bottom, right))


def centre_of_mass(ink: npt.NDArray[np.generic]) -> tuple[float, float]:
    """(y, x) of an image (h, w) with some ink, in pixels from the first one's centre."""
    rows, columns = ink.sum(axis=1, dtype=np.float64), ink.sum(axis=0, dtype=np.float64)
    mass = rows.sum()
    return float(rows @ np.arange(len(rows)) / mass), float(columns @ np.arange(len(columns)) / mass)


def stroke_thickness(ink: npt.NDArray[np.generic]) -> float:
    """Of an image (h, w), in pixels: twice the ink over its outline's length.

    A long strip of width w and length l has an area of w·l and an outline, which is its total variation, of 2·l.
    """
    framed = np.pad(ink.astype(np.float64), 1)
    down, across = np.diff(framed, axis=0)[:, :-1], np.diff(framed, axis=1)[:-1]
    outline = np.hypot(down, across).sum()
    return float(2 * framed.sum() / outline) if outline else 0.0


def as_data(drawing: Ink | Pixels, proportions: Proportions) -> Pixels | None:
    """A drawing of any size to an image uint8 as the data has it; None of one without ink.

    For grey data the drawing is ink (h, w) from 0 to 1, for colour data a picture uint8 (h, w, 3), which is fitted and
    cropped about its centre.
    """
    if proportions.colour:
        return _cropped(drawing.astype(np.uint8), proportions.shape) if drawing.any() else None
    ink = drawing.astype(np.float32)
    if not ink.any():
        return None
    scaled = _scaled(ink, proportions.box, proportions.shape)
    placed = _placed(scaled * (proportions.peak / max(float(scaled.max()), 1e-6)), proportions)
    image = np.rint(placed).clip(0, 255).astype(np.uint8)
    if proportions.dark_ink:
        image = 255 - image
    return image if proportions.levels is None else _nearest_level(image, proportions.levels)


def _scaled(ink: Ink, box: int, shape: tuple[int, ...]) -> Ink:
    """The part that has ink, its longer side as long as the box, and no side longer than the image's."""
    top, left, bottom, right = _bounding_boxes(ink[None])[0]
    if max(bottom - top, right - left) != box:  # else it comes from the data, faint pixels and all
        top, left, bottom, right = _bounding_boxes((ink > FAINT * ink.max())[None])[0]
    height, width = bottom - top, right - left
    factor = min(box / max(height, width), shape[0] / height, shape[1] / width)
    size = max(1, round(float(width * factor))), max(1, round(float(height * factor)))
    part = ink[top:bottom, left:right]
    if size == (width, height):
        return part
    # Each pixel is the mean of those that it covers; where there are too few of them, a smooth surface's value.
    how = _RESAMPLE.BOX if factor < 0.75 else _RESAMPLE.BICUBIC
    return np.asarray(Image.fromarray(part).resize(size, how), dtype=np.float32).clip(0, None)


def _placed(ink: Ink, proportions: Proportions) -> Ink:
    """On the data's ground, moved by whole pixels, as near to its centre as it can be without losing ink."""
    height, width = ink.shape
    room = proportions.shape
    own = centre_of_mass(ink) if proportions.centred_by == "mass" else ((height - 1) / 2, (width - 1) / 2)
    y = min(max(0, round(proportions.centre[0] - own[0])), room[0] - height)
    x = min(max(0, round(proportions.centre[1] - own[1])), room[1] - width)
    placed = np.zeros(room, dtype=np.float32)
    placed[y : y + height, x : x + width] = ink
    return placed


def _nearest_level(image: Pixels, levels: Pixels) -> Pixels:
    known = levels.astype(np.int16)
    table = np.abs(np.arange(256, dtype=np.int16)[:, None] - known).argmin(axis=1)
    return levels[table[image]]


def _cropped(picture: Pixels, shape: tuple[int, ...]) -> Pixels:
    """The largest part about the centre with the image's aspect ratio, scaled to its size."""
    height, width = picture.shape[:2]
    factor = max(shape[0] / height, shape[1] / width)
    half_height, half_width = shape[0] / factor / 2, shape[1] / factor / 2
    part = (width / 2 - half_width, height / 2 - half_height, width / 2 + half_width, height / 2 + half_height)
    image = Image.fromarray(picture).resize((shape[1], shape[0]), _RESAMPLE.LANCZOS, box=part)
    return np.asarray(image, dtype=np.uint8)
