"""The images of a run, cut for what they are used for: to train, to validate, to look at, to start from."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from ae_studio.data.batches import Indices, SharedEvaluationBatches, Source, TrainBatches, source
from ae_studio.data.images import ImageData
from ae_studio.data.share import Share
from ae_studio.events import Images, Labels
from ae_studio.latent.look import Labelled
from ae_studio.models.pixels import channels_last, to_unit
from ae_studio.training.module import ARMFUL, CHUNK, SHARED_CHUNK
from ae_studio.training.observer import Watched

SAMPLE_SIZE = 2000  # codes on the canvas: enough to see the classes, cheap enough for several looks a second
FIRST_IMAGES = 2048  # that a model may start from: pseudo-inputs, a first codebook
PROBES = 24  # images in the reconstruction grid


class Portions:
    """Of one data set; of all processes of a run each has the same ones, but for its share of every batch."""

    def __init__(self, data: ImageData) -> None:
        self.data = data
        self._sample: Indices = data.validation[:SAMPLE_SIZE]
        self._probes: Indices = data.validation[:PROBES]

    # To train and to validate

    def on(self, device: torch.device) -> Source:
        """The images, once, on the training device where they fit."""
        return source(self.data.images, device)

    def train_batches(self, images: Source, global_batch: int, seed: int, share: Share) -> TrainBatches:
        """``global_batch``: images of a step, of all processes together."""
        chunk, armful = (CHUNK, ARMFUL) if share.ranks == 1 else (SHARED_CHUNK, 1)
        data = self.data
        return TrainBatches(images, data.labels, data.train, global_batch, seed, chunk, share, armful)

    def validation_batches(self, images: Source, share: Share) -> SharedEvaluationBatches:
        return SharedEvaluationBatches(images, self.data.labels, self.data.validation, share=share)

    # To look at

    def watched(self, images: Source) -> Watched:
        return Watched(
            sample=self._labelled(images, self._sample),
            sample_labels=self.sample_labels,
            probes=self._labelled(images, self._probes),
            probe_images=self.probe_images,
        )

    def _labelled(self, images: Source, indices: Indices) -> Labelled:
        chosen = torch.tensor(indices, device=images.device)
        return images.index_select(0, chosen), torch.tensor(self.data.labels[indices], device=images.device)

    @property
    def sample_images(self) -> Images:
        """Those whose codes are shown."""
        return channels_last(self.data.images[self._sample])

    @property
    def sample_labels(self) -> Labels:
        return self.data.labels[self._sample]

    @property
    def probe_images(self) -> Images:
        """Those whose reconstructions are shown."""
        return channels_last(self.data.images[self._probes])

    # To start from

    def first_images(self) -> Tensor:
        """(n, C, H, W) from 0 to 1, the same in every process."""
        return to_unit(torch.tensor(np.array(self.data.images[self.data.train[:FIRST_IMAGES]])))

    def first_labels(self) -> Tensor:
        """(n,), of the same images."""
        return torch.tensor(self.data.labels[self.data.train[:FIRST_IMAGES]])
