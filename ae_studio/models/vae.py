"""The variational autoencoder (Kingma & Welling 2013, arXiv:1312.6114)."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.distributions import Distribution, Independent, Normal, kl_divergence

from ae_studio.models.base import StackedAutoencoder, Terms, reconstruction_errors
from ae_studio.models.noise import standard_normal_like
from ae_studio.models.settings import StackSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder

KL_SAMPLES = 16  # of the posterior of each image, where the prior leaves KL without a closed form


class VAE(StackedAutoencoder[StackSettings]):
    """q(z|x) = N(mu, diag sigma^2), p(z) = N(0, I). L = R + beta KL; at beta = 1 the negative ELBO (eq. 10)."""

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: StackSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, 2 * latent_dim)  # one head: mu, log sigma^2
        self.decoder = make_decoder(image_shape, settings, latent_dim)

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """mu and log sigma^2 of q(z|x), each (B, latent_dim)."""
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        return mu, logvar

    def encode(self, x: Tensor) -> Tensor:
        return self.posterior(x)[0]

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = self.posterior(x)
        reconstruction = self.reconstruction(x, sample_gaussian(mu, logvar))
        kl = kl_to_standard_normal(mu, logvar)
        return {"loss": reconstruction + self.kl_weight * kl, "reconstruction": reconstruction, "kl": kl}

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "kl": self.kl_weight}

    @property
    def kl_weight(self) -> float:
        """beta, 1 in the paper and in the families that have no such setting."""
        return getattr(self.settings, "beta", 1.0)

    def prior(self) -> Distribution:
        """p(z) = N(0, I)."""
        zeros = torch.zeros(self.latent_dim, device=next(self.parameters()).device)
        return Independent(Normal(zeros, torch.ones_like(zeros)), 1)

    def log_prior(self, z: Tensor) -> Tensor:
        """log p(z) of samples z (..., latent_dim), nats, (...)."""
        return self.prior().log_prob(z)

    def posterior_given(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """:meth:`posterior` where the classes y (B,) are known; for families that learn from them."""
        return self.posterior(x)

    def code_given(self, z: Tensor, y: Tensor) -> Tensor:
        """What is decoded of a sample z (..., latent_dim) and a class y (...): z alone, in most families."""
        return z

    def code_and_spread(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor | None]:
        mu, logvar = self.posterior_given(x, y)
        return self.code_given(mu, y), torch.exp(0.5 * logvar)

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor:
        """Of each dimension, (B, latent_dim), where the prior factorises; else estimated from samples, (B, 1)."""
        prior = self.prior()
        if isinstance(prior, Independent) and isinstance(prior.base_dist, Normal):
            mu, logvar = (each.float() for each in self.posterior_given(x, y))
            return kl_divergence(Normal(mu, torch.exp(0.5 * logvar)), prior.base_dist)
        return -self.draw_given(x, y, KL_SAMPLES)[1].mean(dim=0).unsqueeze(1)

    def draw_given(self, x: Tensor, y: Tensor, samples: int) -> tuple[Tensor, Tensor]:
        """Codes of samples z_k ~ q(z|x), (samples, B, code_size), and log p(z_k) - log q(z_k|x), nats, (samples, B)."""
        mu, logvar = (each.float().expand(samples, -1, -1) for each in self.posterior_given(x, y))
        posterior = Independent(Normal(mu, torch.exp(0.5 * logvar)), 1)
        z = sample_gaussian(mu, logvar)  # (samples, B, d)
        return self.code_given(z, y.expand(samples, -1)), self.log_prior(z) - posterior.log_prob(z)

    def log_weights(self, x: Tensor, y: Tensor, samples: int) -> Tensor:
        """log p(x, z_k) - log q(z_k|x) of samples z_k ~ q(z|x), nats, (samples, B).

        Their mean is the ELBO; log mean exp over k the bound of Burda et al. 2016 (arXiv:1509.00519, eq. 8).
        """
        codes, density = self.draw_given(x, y, samples)
        return self.log_likelihood(x, codes) + density

    def log_likelihood(self, x: Tensor, codes: Tensor) -> Tensor:
        """log p(x|z) of codes (samples, B, code_size), nats, (samples, B); Gaussian with sigma^2 = 1/2."""
        repeated = x.expand(len(codes), *x.shape).flatten(0, 1)
        errors = reconstruction_errors(repeated, self.decoder(codes.flatten(0, 1)), self.likelihood)
        if self.likelihood != "bernoulli":
            errors = errors + 0.5 * self.pixels * math.log(math.pi)
        return -errors.view(len(codes), len(x))


def sample_gaussian(mu: Tensor, logvar: Tensor) -> Tensor:
    """z = mu + sigma * eps, eps ~ N(0, I): the reparameterisation of section 2.4."""
    return mu + torch.exp(0.5 * logvar) * standard_normal_like(mu)


def kl_to_standard_normal(mu: Tensor, logvar: Tensor) -> Tensor:
    """1/2 sum_j (mu_j^2 + sigma_j^2 - 1 - log sigma_j^2), nats, mean over the batch (appendix B)."""
    return kl_per_dimension(mu, logvar).sum()


def kl_per_dimension(mu: Tensor, logvar: Tensor) -> Tensor:
    """The same, each dimension's share, (latent_dim,)."""
    return kl_of_images(mu, logvar).mean(dim=0)


def kl_of_images(mu: Tensor, logvar: Tensor) -> Tensor:
    """The same of each image and dimension, (B, latent_dim)."""
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar)
