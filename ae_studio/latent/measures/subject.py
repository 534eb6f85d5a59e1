"""What is measured: a model, and the images it is measured on. What several metrics need is computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ae_studio.data.batches import EvaluationBatches, Indices, source
from ae_studio.data.images import ImageData
from ae_studio.events import Labels, LatentSpace
from ae_studio.latent.evaluation import fixed_noise
from ae_studio.latent.measured import Options
from ae_studio.latent.measures.distances import code_distances, free_numbers, pixel_distances, ranks
from ae_studio.latent.measures.features import FeatureNet, feature_net
from ae_studio.latent.measures.passing import Pass, pass_over, sampled
from ae_studio.latent.measures.stretching import pulled_back
from ae_studio.latent.pca import PrincipalComponents, fit_pca
from ae_studio.latent.sampler import FrozenSampler
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_unit

SAMPLE_SEED = 20_131_220  # which test images the metrics of all pairs take: the same ones for every model
CHUNK = 500  # images at once
MOST_TRAINED = 5000  # training images that a classifier of codes or pixels learns from

Floats = npt.NDArray[np.float32]


class TestImages:
    """The images of a data set that every model is measured on, with their distances among one another."""

    __test__ = False  # no test of pytest's

    def __init__(self, data: ImageData, options: Options, check: Callable[[], None] = lambda: None) -> None:
        """``check`` is called before every batch, and may raise."""
        self.data = data
        self.options = options
        self.check = check
        self.source = source(data.images, torch.device("cpu"))
        self.sample = _some(data.test, options.most)
        self.train_sample = _some(data.train, MOST_TRAINED)

    def batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """The whole test split, uint8 (B, C, H, W) and classes (B,)."""
        for batch in EvaluationBatches(self.source, self.data.labels, self.data.test):
            self.check()
            yield batch

    def taken(self, indices: Indices) -> tuple[Tensor, Tensor]:
        """Images in [0, 1], (n, C, H, W), and their classes (n,)."""
        x = to_unit(self.source.index_select(0, torch.tensor(indices)))
        return x, torch.tensor(self.data.labels[indices])

    @property
    def labels(self) -> Labels:
        """Classes of the sample (n,)."""
        return self.data.labels[self.sample]

    @cached_property
    def x(self) -> Tensor:
        """The sample, (n, C, H, W) in [0, 1]."""
        return self.taken(self.sample)[0]

    @cached_property
    def distances(self) -> Tensor:
        """Euclidean, of the sample's images, (n, n)."""
        return pixel_distances(self.x)

    @cached_property
    def ranks(self) -> Tensor:
        return ranks(self.distances)

    @cached_property
    def eye(self) -> FeatureNet:
        """A classifier of this data set, whose features stand for what an image shows."""
        return feature_net(self.data, self.check)

    @cached_property
    def seen(self) -> Tensor:
        """The sample's features, (n, FEATURES)."""
        return self.eye.features(self.x)

    def pca(self, latent_dim: int) -> PrincipalComponents:
        """Fitted to the training images."""
        return fit_pca(self.source, self.data.image_shape, self.data.train, latent_dim)


class Subject:
    """A model in evaluation mode on the CPU, what its codes are, and what it makes of the images."""

    def __init__(self, model: Autoencoder[Any], space: LatentSpace, images: TestImages) -> None:
        self.model = model.eval()
        self.space = space
        self.images = images
        self.options = images.options

    @cached_property
    def terms(self) -> frozenset[str]:
        """The names of the terms of the model's loss."""
        x, y = self.images.taken(self.images.sample[:2])
        with fixed_noise():
            return frozenset(self.model.terms_given(x, y))

    @cached_property
    def whole(self) -> Pass:
        """What the model makes of every image of the test split."""
        return pass_over(self.model, self.images.batches())

    @cached_property
    def codes(self) -> Tensor:
        """Of the sample, (n, code_size)."""
        return self._encode(self.images.sample)

    @cached_property
    def train_codes(self) -> Tensor:
        """Of some of the training images, (m, code_size)."""
        return self._encode(self.images.train_sample)

    @cached_property
    def reconstructions(self) -> Tensor:
        """Of the sample, (n, C, H, W), clipped to [0, 1]."""
        with torch.no_grad():
            return torch.cat([self.model.decode(z) for z in torch.split(self.codes, CHUNK)]).clamp(0, 1)

    @cached_property
    def drawn(self) -> Tensor:
        """A code of each image of the sample, drawn from its posterior; the code itself without one. (n, code_size)"""
        x, y = self.images.x, torch.tensor(self.images.labels)
        with torch.no_grad(), fixed_noise():
            parts = zip(*(torch.split(each, CHUNK) for each in (x, y, self.codes)), strict=True)
            return torch.cat([sampled(self.model, *part) for part in parts]).float()

    @cached_property
    def samples(self) -> Tensor:
        """As many new images, (n, C, H, W): from the prior or, without one, from a mixture fitted to the codes."""
        codes = torch.tensor(FrozenSampler(self.model, self.codes.numpy())(len(self.codes), SAMPLE_SEED))
        with torch.no_grad():
            return torch.cat([self.model.decode(z) for z in torch.split(codes, CHUNK)]).clamp(0, 1)

    @cached_property
    def samples_seen(self) -> Tensor:
        """Their features, (n, FEATURES)."""
        return self.images.eye.features(self.samples)

    @cached_property
    def stretch(self) -> Tensor:
        """Eigenvalues of J^T J of the decoder at some codes, (n, d)."""
        return pulled_back(self.model, self.space, self.codes)

    def features(self, codes: Tensor) -> Floats:
        """Of codes (n, code_size) those numbers that the model has found in the image, not been told: (n, p)."""
        return codes[:, free_numbers(self.space)].numpy()

    @cached_property
    def distances(self) -> Tensor:
        """Of the sample's codes, (n, n)."""
        return code_distances(self.codes, self.space)

    @cached_property
    def ranks(self) -> Tensor:
        return ranks(self.distances)

    @torch.no_grad()
    def _encode(self, indices: Indices) -> Tensor:
        parts = []
        for chosen in np.array_split(indices, -(-len(indices) // CHUNK)):
            self.images.check()
            x, y = self.images.taken(chosen)
            parts.append(self.model.encode_given(x, y).float())
        return torch.cat(parts)


def pca_beside(subject: Subject) -> Subject:
    """The principal components with as many numbers as the model's code has, on the same images."""
    numbers = max(1, subject.space.dim * subject.space.slots)
    model = subject.images.pca(numbers)
    return Subject(model, LatentSpace(model.latent_dim), subject.images)


def _some(indices: Indices, most: int) -> Indices:
    """At most so many, drawn at random, sorted."""
    if len(indices) <= most:
        return indices
    # RandomState, the old generator: numpy promises that its numbers never change (NEP 19).
    return np.sort(np.random.RandomState(SAMPLE_SEED).permutation(indices)[:most])
