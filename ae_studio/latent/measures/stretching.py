"""What the decoder makes of small steps in the latent space."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from ae_studio.events import LatentSpace
from ae_studio.models.base import Autoencoder
from ae_studio.models.jacobian import unit_directions, value_and_columns

MOST_CODES, FEWEST_CODES = 64, 8
COLUMNS = 2048  # decoded at once: as many codes are taken as have so many directions together


def pulled_back(model: Autoencoder[Any], space: LatentSpace, codes: Tensor) -> Tensor:
    """The eigenvalues of J^T J (n, d), in ascending order, at the first of these codes; J the decoder's Jacobian.

    float64. Switches stay as they are. On the sphere, where the decoder knows no radius, the d - 1 of its surface.
    """
    numbers = space.dim * space.slots
    codes = codes[: min(MOST_CODES, max(FEWEST_CODES, COLUMNS // numbers))]
    z, switches = codes[:, :numbers], codes[:, numbers:]

    def decode(moved: Tensor) -> Tensor:
        return model.decode(torch.cat([moved, switches], dim=1))

    _, columns = value_and_columns(decode, z, unit_directions(z))
    jacobian = columns.detach().flatten(2).double()  # (d, n, D)
    values = torch.linalg.eigvalsh(torch.einsum("inp,jnp->nij", jacobian, jacobian))
    return values[:, 1:] if space.kind == "sphere" else values
