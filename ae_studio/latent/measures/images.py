"""How near are the reconstructions to their images?"""

from __future__ import annotations

import numpy as np

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric
from ae_studio.latent.measures.subject import Subject
from ae_studio.torch_setup import prepare

SSIM_PIXELS = 16  # from this side on the window of SSIM is the paper's, 11 x 11 (sigma 1.5); below it is 5 x 5 (0.5)


def mse(subject: Subject) -> Found:
    """Of the reconstruction from the posterior's mean, and of each class by itself."""
    return Found(float(subject.whole.squared_error.mean()), per_class(subject, subject.whole.squared_error))


def psnr(subject: Subject) -> Found:
    """10 log10(1 / MSE) of each image, averaged: an image without any error would count as endless."""
    errors = np.maximum(subject.whole.squared_error, 1e-10)
    decibels = -10 * np.log10(errors)
    return Found(float(decibels.mean()), per_class(subject, decibels))


def ssim(subject: Subject) -> Found:
    prepare()  # torchmetrics imports torchvision
    from torchmetrics.functional.image import structural_similarity_index_measure

    x = subject.images.x
    sigma = 1.5 if min(x.shape[-2:]) >= SSIM_PIXELS else 0.5
    each = structural_similarity_index_measure(
        subject.reconstructions, x, sigma=sigma, data_range=1.0, reduction="none"
    )
    return Found(float(each.mean()), note=f"{len(x):,} images, Gaussian window with sigma {sigma:g}")  # type: ignore[union-attr]


def nats(subject: Subject) -> Found:
    return Found(float(subject.whole.nats.mean()), per_class(subject, subject.whole.nats))


def per_class(subject: Subject, values: np.ndarray) -> dict[str, float]:
    """Means of an image's values (n,) by class; none where all images are of one."""
    labels, names = subject.whole.labels, subject.images.data.class_names
    found = {names[label]: float(values[labels == label].mean()) for label in np.unique(labels)}
    return {f"class {name}": value for name, value in found.items()} if len(found) > 1 else {}


METRICS = (
    Metric(
        About(
            "mse_per_pixel",
            "MSE",
            "",
            "Mean squared error of a pixel (0 to 1) of the reconstruction from the posterior's mean.",
            "lower",
            "mean squared error",
        ),
        mse,
        beside_pca=True,
    ),
    Metric(
        About(
            "psnr",
            "PSNR",
            "dB",
            "Peak signal-to-noise ratio: 10 log10(1 / MSE) of an image, averaged over the images.",
            "higher",
            "decibels of the MSE",
        ),
        psnr,
        beside_pca=True,
    ),
    Metric(
        About(
            "ssim",
            "SSIM",
            "",
            "Structural similarity: agreement in brightness, contrast and structure around each pixel; 1 is identity.",
            "higher",
            "Wang et al. 2004, IEEE TIP 13(4); torchmetrics",
        ),
        ssim,
        beside_pca=True,
    ),
    Metric(
        About(
            "reconstruction_nats",
            "Reconstruction",
            "nats",
            "Bernoulli cross-entropy, summed over an image's pixels, of the reconstruction from a posterior sample.",
            "lower",
            "Kingma & Welling 2013, arXiv:1312.6114",
        ),
        nats,
    ),
)
