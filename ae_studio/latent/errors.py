"""How far the model's reconstructions are from the images: squared error per pixel. Knows neither torch nor Qt.

An error is the mean over an image's pixels (and colours) of the squared difference, with pixels from 0 to 1. Decoders
of a look give 256 levels, which adds at most 4e-6 to it.
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Images, Labels, Look
from ae_studio.latent.groups import Indices, read_only

Errors = npt.NDArray[np.float32]

CHUNK = 250  # images decoded at once: bounds the memory of a convolution over the whole sample
LOOKS_KEPT = 4  # whose errors are remembered: the one that is shown, and a few of a slider that goes to and fro


@dataclass(frozen=True, slots=True)
class Reconstructed:
    """Some images of the sample with what the model makes of them: ``indices`` (n,), ``errors`` (n,).

    An index is -1 where the image is not one of the sample's.
    """

    indices: Indices
    originals: Images
    decoded: Images
    errors: Errors


@dataclass(frozen=True, slots=True)
class ClassError:
    """The mean error of a class's images, and how many there are."""

    label: int
    error: float
    count: int


def squared_errors(originals: Images, decoded: Images) -> Errors:
    """Of images (n, H, W[, 3]) uint8 and their reconstructions, per pixel, (n,)."""
    difference = (decoded.astype(np.float32) - originals) / np.float32(255)
    errors: Errors = np.square(difference).mean(axis=tuple(range(1, difference.ndim)))
    return errors


def reconstruct(look: Look, images: Images, indices: Indices) -> Reconstructed:
    """What the model of this look makes of these images of the sample."""
    originals = images[indices]
    decoded = look.decoder(look.codes[indices]) if len(indices) else originals
    return Reconstructed(read_only(indices), originals, decoded, squared_errors(originals, decoded))


class SampleErrors:
    """The errors of the whole sample at a look, computed once. May be asked from several threads.

    They are remembered by the look's codes, and forgotten with them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[tuple[weakref.ref[Codes], Errors]] = []

    def kept(self, look: Look) -> Errors | None:
        """What is known of this look already, (n,)."""
        return next((errors for codes, errors in self._kept if codes() is look.codes), None)

    def of(self, look: Look, images: Images) -> Errors:
        """Of all the sample's images (n, H, W[, 3]), (n,). Decodes all of them where it has not been done."""
        with self._lock:
            known = self.kept(look)
            if known is None:
                known = _all_errors(look, images)
                alive = [each for each in self._kept if each[0]() is not None]
                self._kept = [*alive[1 - LOOKS_KEPT :], (weakref.ref(look.codes), known)]
            return known


sample_errors = SampleErrors()
"""One for all views: grid, canvas and selection show the same errors, and the images are decoded once."""


def _all_errors(look: Look, images: Images) -> Errors:
    starts = range(0, len(images), CHUNK)
    parts = [squared_errors(images[i : i + CHUNK], look.decoder(look.codes[i : i + CHUNK])) for i in starts]
    errors: Errors = np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
    errors.flags.writeable = False
    return errors


def worst_first(errors: Errors) -> Indices:
    """All images (n,), the largest error first; of equal ones the first."""
    return np.argsort(-errors, kind="stable").astype(np.int64)


def class_errors(errors: Errors, labels: Labels) -> tuple[ClassError, ...]:
    """Of every class that has images, the largest error first."""
    counts = np.bincount(labels)
    sums = np.bincount(labels, weights=errors)
    present = np.flatnonzero(counts)
    found = [ClassError(int(label), float(sums[label] / counts[label]), int(counts[label])) for label in present]
    return tuple(sorted(found, key=lambda each: -each.error))
