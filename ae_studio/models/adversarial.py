"""The adversarial autoencoder (Makhzani et al. 2015, arXiv:1511.05644), with its deterministic encoder."""

from __future__ import annotations

from typing import Any

import torch.nn.functional as F
from torch import Tensor, nn
from torch.func import functional_call

from ae_studio.models.base import OPPONENT, Terms
from ae_studio.models.matching import MatchingAutoencoder
from ae_studio.models.noise import drawn_from
from ae_studio.models.priors import PRIORS, CodePrior
from ae_studio.models.settings_matching import AdversarialSettings
from ae_studio.models.stacks import ImageShape


class AdversarialAutoencoder(MatchingAutoencoder[AdversarialSettings]):
    """A discriminator tells samples of p(z) from codes f(x); L = R + lambda E[-log D(f(x))], what the codes learn.

    D is a sigmoid over the logits of the opponent, two hidden layers as in the paper's appendix. Where it is at its
    best, its own loss is 2 log 2 - 2 JSD(q(z), p(z)) (Goodfellow et al. 2014, theorem 1). The paper takes turns with a
    step for R and one for the codes, each with an optimizer of its own; here one step goes down both.
    """

    divergence_name = "generator"

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: AdversarialSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        width = settings.discriminator_width
        hidden = [nn.Linear(latent_dim, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU()]
        self.opponent: nn.Module = nn.Sequential(*hidden, nn.Linear(width, 1))

    def terms(self, x: Tensor) -> Terms:
        z = self.encode(x)
        reconstruction = self.reconstruction(x, z)
        prior = drawn_from(self.prior(), z)
        generator = self.divergence(z, prior)
        return {
            "loss": reconstruction + self.settings.weight * generator,
            "reconstruction": reconstruction,
            self.divergence_name: generator,
            OPPONENT: discriminator_loss(self.opponent(z.detach()), self.opponent(prior)),
        }

    weights = MatchingAutoencoder.weights

    def divergence(self, z: Tensor, prior: Tensor) -> Tensor:
        """The non-saturating loss of the codes, nats; it leaves the discriminator as it is."""
        fixed = {name: parameter.detach() for name, parameter in self.opponent.named_parameters()}
        return generator_loss(functional_call(self.opponent, fixed, (z,)))

    def opponent_adam(self, lr: float) -> dict[str, Any]:
        return {"lr": lr * self.settings.discriminator_pace, "betas": (0.5, 0.999)}

    def prior(self) -> CodePrior:
        return PRIORS[self.settings.prior](self.latent_dim, next(self.parameters()).device)


def discriminator_loss(of_codes: Tensor, of_prior: Tensor) -> Tensor:
    """E_p[-log D(z)] + E_q[-log(1 - D(z))] from logits, nats: 2 log 2 of an undecided network (eq. 1)."""
    return F.softplus(-of_prior.float()).mean() + F.softplus(of_codes.float()).mean()


def generator_loss(of_codes: Tensor) -> Tensor:
    """E_q[-log D(z)] from logits, nats: log 2 of an undecided network."""
    return F.softplus(-of_codes.float()).mean()
