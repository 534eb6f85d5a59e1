"""Sparse autoencoders: by a KL to a small mean activity (Ng 2011, CS294A), or by the k largest (arXiv:1312.5663)."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.settings_regularised import SparseSettings


class SparseAutoencoder(DeterministicAutoencoder[SparseSettings]):
    """kl: z = sigmoid(f(x)), L = R + beta sum_j KL(rho || rho^_j); top-k: z = supp_k(f(x)), L = R.

    rho^_j is the mean of z_j over the batch, of several processes over each one's own share. In validation the same k
    numbers are kept as in training.
    """

    def encode(self, x: Tensor) -> Tensor:
        return self._code(self.encoder(x))

    def _code(self, a: Tensor) -> Tensor:
        return torch.sigmoid(a) if self.settings.kind == "kl" else largest(a, self.settings.k)

    def terms(self, x: Tensor) -> Terms:
        a = self.encoder(x)  # (B, latent_dim)
        reconstruction = self.reconstruction(x, self._code(a))
        if self.settings.kind == "top-k":
            return {"loss": reconstruction}
        sparsity = kl_to_activity(a, self.settings.rho)
        loss = reconstruction + self.settings.beta * sparsity
        return {"loss": loss, "reconstruction": reconstruction, "sparsity": sparsity}

    def weights(self) -> dict[str, float]:
        if self.settings.kind == "top-k":
            return {"loss": 1.0}
        return {"reconstruction": 1.0, "sparsity": self.settings.beta}


def kl_to_activity(a: Tensor, rho: float) -> Tensor:
    """sum_j KL(Bernoulli(rho) || Bernoulli(rho^_j)), nats; rho^_j = mean_i sigmoid(a_ij), a (B, d).

    By logarithms throughout: a number that is off, or on, for all images still has a gradient.
    """
    a = a.float()
    log_on = F.logsigmoid(a).logsumexp(dim=0) - math.log(len(a))  # log rho^_j
    log_off = F.logsigmoid(-a).logsumexp(dim=0) - math.log(len(a))  # log(1 - rho^_j)
    return (rho * (math.log(rho) - log_on) + (1 - rho) * (math.log(1 - rho) - log_off)).sum()


def largest(z: Tensor, k: int) -> Tensor:
    """The k largest numbers of each code (B, d) as they are, zeros elsewhere (algorithm 1); all where k is above d."""
    values, places = z.topk(min(k, z.shape[1]), dim=1, sorted=False)
    return torch.zeros_like(z).scatter(1, places, values)
