"""What path is wanted: every choice that the Interpolation panel offers."""

from __future__ import annotations

from dataclasses import dataclass

from ae_studio.events import Codes
from ae_studio.latent.ends import End
from ae_studio.latent.film import Kind


@dataclass(frozen=True, slots=True, eq=False)
class WantedPath:
    """From the first of the ``ends`` to the second; there are none before a run has codes.

    ``stroke`` (m, code size) is what was drawn last, ``even`` what is the same from frame to frame.
    """

    ends: tuple[End, ...] = ()
    kind: Kind = "linear"
    frames: int = 12
    even: str = "code"
    stroke: Codes | None = None
