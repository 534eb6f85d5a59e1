"""The Poincare VAE (Mathieu, Le Lan, Maddison, Tomioka & Teh 2019, arXiv:1901.06033)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ae_studio.models.base import Terms
from ae_studio.models.noise import standard_normal_like
from ae_studio.models.poincare_ball import PoincareBall, WrappedNormal, wrapped_log_density
from ae_studio.models.precision import in_float64
from ae_studio.models.settings_geometry import PoincareSettings
from ae_studio.models.stacks import ImageShape
from ae_studio.models.vae import VAE


class PoincareVAE(VAE):
    """q(z|x) and p(z) are normal distributions wrapped onto the Poincare ball. L = R + beta KL.

    KL has no closed form: log q - log p of the one sample that is decoded. The encoder's mean reaches the ball by
    the exponential map at the origin, and a code the decoder by the logarithmic map, as numbers that are N(0, I) under
    the prior; the paper's own first layer, of distances to geodesics, is not used.
    """

    settings: PoincareSettings

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: PoincareSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.ball = PoincareBall(settings.curvature)
        self.decoder = nn.Sequential(FromBall(self.ball), self.decoder)

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """mu in the ball, and log sigma^2 of the distances from it, each (B, latent_dim)."""
        mean, logvar = in_float64(self.encoder(x)).chunk(2, dim=1)
        return self.ball.from_normal(torch.zeros_like(mean), mean), logvar

    def encode(self, x: Tensor) -> Tensor:
        return self.ball.inside(self.posterior(x)[0].float())

    def terms(self, x: Tensor) -> Terms:
        z, density = self.drawn(*self.posterior(x))
        reconstruction, kl = self.reconstruction(x, z), -density.mean()
        return {"loss": reconstruction + self.kl_weight * kl, "reconstruction": reconstruction, "kl": kl}

    weights = VAE.weights

    def drawn(self, mu: Tensor, logvar: Tensor) -> tuple[Tensor, Tensor]:
        """z ~ q(z|x) (..., d), float64, and log p(z) - log q(z|x), nats, (...)."""
        v = torch.exp(0.5 * logvar) * in_float64(standard_normal_like(mu.float()))
        z = self.ball.from_normal(mu, v)
        return z, self.prior().log_prob(z) - wrapped_log_density(self.ball, v, logvar).float()

    def prior(self) -> WrappedNormal:
        return WrappedNormal(self.ball, self.latent_dim, next(self.parameters()).device)

    def code_and_spread(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor | None]:
        return self.encode_given(x, y), None  # the posterior is no Gaussian in the numbers of a code

    def draw_given(self, x: Tensor, y: Tensor, samples: int) -> tuple[Tensor, Tensor]:
        mu, logvar = (each.expand(samples, -1, -1) for each in self.posterior(x))
        z, density = self.drawn(mu, logvar)
        return z, density


class FromBall(nn.Module):
    """Codes of the ball (B, d) to the numbers that a decoder sees, float32: lambda_0 log_0(z)."""

    def __init__(self, ball: PoincareBall) -> None:
        super().__init__()
        self.ball = ball

    def forward(self, z: Tensor) -> Tensor:
        return self.ball.to_normal(self.ball.inside(in_float64(z))).float()
