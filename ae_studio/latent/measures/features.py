"""The eye of the metrics of samples: a small network that tells the classes of a data set, learned from that set.

Training it costs seconds, so that it is kept in the user's cache, one file for each data set.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from ae_studio.data.batches import source
from ae_studio.data.images import ImageData
from ae_studio.models.pixels import to_unit
from ae_studio.models.stacks import ImageShape
from ae_studio.models.stream import OwnStream
from ae_studio.paths import cache_root

VERSION = 1  # of the network and its training: another one measures other distances
FEATURES = 64
SEED = 20_170_626  # Heusel et al. 2017
STEPS, BATCH, LR = 400, 128, 1e-2  # nearly an epoch of MNIST: 97 % right, in two seconds


class FeatureNet(nn.Module):
    """Images (B, C, H, W) to FEATURES numbers, and those to the logits of the classes."""

    def __init__(self, image_shape: ImageShape, classes: int) -> None:
        super().__init__()
        self.seeing = nn.Sequential(
            nn.Conv2d(image_shape[0], 16, 3, stride=2, padding=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, stride=2, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(4),
            nn.Flatten(),
            nn.Linear(512, FEATURES),
            nn.ReLU(),
        )
        self.telling = nn.Linear(FEATURES, classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.telling(self.seeing(x))

    @torch.no_grad()
    def features(self, x: Tensor) -> Tensor:
        """(n, C, H, W) to (n, FEATURES), float32."""
        return torch.cat([self.seeing(part) for part in torch.split(x, 500)])

    @torch.no_grad()
    def classes(self, x: Tensor) -> Tensor:
        """(n, C, H, W) to the most likely classes (n,)."""
        return torch.cat([self(part).argmax(1) for part in torch.split(x, 500)])


def feature_net(data: ImageData, check: Callable[[], None] = lambda: None) -> FeatureNet:
    """The network of this data set, from the cache or trained on its training images.

    ``check`` is called before each step of the training, and may raise.
    """
    path = cache_root() / f"features-{VERSION}-{_fingerprint(data)}.safetensors"
    with OwnStream(SEED):
        net = FeatureNet(data.image_shape, len(data.class_names))
        try:
            net.load_state_dict(load_file(path))
        except (OSError, SafetensorError, RuntimeError):  # none yet, or a damaged one
            _train(net, data, check)
            _keep(net, path)
    return net.requires_grad_(False).eval()


def _train(net: FeatureNet, data: ImageData, check: Callable[[], None]) -> None:
    images = source(data.images, torch.device("cpu"))
    optimiser = torch.optim.Adam(net.parameters(), lr=LR)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LR, total_steps=STEPS)
    with torch.enable_grad():
        for _ in range(STEPS):
            check()
            chosen = data.train[torch.randint(len(data.train), (BATCH,)).numpy()]
            x = to_unit(images.index_select(0, torch.tensor(chosen)))
            loss = F.cross_entropy(net(x), torch.tensor(data.labels[chosen]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()


def _keep(net: FeatureNet, path: Path) -> None:
    """Whole or not at all; where the cache cannot be written, the next evaluation trains again."""
    part = path.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError, SafetensorError):
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(net.state_dict(), part)
        os.replace(part, path)


def _fingerprint(data: ImageData) -> str:
    """Of what it would be trained on: shapes, classes, the split, and a few of the images."""
    digest = hashlib.blake2b(digest_size=12)
    digest.update(repr((data.image_shape, data.class_names, len(data.images))).encode())
    digest.update(np.ascontiguousarray(data.train).tobytes())
    digest.update(np.ascontiguousarray(data.labels).tobytes())
    digest.update(np.ascontiguousarray(data.images[data.train[:50]]).tobytes())
    return digest.hexdigest()
