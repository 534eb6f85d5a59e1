"""The same images as several runs make them. Knows no torch: a look brings its own encoder and decoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Images, Labels
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.record import RunError

Floats = npt.NDArray[np.float64]

CHUNK = 100  # images decoded at once: whoever waits for something newer can leave in between


@dataclass(frozen=True, slots=True, eq=False)
class SameImages:
    """``originals`` (n, H, W) or (n, H, W, 3), which are those of the first run's sample at ``indices`` (n,).

    ``decoded`` holds for each run what it makes of them, as many and as large; None where it makes nothing of them, and
    then ``reasons`` says why.
    """

    indices: npt.NDArray[np.int64]
    labels: Labels
    originals: Images
    decoded: tuple[Images | None, ...]
    reasons: tuple[str, ...]

    @property
    def errors(self) -> Floats:
        """Mean squared difference per pixel, of values from 0 to 1, (runs, n); NaN where nothing is decoded."""
        return np.stack([_apart(self.originals, images) for images in self.decoded])

    @property
    def differences(self) -> Floats:
        """How far apart the two most different runs are, per pixel, (n,); 0 of one run alone."""
        known = [images for images in self.decoded if images is not None]
        pairs = [_apart(a, b) for index, a in enumerate(known) for b in known[index + 1 :]]
        return np.max(pairs, axis=0) if pairs else np.zeros(len(self.indices))


def sample_size(runs: Sequence[ComparedRun]) -> int:
    """How many images there are to compare. Raises :class:`RunError` where there are none."""
    return len(_originals(runs))


def same_images(runs: Sequence[ComparedRun], indices: Sequence[int]) -> SameImages:
    """Every run encodes and decodes the same images of the first run's validation sample, whatever its own are.

    Raises :class:`RunError` where the first run was kept without images.
    """
    chosen = np.asarray(indices, dtype=np.int64)
    originals, labels = _originals(runs)[chosen], runs[0].labels[chosen]
    decoded, reasons = [], []
    for run in runs:
        reason = _why_not(run, runs[0], originals)
        decoded.append(None if reason else _decoded(run, originals, labels))
        reasons.append(reason)
    return SameImages(chosen, labels, originals, tuple(decoded), tuple(reasons))


def _originals(runs: Sequence[ComparedRun]) -> Images:
    if not runs:
        raise RunError("there is no run to take images from")
    if runs[0].images is None:
        raise RunError(f"{runs[0].name} was kept without images: put another run first")
    return runs[0].images


def _why_not(run: ComparedRun, first: ComparedRun, originals: Images) -> str:
    if run.look.encoder is None:
        return run.opened.why_no_model or "cannot encode images"
    own = run.images
    if own is not None and own.shape[1:] != originals.shape[1:]:
        return f"learned from images of {_size(own)}, these have {_size(originals)}"
    known = len(run.opened.class_names)
    if run.config.data != first.config.data and known < len(first.opened.class_names):
        return f"knows {known} classes, these images have {len(first.opened.class_names)}"
    return ""


def _decoded(run: ComparedRun, originals: Images, labels: Labels) -> Images:
    assert run.look.encoder is not None
    parts = []
    for start in range(0, len(originals), CHUNK):
        encoded = run.look.encoder(originals[start : start + CHUNK], labels[start : start + CHUNK])
        parts.append(run.look.decoder(encoded.codes))
    return np.concatenate(parts) if parts else originals


def _apart(a: Images, b: Images | None) -> Floats:
    if b is None:
        return np.full(len(a), np.nan)
    error = (a.astype(np.float32) - b) / 255
    return np.square(error).reshape(len(a), -1).mean(axis=1).astype(np.float64)


def _size(images: Images) -> str:
    colours = ", colour" if images.ndim == 4 else ", grey"
    return f"{images.shape[1]} × {images.shape[2]}{colours}"
