"""Whether a drawing lands where it should: ``python -m benchmarks.drawing`` prints one JSON object.

Real test images, as large as the pad and all ink or none, as a pen leaves it, are made into images as MNIST has them
and encoded: how far from their own codes do they come out?
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from ae_studio.config import RunConfig
from ae_studio.data.drawing import Ink, Pixels, as_data, measured_proportions
from ae_studio.data.images import load
from ae_studio.events import Codes, EpochDone, Event, Look
from ae_studio.paths import data_root
from ae_studio.training.train import train
from benchmarks.engine import MLP_VAE

PAD = 280  # pixels
DRAWN = 1000  # test images
COMPARED = 2000  # codes among which the nearest other one is sought: as many as the canvas shows
EDGE = 6.0  # how steep ink ends: within a sixth of one of MNIST's pixels


def penned(image: Pixels) -> Ink:
    """A real image (28, 28) as a pen of the same thickness would have drawn it on the pad."""
    large = Image.fromarray(image.astype(np.float32) / 255).resize((PAD, PAD), Image.Resampling.BICUBIC)
    return ((np.asarray(large, dtype=np.float32) - 0.5) * EDGE + 0.5).clip(0, 1)


def trained_look(epochs: int) -> Look:
    """The last look of a 2-D VAE on MNIST."""
    looks: list[Look] = []

    def keep(event: Event) -> None:
        if isinstance(event, EpochDone):
            looks.append(event.look)

    with tempfile.TemporaryDirectory() as folder:
        train(RunConfig(**MLP_VAE, epochs=epochs, seed=0), keep, out=Path(folder) / "run")
    return looks[-1]


def measure(look: Look) -> dict[str, float]:
    """Medians of distances in the latent space, and what a drawing costs in ms."""
    data = load("mnist", data_root())
    numbers = data.test[:COMPARED]
    images, labels = data.images[numbers, 0], data.labels[numbers]
    proportions = measured_proportions(images)
    assert look.encoder is not None
    own = look.encoder(images, labels)
    pads = [penned(image) for image in images[:DRAWN]]
    began = time.perf_counter()
    drawn = np.stack([image for pad in pads if (image := as_data(pad, proportions)) is not None])
    seconds = time.perf_counter() - began
    moved = np.linalg.norm(look.encoder(drawn, labels[:DRAWN]).codes - own.codes[:DRAWN], axis=1)
    assert own.spread is not None
    return {
        "moved": float(np.median(moved)),
        "spread": float(np.median(np.linalg.norm(own.spread, axis=1))),
        "nearest": float(np.median(nearest_distances(own.codes))),
        "ms": 1000 * seconds / DRAWN,
    }


def nearest_distances(codes: Codes) -> Codes:
    """From each code (n, d) to the nearest other one."""
    squared = np.square(codes[:, None] - codes[None]).sum(axis=2)
    np.fill_diagonal(squared, np.inf)
    nearest: Codes = np.sqrt(squared.min(axis=1))
    return nearest


if __name__ == "__main__":
    from benchmarks.mnist import use_mnist

    use_mnist()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    print(json.dumps(measure(trained_look(epochs=5))))
