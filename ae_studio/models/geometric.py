"""The geometric autoencoder (Nazari, Damrich & Hamprecht 2023, arXiv:2306.17638)."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.jacobian import Network, unit_directions, value_and_columns
from ae_studio.models.settings_regularised import GeometricSettings

RELATIVE_FLOOR = 1e-6  # of a metric's mean eigenvalue: where 32 bits see no smaller one


class GeometricAutoencoder(DeterministicAutoencoder[GeometricSettings]):
    """L = R + D lambda Var_z[log10 det(J_g^T J_g)]: the decoder g stretches the plane of the codes evenly.

    R is a sum over an image's D numbers, the published one a mean: D times the published weight does here what it does
    there. Its logarithm is the decimal one, too. The variance, divided by the number of codes, is that of the first
    ``points`` of a batch; several processes each take those of their own share.
    """

    def terms(self, x: Tensor) -> Terms:
        z = self.encode(x)
        reconstruction = self.reconstruction(x, z)
        unevenness = log_determinants(self.decode, z[: self.settings.points]).var(correction=0)
        loss = reconstruction + self.pixels * self.settings.weight * unevenness
        return {"loss": loss, "reconstruction": reconstruction, "unevenness": unevenness}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "unevenness": self.pixels * self.settings.weight}


def log_determinants(g: Network, z: Tensor) -> Tensor:
    """log10 det(J_g^T J_g) at each code z (B, d), (B,): twice the logarithm of how much g enlarges a small volume."""
    _, columns = value_and_columns(g, z, unit_directions(z))
    jacobians = columns.flatten(2).transpose(0, 1)  # (B, d, D)
    metric = jacobians @ jacobians.mT  # (B, d, d), the pullback metric
    floor = RELATIVE_FLOOR * metric.diagonal(dim1=1, dim2=2).mean(dim=1) + torch.finfo(metric.dtype).tiny
    metric = metric + floor[:, None, None] * torch.eye(z.shape[1], device=z.device)
    return torch.linalg.slogdet(metric).logabsdet / math.log(10)
