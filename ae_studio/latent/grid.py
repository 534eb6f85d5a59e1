"""Which images the reconstruction grid shows. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ae_studio.events import Images, Labels, Look
from ae_studio.latent.errors import Reconstructed, reconstruct, sample_errors, squared_errors, worst_first
from ae_studio.latent.groups import Indices, read_only

Mode = Literal["fixed", "random", "worst", "selected", "drawn"]


@dataclass(frozen=True, slots=True)
class Wish:
    """At most ``count`` images: the first of the sample, random ones of a ``seed``, the worst, or of the ``selection``.

    ``by_error``: those with the largest error first, and of a selection that is too large these alone.
    """

    mode: Mode
    count: int
    seed: int = 0
    by_error: bool = False
    selection: Indices = field(default_factory=lambda: read_only([]))


def fill(wish: Wish, look: Look, images: Images) -> Reconstructed:
    """The images (n, H, W[, 3]) of the sample that are wished for, decoded by the model of this look."""
    shown = reconstruct(look, images, _chosen(wish, look, images))
    return by_error(shown) if wish.by_error else shown


def _chosen(wish: Wish, look: Look, images: Images) -> Indices:
    """At most ``count`` indices."""
    everything = np.arange(len(images))
    if wish.mode == "worst":
        return worst_first(sample_errors.of(look, images))[: wish.count]
    if wish.mode == "random":
        return np.random.default_rng(wish.seed).permutation(everything)[: wish.count]
    if wish.mode != "selected":
        return everything[: wish.count]
    if wish.by_error and len(wish.selection) > wish.count:
        errors = sample_errors.of(look, images)[wish.selection]
        return wish.selection[worst_first(errors)[: wish.count]]
    return wish.selection[: wish.count]


def by_error(shown: Reconstructed) -> Reconstructed:
    """The same with the largest error first."""
    order = worst_first(shown.errors)
    return Reconstructed(
        read_only(shown.indices[order]), shown.originals[order], shown.decoded[order], shown.errors[order]
    )


def fill_with_drawn(look: Look, image: Images, label: int = 0) -> Reconstructed:
    """An image (H, W[, 3]) that is none of the sample's; ``label`` is what a conditional model is told.

    Raises ValueError where the look has no encoder.
    """
    if look.encoder is None:
        raise ValueError("this model cannot encode: it was not kept with the run")
    labels: Labels = np.array([label], dtype=np.int64)
    decoded = look.decoder(look.encoder(image[None], labels).codes)
    return Reconstructed(read_only([-1]), image[None], decoded, squared_errors(image[None], decoded))
