"""What variational models must come to: published figures, and what one must be to another."""

from __future__ import annotations

from collections.abc import Iterator

from ae_studio.runs.evaluate import evaluate
from benchmarks.known_answers.answer import Answer, near
from benchmarks.known_answers.runs import trained

EXAMPLE = {"latent_dim": 20, "batch_size": 128, "lr": 1e-3, "epochs": 10}


def vae_as_published() -> Iterator[Answer]:
    """784-400-20, Bernoulli on grey values, Adam 1e-3, batch 128: what PyTorch's example prints after ten epochs."""
    with trained({**EXAMPLE, "model": "vae", "settings": {"hidden": "400"}}) as found:
        metrics = evaluate(found.run)["metrics"]
    yield near("VAE 784-400-20, epoch 10: train, nats per image", found.last["loss"], 106.2, 0.5)
    yield near("VAE 784-400-20, epoch 10: test, nats per image", metrics["nats_per_image"], 105.6, 0.4)
