"""The FactorVAE (Kim & Mnih 2018, arXiv:1802.05983): the total correlation from a network that tells q(z) apart."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch.nn.functional as F
from torch import Tensor, nn
from torch.func import functional_call

from ae_studio.models.base import OPPONENT, Terms
from ae_studio.models.noise import uniform_like
from ae_studio.models.settings import StackSettings
from ae_studio.models.settings_variational import FactorVaeSettings
from ae_studio.models.stacks import ImageShape
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian

LAYERS = 6  # of the opponent, hidden, as in the appendix of the paper
SLOPE = 0.2  # of its leaky ReLUs


class FactorVAE(VAE):
    """L = R + KL + gamma TC (eq. 2), with TC = E_q(z)[log q(z) / prod_j q(z_j)] from a density ratio (eq. 3), nats.

    The opponent learns to tell codes of q(z) from codes of prod_j q(z_j); its logit is then the log of their ratio.
    Both kinds come from the same batch, where algorithm 2 takes a second batch for the second kind: a step costs one
    encoding, and the two kinds agree in each single dimension. Several processes each permute their own share.
    """

    settings: FactorVaeSettings
    opponent: nn.Module

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: StackSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.opponent = density_ratio(latent_dim, self.settings.width)

    def opponent_adam(self, lr: float) -> dict[str, Any]:
        return {"lr": 1e-4, "betas": (0.5, 0.9)}  # the paper's

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        z = sample_gaussian(mu, logvar)
        reconstruction = self.reconstruction(x, z)
        kl = kl_to_standard_normal(mu, logvar)
        tc = self._as_it_is(z).float().mean()
        return {
            "loss": reconstruction + kl + self.settings.gamma * tc,
            "reconstruction": reconstruction,
            "kl": kl,
            "total_correlation": tc,
            OPPONENT: told_apart(self.opponent, z.detach()),
        }

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "kl": 1.0, "total_correlation": self.settings.gamma}

    def _as_it_is(self, z: Tensor) -> Tensor:
        """The opponent's logits, (B, 1), which teach z and not the opponent."""
        weights = {name: weight.detach() for name, weight in self.opponent.named_parameters()}
        return functional_call(self.opponent, weights, (z,))


def density_ratio(latent_dim: int, width: int) -> nn.Module:
    """Codes (B, latent_dim) to log q(z) / prod_j q(z_j), (B, 1), as far as it has learned.

    One logit for the paper's two: only their difference counts.
    """
    layers: list[nn.Module] = []
    for n_in, n_out in pairwise([latent_dim, *[width] * LAYERS]):
        layers += [nn.Linear(n_in, n_out), nn.LeakyReLU(SLOPE)]
    return nn.Sequential(*layers, nn.Linear(width, 1))


def told_apart(opponent: nn.Module, z: Tensor) -> Tensor:
    """The cross-entropy of telling codes z (B, d) from permuted ones, nats; log 2 where they cannot be told apart."""
    joint, factorised = opponent(z), opponent(permute_dims(z))
    return 0.5 * (F.softplus(-joint) + F.softplus(factorised)).float().mean()


def permute_dims(z: Tensor) -> Tensor:
    """Each dimension of the codes (B, d) in a random order of its own (algorithm 1)."""
    return z.gather(0, uniform_like(z).argsort(dim=0))
