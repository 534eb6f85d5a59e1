"""Does a model agree with itself? A code is decoded, the image encoded again. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ae_studio.events import Codes, LatentSpace, Look
from ae_studio.latent.geometry import distances_from, spread
from ae_studio.latent.valid import switch_parts

AGREES = 0.02  # of the codes' own spread: an arrow shorter than that is hardly more than the handle's own dot


@dataclass(frozen=True, slots=True, eq=False)
class Reencoded:
    """``back`` (size,) is encode(decode(``code``)), and how far from it by the space's own geometry."""

    code: Codes
    back: Codes
    distance: float
    agrees: bool

    def in_words(self) -> str:
        if self.agrees:
            return "agrees with itself"
        distance = f"{self.distance:.2f}" if self.distance >= 0.1 else f"{self.distance:.2g}"
        return f"the model comes back {distance} away"


def reencode(code: Codes, label: int, look: Look, space: LatentSpace) -> Reencoded:
    """A code (size,), by the decoder and the encoder of a look, which must have one.

    ``label`` is told to a model that needs a class where the code itself tells it none.
    """
    assert look.encoder is not None
    labels = np.array([told_class(code, space, label)], dtype=np.int64)
    back = look.encoder(look.decoder(code[None]), labels).codes[0]
    distance = float(distances_from(code, back[None], space)[0])
    return Reencoded(code, back, distance, distance <= AGREES * spread(look.codes, space))


def told_class(code: Codes, space: LatentSpace, otherwise: int) -> int:
    """The class that a code (size,) tells its model."""
    for switch, part in zip(space.switches, switch_parts(space), strict=True):
        if switch.given:
            return int(code[part].argmax())
    return otherwise
