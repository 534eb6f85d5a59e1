"""The beta-TCVAE (Chen et al. 2018, arXiv:1802.04942): the KL in three parts, each with a weight of its own."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.models.base import Terms
from ae_studio.models.gaussian import log_normal, log_standard_normal
from ae_studio.models.settings import StackSettings
from ae_studio.models.settings_variational import BetaTcvaeSettings
from ae_studio.models.stacks import ImageShape
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian


class BetaTCVAE(VAE):
    """L = R + alpha MI + beta TC + gamma dwKL (eq. 4), nats.

    MI = KL(q(z, n) || q(z) p(n)), the mutual information of image and code; TC = KL(q(z) || prod_j q(z_j)), the total
    correlation; dwKL = sum_j KL(q(z_j) || p(z_j)). q(z) is estimated from the batch: several processes each estimate
    it from their own share. The closer the number of images to the batch size, the better the estimate.
    """

    settings: BetaTcvaeSettings
    training_images: Tensor

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: StackSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.register_buffer("training_images", torch.zeros((), dtype=torch.int64))  # N

    def begin(self, x: Tensor, images: int | None = None) -> None:
        self.training_images.fill_(len(x) if images is None else images)

    def terms(self, x: Tensor) -> Terms:
        mu, logvar = (each.float() for each in self.posterior(x))
        z = sample_gaussian(mu, logvar)
        reconstruction = self.reconstruction(x, z)
        mi, tc, dwkl = kl_in_parts(z, mu, logvar, self.training_images)
        weights = self.settings
        return {
            "loss": reconstruction + weights.alpha * mi + weights.beta * tc + weights.gamma * dwkl,
            "reconstruction": reconstruction,
            "kl": kl_to_standard_normal(mu, logvar),
            "mutual_information": mi,
            "total_correlation": tc,
            "dimension_kl": dwkl,
        }

    def weights(self) -> dict[str, float]:
        weights = self.settings
        parts = {"mutual_information": weights.alpha, "total_correlation": weights.beta, "dimension_kl": weights.gamma}
        return {"reconstruction": 1.0, **parts}


def kl_in_parts(z: Tensor, mu: Tensor, logvar: Tensor, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """MI, TC and dwKL (eq. 2) from one sample z_i ~ q(z|x_i) of each image of a batch, nats; z, mu, logvar are (B, d).

    Their sum is the batch's estimate of the KL from the same samples, whatever estimates q(z). Needs B^2 d numbers.
    """
    pairs = log_normal(z[:, None], mu, logvar)  # (B, B, d): log q(z_i | x_j) of each dimension
    weights = log_importance(len(z), images)  # (B, B)
    log_qz = torch.logsumexp(weights + pairs.sum(2), dim=1)  # (B,)
    log_qz_product = torch.logsumexp(weights[:, :, None] + pairs, dim=1).sum(1)  # (B,)
    log_qz_given_x = log_normal(z, mu, logvar).sum(1)
    log_pz = log_standard_normal(z).sum(1)
    mi = (log_qz_given_x - log_qz).mean()
    tc = (log_qz - log_qz_product).mean()
    return mi, tc, (log_qz_product - log_pz).mean()


def log_importance(batch: int, images: Tensor) -> Tensor:
    """log of the weights (B, B) with which q(z_i | x_j) stands for q(z_i) over all N images, of which a batch is B.

    z_i comes from its own image, which is one of N; the other B - 1 stand for the other N - 1. So the estimate is
    without bias, and exact where the batch is all there is: the paper's stratified estimate (appendix C), averaged over
    which of the others gets the odd weight there.
    """
    if batch == 1:
        return torch.zeros(1, 1, device=images.device)
    n = images.clamp(min=batch).float()
    others = torch.log((n - 1) / n / (batch - 1)).expand(batch, batch)
    own = torch.eye(batch, dtype=torch.bool, device=images.device)
    return torch.where(own, -torch.log(n), others)
