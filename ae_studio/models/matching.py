"""What the families share that map images to single codes and pull all of these together towards a prior."""

from __future__ import annotations

from abc import abstractmethod
from typing import TypeVar

from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.noise import drawn_from
from ae_studio.models.priors import CodePrior
from ae_studio.models.settings_matching import MatchingSettings

M = TypeVar("M", bound=MatchingSettings)


class MatchingAutoencoder(DeterministicAutoencoder[M]):
    """z = f(x), without noise; L = R + lambda D(q(z), p(z)), q(z) the codes of the data, p(z) the prior.

    D is estimated from the B codes of a batch and as many samples of the prior. Several processes compute it over
    their own shares of a batch.
    """

    divergence_name: str

    def terms(self, x: Tensor) -> Terms:
        z = self.encode(x)
        reconstruction = self.reconstruction(x, z)
        divergence = self.divergence(z, drawn_from(self.prior(), z))
        loss = reconstruction + self.settings.weight * divergence
        return {"loss": loss, "reconstruction": reconstruction, self.divergence_name: divergence}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, self.divergence_name: self.settings.weight}

    @abstractmethod
    def divergence(self, z: Tensor, prior: Tensor) -> Tensor:
        """D from codes z and samples of the prior, each (B, latent_dim)."""

    @abstractmethod
    def prior(self) -> CodePrior: ...
