"""What variational models must come to: published figures, and what one must be to another."""

from __future__ import annotations

from collections.abc import Iterator

from ae_studio.runs.evaluate import evaluate
from benchmarks.known_answers.answer import Answer, below, near
from benchmarks.known_answers.runs import trained

EXAMPLE = {"latent_dim": 20, "batch_size": 128, "lr": 1e-3, "epochs": 10}


def vae_as_published() -> Iterator[Answer]:
    """784-400-20, Bernoulli on grey values, Adam 1e-3, batch 128: what PyTorch's example prints after ten epochs."""
    with trained({**EXAMPLE, "model": "vae", "settings": {"hidden": "400"}}) as found:
        metrics = evaluate(found.run, names=("mse_per_pixel", "nats_per_image", "kl_nats"))["metrics"]
    yield near("VAE 784-400-20, epoch 10: train, nats per image", found.last["loss"], 106.2, 0.5)
    yield near("VAE 784-400-20, epoch 10: test, nats per image", metrics["nats_per_image"], 105.6, 0.4)


def capacity_is_reached() -> Iterator[Answer]:
    """Burgess et al. 2018: at the end of its ramp the KL is held at C nats."""
    settings = {"hidden": "400", "capacity": 25.0, "capacity_epochs": 6, "gamma": 100.0}
    with trained({**EXAMPLE, "model": "capacity-vae", "settings": settings}) as found:
        yield near("capacity VAE, C = 25 nats: train KL", found.last["kl"], 25.0, 0.5)


def better_than_the_vae() -> Iterator[Answer]:
    """By the bound of 50 samples on grey values, not binarised: who knows the class needs fewer nats for an image (Sohn
    et al. 2015), and who trains on a tighter bound explains the images better (Burda et al. 2016).
    """
    nats = {}
    for model in ("vae", "conditional-vae", "iwae"):
        with trained({**EXAMPLE, "model": model, "settings": {"hidden": "400"}}) as found:
            nats[model] = evaluate(found.run, names=("iwae_nats",))["metrics"]["iwae_nats"]
    for model, name in (("conditional-vae", "conditional VAE"), ("iwae", "IWAE, K = 5")):
        yield below(f"{name}: NLL by k = 50, grey values, nats", nats[model], nats["vae"], "the VAE's")
