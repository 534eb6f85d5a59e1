"""What the topological term must do (Moor et al. 2020, arXiv:1906.00722, table 1: MNIST, two latent dimensions)."""

from __future__ import annotations

from collections.abc import Iterator

from ae_studio.runs.evaluate import evaluate
from benchmarks.known_answers.answer import Answer, below, shown
from benchmarks.known_answers.runs import trained

EPOCHS = 20  # the paper's runs end when the validation loss does not fall any more, after 100 at most
NAMES = ("density_kl_0_1", "trustworthiness", "continuity", "mse_per_pixel")


def topological_beats_vanilla() -> Iterator[Answer]:
    """The same network with and without the term, on 2,000 test images.

    Published: KL_0.1 0.341 against 0.568; trustworthiness 0.928 against 0.946, continuity 0.932 against 0.940.
    """
    found = {}
    for name, settings in (("vanilla", {"weight": 0.0}), ("topological", {})):
        with trained({"model": "topological", "latent_dim": 2, "epochs": EPOCHS, "settings": settings}) as run:
            found[name] = evaluate(run.run, names=NAMES)["metrics"]
    ours, vanilla = found["topological"], found["vanilla"]
    yield below("topological: KL_0.1", ours["density_kl_0_1"], vanilla["density_kl_0_1"], "vanilla's")
    for name in NAMES[1:]:
        yield shown(f"topological: {name}", ours[name], f"vanilla {vanilla[name]:.4g}")
