"""The contractive autoencoder (Rifai et al. 2011, ICML)."""

from __future__ import annotations

from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.deterministic import DeterministicAutoencoder
from ae_studio.models.jacobian import unit_directions, value_and_rows
from ae_studio.models.noise import standard_normal_like
from ae_studio.models.settings_regularised import ContractiveSettings


class ContractiveAutoencoder(DeterministicAutoencoder[ContractiveSettings]):
    """L = R + lambda ||J_f(x)||_F^2 (section 2), J_f = dz/dx; both are sums over an image's numbers.

    The paper's code is a sigmoid, and its decoder has the encoder's weights. Here neither holds, so that a smaller code
    with a steeper decoder contracts too.
    """

    def terms(self, x: Tensor) -> Terms:
        z, contraction = self.contraction(x)
        reconstruction = self.reconstruction(x, z)
        loss = reconstruction + self.settings.weight * contraction
        return {"loss": loss, "reconstruction": reconstruction, "contraction": contraction}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "contraction": self.settings.weight}

    def contraction(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """z (B, latent_dim), and ||J_f||_F^2 = E ||v^T J_f||^2, v ~ N(0, I) (Hutchinson 1989): the mean of some v, or
        exactly the sum of all rows where there are no more of them."""
        n, d = self.settings.projections, self.latent_dim
        if n >= d:
            v, each = unit_directions(x.new_empty(len(x), d)), 1.0
        else:
            v, each = standard_normal_like(x.new_empty(len(x), n, d)).transpose(0, 1), 1 / n
        z, rows = value_and_rows(self.encoder, x, v)  # rows (n, B, C, H, W)
        return z, each * rows.square().sum() / len(x)
