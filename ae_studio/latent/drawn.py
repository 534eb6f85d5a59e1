"""What a model makes of a drawing: its code, how sure of it the model is, its reconstruction and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Images, LatentSpace, Look

NEIGHBOURS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """``image`` and ``reconstruction`` uint8 (H, W) or (H, W, 3); ``code`` (code size,).

    ``spread`` (dim,): the standard deviations of a Gaussian posterior, or None. ``error``: the squared error per pixel,
    pixels from 0 to 1. ``neighbours``: numbers of the sample's images whose codes are nearest, the nearest first, at
    these ``distances``.
    """

    image: Images
    code: Codes
    spread: Codes | None
    reconstruction: Images
    error: float
    neighbours: npt.NDArray[np.int64]
    distances: Codes


def made_of(image: Images, look: Look, label: int) -> Drawn:
    """What the model at this look makes of an image uint8 (H, W) or (H, W, 3), being told that its class is ``label``.

    Raises ValueError where the look has no encoder.
    """
    if look.encoder is None:
        raise ValueError("this model cannot encode")
    encoded = look.encoder(image[None], np.array([label], dtype=np.int64))
    code = encoded.codes[0]
    reconstruction = look.decoder(encoded.codes)[0]
    squared = np.square(look.codes - code).sum(axis=1)
    nearest = np.argsort(squared, kind="stable")[:NEIGHBOURS]
    return Drawn(
        image=image,
        code=code,
        spread=None if encoded.spread is None else encoded.spread[0],
        reconstruction=reconstruction,
        error=float(np.square((reconstruction.astype(np.float64) - image) / 255).mean()),
        neighbours=nearest,
        distances=np.sqrt(squared[nearest]),
    )


def told_class(space: LatentSpace, options: list[int]) -> int:
    """The class that the switches of the handle tell a conditional model, each at this option; 0 for all others."""
    for switch, option in zip(space.switches, options, strict=False):
        if switch.given:
            return option
    return 0
