"""What a data set looks like before anything is learned: its classes, some of its images, its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.data.images import ImageData
from ae_studio.data.split import SPLIT_SEED, Indices

SAMPLED = 10_000  # images of a map that its pixels are told from: all of them would take minutes

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A data set at a glance. Arrays are read-only.

    ``*_counts`` (classes,) are images of each class. ``samples`` holds training images, one row a class: uint8
    (classes, k, H, W) for grey and (classes, k, H, W, 3) for colour; rows of a rare class end in empty images.
    ``darkest``, ``brightest`` and ``mean`` are pixels, 0 to 255; ``memory`` is in bytes, on disk
    for mapped images, of which some thousands, evenly spread, stand for all pixels.
    """

    name: str
    image_shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    train_counts: Counts
    validation_counts: Counts
    test_counts: Counts
    samples: npt.NDArray[np.uint8]
    darkest: int
    brightest: int
    mean: float
    memory: int


def preview(data: ImageData, per_class: int = 8) -> Preview:
    """The same picture of the same data every time; ``per_class`` images of each class."""
    pixels = data.images[:: max(1, len(data.images) // SAMPLED)] if isinstance(data.images, np.memmap) else data.images
    return Preview(
        name=data.name,
        image_shape=data.image_shape,
        class_names=data.class_names,
        train_counts=_counts(data, data.train),
        validation_counts=_counts(data, data.validation),
        test_counts=_counts(data, data.test),
        samples=_samples(data, per_class),
        darkest=int(pixels.min()),
        brightest=int(pixels.max()),
        mean=float(pixels.mean()),
        memory=data.images.nbytes,
    )


def _counts(data: ImageData, part: Indices) -> Counts:
    counts = np.bincount(data.labels[part], minlength=len(data.class_names))
    counts.flags.writeable = False
    return counts


def _samples(data: ImageData, per_class: int) -> npt.NDArray[np.uint8]:
    samples = np.zeros((len(data.class_names), per_class, *data.image_shape), np.uint8)  # (classes, k, C, H, W)
    labels = data.labels[data.train]
    for label, row in enumerate(samples):
        members = data.train[labels == label]
        chosen = np.random.RandomState(SPLIT_SEED).permutation(members)[:per_class]
        row[: len(chosen)] = data.images[chosen]
    grey = data.image_shape[0] == 1
    shown = samples[:, :, 0] if grey else np.ascontiguousarray(np.moveaxis(samples, 2, -1))
    shown.flags.writeable = False
    return shown
