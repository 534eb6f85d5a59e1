"""The vector-quantised VAE (van den Oord, Vinyals & Kavukcuoglu 2017, arXiv:1711.00937)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from ae_studio.models.base import StackedAutoencoder, Terms
from ae_studio.models.noise import rows_of, summed_over_processes
from ae_studio.models.settings_geometry import VqVaeSettings
from ae_studio.models.stacks import ImageShape, make_decoder, make_encoder

SMOOTHING = 1e-5  # Laplace's, of the counts: an entry without a code keeps a finite place
DEAD = 0.1  # share of an even use of the entries below which one is placed anew


class VqVAE(StackedAutoencoder[VqVaeSettings]):
    """L = R + beta ||e - sg(q)||^2 (eq. 3); e the encoder's vectors, q the nearest entry of each.

    The paper's middle term, ||sg(e) - q||^2, is replaced by running means, its appendix A.1. An image has ``slots``
    vectors of ``latent_dim`` numbers; the commitment is summed over the numbers and, as in the paper, averaged over the
    slots. With a uniform prior KL is the constant ``slots`` log K, and left out. Several processes keep one codebook,
    learned from the whole batch; the perplexity is the whole batch's too, but in evaluation mode each one's own.
    """

    def __init__(self, image_shape: ImageShape, latent_dim: int, settings: VqVaeSettings) -> None:
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = make_encoder(image_shape, settings, self.code_size)
        self.quantiser = Quantiser(settings.entries, latent_dim)
        self.decoder = make_decoder(image_shape, settings, self.code_size)

    @property
    def code_size(self) -> int:
        return self.settings.slots * self.latent_dim

    def encode(self, x: Tensor) -> Tensor:
        """The entries that the image is described by, one slot's behind the other's."""
        return self.quantiser(self.encoder(x))

    def decode(self, z: Tensor) -> Tensor:
        """Of any numbers: each slot snaps to its nearest entry first."""
        return super().decode(self.quantiser(z))

    def decoder_module(self) -> nn.Module:
        return nn.Sequential(self.quantiser, super().decoder_module())

    def terms(self, x: Tensor) -> Terms:
        e = self.encoder(x).float()  # (B, slots * latent_dim)
        vectors = e.view(-1, self.latent_dim)
        nearest = self.quantiser.nearest(vectors)
        q = self.quantiser.entries[nearest].view_as(e)
        reconstruction = self.reconstruction(x, straight_through(e, q))
        commitment = (e - q).square().sum() / len(vectors)
        counts = self.quantiser.counted(nearest)
        if self.training:
            counts = summed_over_processes(counts)
            self.quantiser.learn(vectors.detach(), nearest, counts, self.settings.decay)
        return {
            "loss": reconstruction + self.settings.commitment * commitment,
            "reconstruction": reconstruction,
            "commitment": commitment,
            "perplexity": perplexity(counts),
        }

    def weights(self) -> dict[str, float]:
        return {"reconstruction": 1.0, "commitment": self.settings.commitment}

    def kl_given(self, x: Tensor, y: Tensor) -> Tensor:
        """KL(q(k|x) || uniform) of each image and slot, nats, (B, slots): log K, since the choice is certain."""
        return torch.full((len(x), self.settings.slots), math.log(self.settings.entries), device=x.device)

    @torch.no_grad()
    def begin(self, x: Tensor, images: int | None = None) -> None:
        """The entries are encodings of training images, so that all of them are near some code."""
        vectors = self.encoder(x).view(-1, self.latent_dim)
        self.quantiser.place(vectors[torch.randperm(len(vectors))[: self.settings.entries]])

    def codebook(self, z: Tensor) -> tuple[Tensor, Tensor]:
        counts = self.quantiser.counted(self.quantiser.nearest(z.reshape(-1, self.latent_dim)))
        return self.quantiser.entries, counts / counts.sum()


class Quantiser(nn.Module):
    """The codebook: K ``entries`` (K, D), each the mean ``sums / uses`` of the vectors that have lately chosen it.

    No parameter but buffers: no gradient reaches them. All in float32, whatever precision is trained in.
    """

    entries: Tensor
    uses: Tensor  # N of appendix A.1, (K,)
    sums: Tensor  # m, (K, D)

    def __init__(self, count: int, size: int) -> None:
        super().__init__()
        self.register_buffer("entries", torch.empty(count, size).uniform_(-1, 1))
        self.register_buffer("uses", torch.ones(count))
        self.register_buffer("sums", self.entries.clone())

    def forward(self, z: Tensor) -> Tensor:
        """Codes (B, slots * D) to the nearest entries, of the same shape."""
        return self.entries[self.nearest(z.reshape(-1, self.entries.shape[1]))].view_as(z)

    @torch.no_grad()
    def nearest(self, vectors: Tensor) -> Tensor:
        """argmin_k ||e - q_k|| (eq. 1) of vectors (n, D): indices (n,)."""
        with torch.autocast(vectors.device.type, enabled=False):
            squares = self.entries.square().sum(dim=1)  # ||e||^2 is the same for all k
            return torch.addmm(squares, vectors.float(), self.entries.T, alpha=-2).argmin(dim=1)

    def counted(self, nearest: Tensor) -> Tensor:
        """How often each entry was chosen, (K,)."""
        return torch.zeros_like(self.uses).index_add_(0, nearest, torch.ones_like(nearest, dtype=self.uses.dtype))

    def place(self, vectors: Tensor) -> None:
        """Entries at these vectors (n, D), over and over where there are fewer than K."""
        self.entries.copy_(vectors[torch.arange(len(self.entries)) % len(vectors)])
        self.uses.fill_(1)
        self.sums.copy_(self.entries)

    @torch.no_grad()
    def learn(self, vectors: Tensor, nearest: Tensor, counts: Tensor, decay: float) -> None:
        """A step of the running means (appendix A.1) by vectors (n, D), of which all processes' ``counts`` are known.

        N <- gamma N + (1 - gamma) n,  m <- gamma m + (1 - gamma) sum of e,  q = m / N.
        """
        found = summed_over_processes(torch.zeros_like(self.sums).index_add_(0, nearest, vectors))
        self.uses.lerp_(counts, 1 - decay)
        self.sums.lerp_(found, 1 - decay)
        self._revive(vectors)
        total = self.uses.sum()
        smoothed = (self.uses + SMOOTHING) / (total + len(self.uses) * SMOOTHING) * total
        self.entries.copy_(self.sums / smoothed.unsqueeze(1))

    def _revive(self, vectors: Tensor) -> None:
        """Places entries that are hardly used at vectors of this batch, drawn with an even use to begin with.

        Every process draws the same places in the whole batch; whoever has one of them tells it to the others.
        """
        start, stop, size = rows_of(vectors)  # of images, each of which has as many vectors
        slots = len(vectors) // (stop - start)
        drawn = (torch.rand_like(self.uses) * (size * slots)).long() - start * slots  # (K,), counted from my first
        mine = ((drawn >= 0) & (drawn < len(vectors))).unsqueeze(1)
        offered = vectors[drawn.clamp(0, len(vectors) - 1)] * mine
        told = summed_over_processes(torch.cat([offered, mine.to(offered.dtype)], dim=1))  # (K, D + 1)
        places = told[:, :-1] / told[:, -1:]
        even = self.uses.mean()
        dead = self.uses < DEAD * even
        self.uses.copy_(torch.where(dead, even, self.uses))
        self.sums.copy_(torch.where(dead.unsqueeze(1), even * places, self.sums))


def straight_through(e: Tensor, q: Tensor) -> Tensor:
    """The value of q and the gradient of e (section 3.1): dL/de = dL/dq."""
    return q.detach() + (e - e.detach())


def perplexity(counts: Tensor) -> Tensor:
    """exp of the entropy of these counts (K,): how many entries are in use, counted by how much; 1 to K."""
    shares = counts / counts.sum()
    return torch.exp(torch.special.entr(shares).sum())
