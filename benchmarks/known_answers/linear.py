"""What linear networks must find: closed forms, from the eigenvalues of the training images."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from ae_studio.data.images import load
from ae_studio.latent.look import encode
from ae_studio.runs.evaluate import evaluate
from benchmarks.known_answers.answer import Answer, near
from benchmarks.known_answers.runs import Trained, trained

# Test MSE per pixel of PCA fitted on the 60,000 training images: the best that any linear autoencoder can do.
PCA = {2: 0.0556694, 8: 0.0374410, 16: 0.0268602, 32: 0.0168280}
ACTIVE = 0.01  # variance of a posterior mean over the images, above which its unit counts as active (Burda 2016)


def linear_is_pca() -> Iterator[Answer]:
    """Baldi & Hornik 1989: the best linear autoencoder spans the principal subspace, so no loss can be below PCA's."""
    for latent_dim, optimum in PCA.items():
        settings = {"model": "linear", "latent_dim": latent_dim, "epochs": 50, "batch_size": 128, "schedule": "cosine"}
        with trained({**settings, "lr": 3e-3}) as found:
            metrics = evaluate(found.run, names=("mse_per_pixel", "nats_per_image", "kl_nats"))["metrics"]
        yield near(f"linear, d = {latent_dim}: test MSE per pixel", metrics["mse_per_pixel"], optimum, 0.01 * optimum)


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """The optimum of a linear VAE: squared error + beta KL, nats; see Lucas et al. 2019 (arXiv:1911.02469)."""

    loss: float
    kl: float
    active: int


@functools.cache
def eigenvalues() -> np.ndarray:
    """Of the covariance of the training images, the largest first."""
    data = load("mnist")
    learned = np.concatenate([data.train, data.validation])
    x = data.images[learned].reshape(len(learned), -1).astype(np.float64) / 255
    found: np.ndarray = np.linalg.eigvalsh(np.cov(x, rowvar=False, bias=True))[::-1]
    return found


def closed_form(beta: float, latent_dim: int) -> ClosedForm:
    """With s2 = beta / 2: units of eigenvalues above s2 are active, and the others are not worth their nats."""
    s2, values = beta / 2, eigenvalues()
    used = values[:latent_dim][values[:latent_dim] > s2]
    rest = values[len(used) :].sum()
    return ClosedForm(
        float((s2 * (1 + np.log(used / s2))).sum() + rest), float(0.5 * np.log(used / s2).sum()), len(used)
    )


def linear_vae() -> Iterator[Answer]:
    """Linear encoder with a diagonal posterior, linear decoder, no sigmoid: posterior collapse, predicted."""
    for beta, latent_dim in ((1.0, 2), (1.0, 10), (4.0, 10)):
        expected = closed_form(beta, latent_dim)
        settings = {"network": "linear", "reconstruction": "gaussian-linear", "beta": beta}
        run = {"model": "beta-vae", "latent_dim": latent_dim, "batch_size": 256, "epochs": 40, "schedule": "cosine"}
        with trained({**run, "lr": 2e-3, "settings": settings}) as found:
            name = f"linear VAE, β = {beta:g}, d = {latent_dim}"
            yield near(f"{name}: train loss", found.last["loss"], expected.loss, 0.01 * expected.loss)
            yield near(f"{name}: KL, nats", found.last["kl"], expected.kl, 0.03 * expected.kl)
            yield near(f"{name}: active units", active_units(found), expected.active, 0)


def active_units(found: Trained) -> int:
    data = load("mnist")
    images = torch.tensor(data.images[data.test])
    codes, _ = encode(found.run.model(), images, torch.tensor(data.labels[data.test]))
    return int((codes.var(dim=0) > ACTIVE).sum())
