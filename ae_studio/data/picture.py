"""Pictures that someone drops or pastes: read with care, and turned into ink where the data is grey. Knows no Qt."""

from __future__ import annotations

import io
import math
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from ae_studio.data.dataset import DataError
from ae_studio.data.drawing import Ink

Rgb = npt.NDArray[np.uint8]
"""(h, w, 3)"""

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
LARGEST_FILE = 64 * 2**20  # bytes
LARGEST_PICTURE = 64_000_000  # pixels: 256 MB when it is unpacked
KEPT = 1024  # pixels of the longer side: all that a drawing needs

BORDER = 0.03  # of the shorter side: where a picture shows its ground
NOISE = 4.0  # standard deviations of the ground's noise that are no ink
FAINTEST = 0.06  # of full ink, on a ground that is not perfectly even
ROUNDING = 1e-6  # of full ink: what computing leaves of nothing
FULL = 99.5  # percentile of the ink that counts as full, on such a ground

DRAWN = 0.72  # of a sheet's side that a picture's ink takes: about what a hand would
SMALL = 64  # pixels of a picture's side: below, its pixels are meant, and stay square and sharp


def read_picture(source: Path | bytes) -> Rgb:
    """The picture in a file, or in its bytes, at most :data:`KEPT` pixels long, upright, on a ground if it has none.

    Raises :class:`~ae_studio.data.dataset.DataError` in the user's words for whatever cannot be used.
    """
    name = source.name if isinstance(source, Path) else "The picture"
    size = _size(source, name)
    if size > LARGEST_FILE:
        raise DataError(f"{name} has {size / 2**20:,.0f} MiB; pictures may have up to {LARGEST_FILE // 2**20}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a decompression bomb: its size is looked at below; of odd metadata
        try:
            with Image.open(source if isinstance(source, Path) else io.BytesIO(source), formats=FORMATS) as image:
                return _unpacked(image, name)
        except DataError:
            raise
        except Image.DecompressionBombError:
            raise DataError(_too_many(name)) from None
        except MemoryError:
            raise DataError(f"There is not enough memory for {name}") from None
        except UnidentifiedImageError:
            raise DataError(f"{name} is no picture that can be read: {', '.join(FORMATS[:-1])} are") from None
        except Exception as error:  # Pillow's readers raise whatever a broken file leads them to
            raise DataError(f"{name} is damaged: {error}") from None


def _size(source: Path | bytes, name: str) -> int:
    if isinstance(source, bytes):
        return len(source)
    try:
        if not source.is_file():
            raise DataError(f"{name} is no file")
        return source.stat().st_size
    except OSError as error:
        raise DataError(f"{name} cannot be read: {error.strerror or error}") from None


def _unpacked(image: Image.Image, name: str) -> Rgb:
    width, height = image.size
    if width * height > LARGEST_PICTURE:
        raise DataError(f"{_too_many(name)}, it has {width:,}×{height:,}")
    image.draft("RGB", (KEPT, KEPT))  # a JPEG is not even unpacked larger than needed
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        upright = Image.fromarray(_stretched(np.asarray(upright, dtype=np.float64)))
    small = _shrunk(upright.convert("RGBA"))
    return on_ground(np.asarray(small))


def _too_many(name: str) -> str:
    return f"{name} has too many pixels: pictures may have up to {LARGEST_PICTURE // 1_000_000} million"


def _stretched(values: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Grey values of more than 8 bits to 0 to 255."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return np.rint(255 * np.nan_to_num((values - low) / max(high - low, 1e-9))).astype(np.uint8)


def _shrunk(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= KEPT:
        return image
    size = [max(1, round(side * KEPT / longest)) for side in image.size]
    return image.resize((size[0], size[1]), Image.Resampling.BOX)


def on_ground(rgba: npt.NDArray[np.uint8]) -> Rgb:
    """(h, w, 4) over black where what can be seen is bright, else over white."""
    colours, opacity = rgba[..., :3].astype(np.float64), rgba[..., 3:] / 255.0
    seen = float(opacity.sum())
    ground = 0.0 if seen and float((colours.mean(axis=2, keepdims=True) * opacity).sum()) / seen > 127 else 255.0
    return np.rint(colours * opacity + ground * (1 - opacity)).astype(np.uint8)


def ink_of(picture: Rgb) -> Ink:
    """What stands out from the picture's ground, (h, w) from 0 to 1; all 0 where nothing does.

    The ground is what the border shows: bright paper makes dark strokes the ink. Light that falls unevenly (a slope
    over the picture) and the paper's noise are taken away.
    """
    grey = picture.astype(np.float64) @ (0.299 / 255, 0.587 / 255, 0.114 / 255)
    ground, noise = _ground(grey)
    ink = np.where(np.median(ground) > 0.5, ground - grey, grey - ground)
    is_noisy = noise > ROUNDING
    faintest = max(FAINTEST, NOISE * noise) if is_noisy else ROUNDING
    strong = ink[ink > faintest]
    if not len(strong):
        return np.zeros(ink.shape, dtype=np.float32)
    full = float(np.percentile(strong, FULL if is_noisy else 100))
    shown = np.where(ink > faintest, ink / full, 0.0)
    return shown.clip(0, 1).astype(np.float32)


def _ground(grey: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], float]:
    """The plane that fits the border's grey best, over the whole picture (h, w), and the border's noise about it."""
    height, width = grey.shape
    deep = max(1, round(BORDER * min(height, width)))
    y, x = np.mgrid[0:height, 0:width]
    border = (y < deep) | (y >= height - deep) | (x < deep) | (x >= width - deep)
    terms = np.stack([np.ones_like(grey), y / height - 0.5, x / width - 0.5], axis=-1)
    values, places = grey[border], terms[border]
    near = np.abs(values - np.median(values)) <= max(0.02, 3 * _deviation(values))  # no stroke that leaves the picture
    slope = np.linalg.lstsq(places[near], values[near], rcond=None)[0]
    noise = _deviation(values[near] - places[near] @ slope)
    return terms @ slope, noise


def _deviation(values: npt.NDArray[np.float64]) -> float:
    """The standard deviation, by the median of the distances: a few strays do not count."""
    return float(1.4826 * np.median(np.abs(values - np.median(values))))


def ink_on_sheet(picture: Rgb, side: int) -> Ink:
    """What stands out from a picture, as large on a square sheet (side, side) as a hand draws, at its middle."""
    ink = ink_of(picture)
    sheet = np.zeros((side, side), dtype=np.float32)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return sheet
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = DRAWN * side / max(part.shape)
    if max(picture.shape[:2]) <= SMALL and factor >= 1:
        factor, how = math.floor(factor), Image.Resampling.NEAREST
    else:
        how = Image.Resampling.BICUBIC
    size = max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor))
    large = np.asarray(Image.fromarray(part).resize(size, how)).clip(0, 1)
    y, x = (side - size[1]) // 2, (side - size[0]) // 2
    sheet[y : y + size[1], x : x + size[0]] = large
    return sheet


def picture_on_sheet(picture: Rgb, side: int) -> Rgb:
    """A picture fitted to a square sheet (side, side, 3) and cropped about its centre."""
    shortest = min(picture.shape[:2])
    how = Image.Resampling.NEAREST if max(picture.shape[:2]) <= SMALL else Image.Resampling.BICUBIC
    y, x = (picture.shape[0] - shortest) / 2, (picture.shape[1] - shortest) / 2
    fitted = Image.fromarray(picture).resize((side, side), how, box=(x, y, x + shortest, y + shortest))
    return np.asarray(fitted, dtype=np.uint8)
