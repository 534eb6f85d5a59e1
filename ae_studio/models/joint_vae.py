"""The joint VAE (Dupont 2018, arXiv:1804.00104): a continuous code and, beside it, one of choices."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.distributions import Distribution
from torch.types import _size

from ae_studio.models.base import Terms
from ae_studio.models.gaussian import log_normal
from ae_studio.models.gumbel import Standardised, UniformOneHots, gumbel_softmax, kl_to_uniform, one_hot_sample
from ae_studio.models.schedules import ramp
from ae_studio.models.settings_geometry import JointVaeSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian


class JointVAE(VAE):
    """q(z, c|x) = q(z|x) q(c|x); z ``latent_dim`` numbers, c ``variables`` choices among ``categories`` options.

    L = R + gamma |KL_z - C_z| + gamma |KL_c - C_c|, whose capacities grow from 0 over the first epochs, C_c to
    no more nats than the choices can hold. Training decodes relaxed choices, evaluation exact ones. KL is the mean over
    the batch: of several processes each holds that of its own share at C. A code is mu and, behind it, the
    probabilities of all options, (B, latent_dim + variables * categories).

    KL_c tells certainty, not information: it is log K as well where every image takes the same option. So C_c has to
    grow slowly, and gamma to weigh less than what a nat of the choice saves in reconstruction.
    """

    settings: JointVaeSettings

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: JointVaeSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, 2 * latent_dim + self.switch_size)
        decoder = make_decoder(image_shape, settings, self.code_size)
        self.decoder = nn.Sequential(Behind(latent_dim, Standardised(settings.categories)), decoder)

    @property
    def switch_size(self) -> int:
        """Numbers of the choices in a code."""
        return self.settings.variables * self.settings.categories

    @property
    def code_size(self) -> int:
        return self.latent_dim + self.switch_size

    @property
    def capacities(self) -> tuple[float, float]:
        """C_z and C_c, nats."""
        share = ramp(self.epochs_done, self.settings.capacity_epochs)
        most = self.settings.variables * math.log(self.settings.categories)
        return share * self.settings.capacity_z, min(share * self.settings.capacity_c, most)

    def parts(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """mu and log sigma^2 of q(z|x), each (B, latent_dim), and log q(c|x), (B, variables, categories)."""
        sizes = [self.latent_dim, self.latent_dim, self.switch_size]
        mu, logvar, logits = self.encoder(x).float().split(sizes, dim=1)
        logits = logits.unflatten(1, (self.settings.variables, self.settings.categories))
        return mu, logvar, torch.log_softmax(logits, dim=-1)

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """mu and log sigma^2 of the continuous part alone."""
        return self.parts(x)[:2]

    def encode(self, x: Tensor) -> Tensor:
        mu, _, log_p = self.parts(x)
        return torch.cat([mu, log_p.exp().flatten(1)], dim=1)

    def code_and_spread(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor | None]:
        mu, logvar, log_p = self.parts(x)
        return torch.cat([mu, log_p.exp().flatten(1)], dim=1), torch.exp(0.5 * logvar)

    def terms(self, x: Tensor) -> Terms:
        mu, logvar, log_p = self.parts(x)
        c = gumbel_softmax(log_p, self.settings.temperature) if self.training else one_hot_sample(log_p)
        reconstruction = self.reconstruction(x, torch.cat([sample_gaussian(mu, logvar), c.flatten(1)], dim=1))
        kl_z, kl_c = kl_to_standard_normal(mu, logvar), kl_to_uniform(log_p).sum(dim=1).mean()
        capacity_z, capacity_c = self.capacities
        gap_z, gap_c = (kl_z - capacity_z).abs(), (kl_c - capacity_c).abs()
        return {
            "loss": reconstruction + self.settings.gamma * (gap_z + gap_c),
            "reconstruction": reconstruction,
            "kl": kl_z + kl_c,
            "kl_continuous": kl_z,
            "kl_discrete": kl_c,
            "kl_continuous_gap": gap_z,
            "kl_discrete_gap": gap_c,
        }

    def weights(self) -> dict[str, float]:
        gamma = self.settings.gamma
        return {"reconstruction": 1.0, "kl_continuous_gap": gamma, "kl_discrete_gap": gamma}

    def prior(self) -> Distribution:
        """p(z) p(c) = N(0, I), and all options alike."""
        device = next(self.parameters()).device
        switches = UniformOneHots(self.settings.variables, self.settings.categories, device)
        return SideBySide(super().prior(), switches)

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor:
        """KL of each image, nats, (B, latent_dim + variables): of each number, then of each choice."""
        mu, logvar, log_p = self.parts(x)
        kl_z = 0.5 * (mu.square() + logvar.exp() - 1 - logvar)
        return torch.cat([kl_z, kl_to_uniform(log_p)], dim=1)

    def draw_given(self, x: Tensor, y: Tensor, samples: int) -> tuple[Tensor, Tensor]:
        """Exact choices: the bound of the weights is one of log p(x) with c as with z."""
        mu, logvar, log_p = (each.expand(samples, *each.shape) for each in self.parts(x))
        z, c = sample_gaussian(mu, logvar), one_hot_sample(log_p)
        code = torch.cat([z, c.flatten(2)], dim=2)  # (samples, B, code_size)
        log_q = log_normal(z, mu, logvar).sum(dim=2) + (c * log_p).sum(dim=(2, 3))
        return code, self.prior().log_prob(code) - log_q


class Behind(nn.Module):
    """Leaves the first numbers of a code, and puts those behind them through a module."""

    def __init__(self, first: int, module: nn.Module) -> None:
        super().__init__()
        self.first = first
        self.module = module

    def forward(self, code: Tensor) -> Tensor:
        return torch.cat([code[:, : self.first], self.module(code[:, self.first :])], dim=1)


class SideBySide(Distribution):
    """Independent ``latents`` and choices: the numbers of the second distribution behind the first's."""

    arg_constraints = {}  # noqa: RUF012  (torch's own way to say that there is nothing to check)

    def __init__(self, latents: Distribution, choices: Distribution) -> None:
        self.sizes = [latents.event_shape[0], choices.event_shape[0]]
        super().__init__(event_shape=torch.Size([sum(self.sizes)]), validate_args=False)
        self.latents, self.choices = latents, choices

    def sample(self, sample_shape: _size = torch.Size()) -> Tensor:  # noqa: B008
        return torch.cat([self.latents.sample(sample_shape), self.choices.sample(sample_shape)], dim=-1)

    def log_prob(self, value: Tensor) -> Tensor:
        z, c = value.split(self.sizes, dim=-1)
        return self.latents.log_prob(z) + self.choices.log_prob(c)
