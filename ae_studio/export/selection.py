"""Some images of the sample taken along: as a table, as arrays, as a sheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ae_studio.events import Codes, Images, Labels
from ae_studio.latent.errors import Errors
from ae_studio.latent.groups import Indices
from ae_studio.training.atomic import write_atomic, write_text_atomic

GAP = 2  # of the images' own pixels
SMALLEST = 56  # pixels that an image takes on the sheet: smaller ones are enlarged by a whole number


@dataclass(frozen=True, slots=True)
class Selected:
    """What is known of the images ``indices`` (n,) of the sample; ``images`` or ``errors`` may be unknown."""

    indices: Indices
    labels: Labels
    class_names: tuple[str, ...]
    codes: Codes
    errors: Errors | None = None
    images: Images | None = None


def save(selected: Selected, path: Path) -> Path:
    """Writes what the name asks for: ``.csv``, ``.npz`` or ``.png``; returns the path.

    Raises ValueError for another name or a sheet without images, OSError where it cannot be written.
    """
    write = {".csv": save_table, ".npz": save_arrays, ".png": save_sheet}.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name}: the name must end in .csv, .npz or .png")
    write(selected, path)
    return path


def save_table(selected: Selected, path: Path) -> None:
    """CSV: ``index,class,error,z1,...``; the error is empty where it is not known."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["index", "class", "error", *(f"z{number + 1}" for number in range(selected.codes.shape[1]))])
    errors = [""] * len(selected.indices) if selected.errors is None else [f"{e:.7g}" for e in selected.errors]
    for index, name, error, code in zip(selected.indices, _names(selected), errors, selected.codes, strict=True):
        rows.writerow([int(index), name, error, *(f"{z:.9g}" for z in code)])  # 9 digits: float32 comes back as it was
    write_text_atomic(path, text.getvalue())


def save_arrays(selected: Selected, path: Path) -> None:
    """NPZ: ``indices``, ``labels``, ``class_names``, ``codes``, and ``images`` and ``errors`` where they are known."""
    arrays = {
        "indices": selected.indices,
        "labels": selected.labels,
        "class_names": np.array(selected.class_names),
        "codes": selected.codes,
    }
    arrays |= {} if selected.errors is None else {"errors": selected.errors}
    arrays |= {} if selected.images is None else {"images": selected.images}
    write_atomic(path, lambda file: np.savez_compressed(file, **arrays))  # type: ignore[arg-type]


def save_sheet(selected: Selected, path: Path) -> None:
    """PNG: the images in rows, 0 black and 255 white."""
    from matplotlib.image import imsave

    if selected.images is None or not len(selected.images):
        raise ValueError("there are no images to make a sheet of")
    sheet = sheet_of(selected.images)
    write_atomic(path, lambda file: imsave(file, sheet, format="png"))


def sheet_of(images: Images) -> Images:
    """Images (n, H, W[, 3]) as one (..., ..., 3), about as wide as high."""
    if images.ndim == 3:
        images = np.repeat(images[..., None], 3, axis=-1)
    times = max(1, -(-SMALLEST // max(images.shape[1:3])))
    images = images.repeat(times, axis=1).repeat(times, axis=2)
    count, height, width, _ = images.shape
    columns = max(1, round((count * height / width) ** 0.5))
    gap = GAP * times
    sheet = np.zeros((-(-count // columns) * (height + gap) - gap, columns * (width + gap) - gap, 3), dtype=np.uint8)
    for number, image in enumerate(images):
        y, x = number // columns * (height + gap), number % columns * (width + gap)
        sheet[y : y + height, x : x + width] = image
    return sheet


def _names(selected: Selected) -> list[str]:
    names = selected.class_names
    return [names[label] if label < len(names) else str(label) for label in selected.labels]
