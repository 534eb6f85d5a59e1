"""What can be set of the variational families beyond the VAE and the beta-VAE. Knows no torch."""

from __future__ import annotations

from ae_studio.events import LatentSpace, Switch
from ae_studio.models.settings import VaeSettings


class ConditionalVaeSettings(VaeSettings):
    def space(self, latent_dim: int, class_names: tuple[str, ...]) -> LatentSpace:
        return LatentSpace(latent_dim, switches=(Switch("class", class_names, given=True),))

    def problem(self, latent_dim: int, class_names: tuple[str, ...]) -> str:
        if len(class_names) >= 2:
            return ""
        found = "one class" if class_names else "no labels"
        return f"model: conditional-vae learns from the classes of the images, and this data has {found}; take vae"
