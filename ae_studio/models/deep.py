"""The deep autoencoder (Hinton & Salakhutdinov 2006, Science 313): 784-1000-500-250-d and its mirror."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.settings import DeepSettings


class DeepAutoencoder(DeterministicAutoencoder[DeepSettings]):
    """z = f(x), x^ = sigmoid(g(z)); the loss is the reconstruction error R alone. The code is linear, unbounded."""

    def terms(self, x: Tensor) -> Terms:
        return {"loss": self.reconstruction(x, self.encode(x))}

    def weights(self) -> dict[str, float]:
        return {"loss": 1.0}
