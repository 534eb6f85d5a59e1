"""What can be set of the families whose codes lie in a codebook, in switches, or on a curved space. Knows no torch."""

from __future__ import annotations

from ae_studio.config import setting
from ae_studio.events import LatentSpace
from ae_studio.models.settings import StackSettings


class VqVaeSettings(StackSettings):
    entries: int = setting(
        128,
        "Codebook entries K",
        "places that a slot can be in; more tell more, and more of them lie idle",
        ge=2,
        le=1024,
    )
    slots: int = setting(
        16, "Slots", "entries that an image is described by, one after the other, from the same codebook", ge=1, le=64
    )
    commitment: float = setting(
        0.25, "Commitment β", "how strongly the encoder is held to the entries that it has chosen", ge=0, le=100
    )
    decay: float = setting(
        0.99, "Codebook decay γ", "share of an entry's running mean that stays at each step", ge=0, le=0.9999
    )

    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, kind="codebook", slots=self.slots)
