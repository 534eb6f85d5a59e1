"""``python -m benchmarks.known_answers``: what theory and published code say must come out, on real MNIST.

Takes about six minutes on two cores. Exits with 1 where a number is off. The shorter known answers are tests.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ae_studio.events import EpochDone, Event
from ae_studio.runs.evaluate import evaluate
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.defaults import complete, preset_values
from ae_studio.training.train import train
from benchmarks.mnist import use_mnist

# The answers are for all 60,000 training images; 0.001 is the smallest share that may be held back.
ALL_OF_MNIST = {"data": "mnist", "validation_fraction": 0.001, "device": "cpu", "precision": "32"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A number that came out, and what it should be."""

    what: str
    found: float
    expected: float
    tolerance: float

    @property
    def right(self) -> bool:
        return abs(self.found - self.expected) <= self.tolerance

    def __str__(self) -> str:
        verdict = "right" if self.right else "WRONG"
        return f"{self.what:58} {self.found:<10.6g} expected {self.expected:g} ± {self.tolerance:.2g}  {verdict}"


def linear_is_pca() -> list[Answer]:
    """Baldi & Hornik 1989: the best linear autoencoder spans the principal subspace, so no loss can be below PCA's."""
    optimum = 0.0556694  # test MSE per pixel of PCA with two components, fitted on the 60,000 training images
    config = {**preset_values("talk-linear"), **ALL_OF_MNIST}
    _, metrics = _trained(config)
    return [Answer("linear, d = 2: test MSE per pixel", metrics["mse_per_pixel"], optimum, 0.01 * optimum)]


def vae_as_published() -> list[Answer]:
    """784-400-20, Bernoulli on grey values, Adam 1e-3, batch 128: what PyTorch's example prints after ten epochs."""
    settings = {"hidden": "400", "reconstruction": "bernoulli"}
    config = {**ALL_OF_MNIST, "model": "vae", "latent_dim": 20, "batch_size": 128, "lr": 1e-3, "epochs": 10}
    epochs, metrics = _trained({**config, "settings": settings})
    return [
        Answer("VAE 784-400-20, epoch 10: train, nats per image", epochs[-1].train["loss"], 106.2, 0.5),
        Answer("VAE 784-400-20, epoch 10: test, nats per image", metrics["nats_per_image"], 105.6, 0.4),
    ]


ANSWERS: dict[str, Callable[[], list[Answer]]] = {"linear": linear_is_pca, "vae": vae_as_published}


def _trained(values: Mapping[str, Any]) -> tuple[list[EpochDone], Mapping[str, float]]:
    """The epochs of a run, and its metrics on the test split."""
    epochs: list[EpochDone] = []

    def keep(event: Event) -> None:
        if isinstance(event, EpochDone):
            epochs.append(event)

    with tempfile.TemporaryDirectory() as folder:
        ended = train(complete(values), keep, out=Path(folder) / "run")
        if ended.outcome != "finished" or ended.run is None:
            raise RuntimeError(ended.reason)
        return epochs, evaluate(RecordedRun(ended.run), names=("mse_per_pixel", "nats_per_image"))["metrics"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.known_answers", description=__doc__)
    parser.add_argument("which", nargs="*", choices=[*ANSWERS, []], help="these alone")
    chosen = parser.parse_args().which or ANSWERS
    use_mnist()
    answers = []
    for name in chosen:
        for answer in ANSWERS[name]():
            print(answer, flush=True)
            answers.append(answer)
    return 0 if all(answer.right for answer in answers) else 1


if __name__ == "__main__":
    sys.exit(main())
