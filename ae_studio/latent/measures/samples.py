"""How like the data are the images that the model makes up? Seen through a small classifier of the data set."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Subject

NEAREST = 3  # whose distance is the radius around a point (Kynkäänniemi et al. 2019, section 3)


def frechet_distance(a: Tensor, b: Tensor) -> float:
    """|m_a - m_b|^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2)) of the Gaussians fitted to features (n, p) and (m, p)."""
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    root_a = _root(cov_a)
    cross = torch.linalg.eigvalsh(root_a @ cov_b @ root_a).clamp_min(0).sqrt().sum()
    distance = (a.mean(0) - b.mean(0)).square().sum() + cov_a.trace() + cov_b.trace() - 2 * cross
    return max(0.0, float(distance))


def _root(covariance: Tensor) -> Tensor:
    """The symmetric square root."""
    values, vectors = torch.linalg.eigh(covariance)
    return (vectors * values.clamp_min(0).sqrt()) @ vectors.T


def share_inside(points: Tensor, of: Tensor, nearest: int = NEAREST) -> float:
    """The share of points (n, p) within the balls around points (m, p) that reach to each one's k-th nearest.

    Of generated points around real ones the precision; of real ones around generated ones the recall.
    """
    radii = torch.cdist(of, of).kthvalue(nearest + 1, dim=1).values  # itself is its own nearest
    return float((torch.cdist(points, of) <= radii).any(dim=1).float().mean())


def total_variation(p: Tensor, q: Tensor) -> float:
    """1/2 sum |p - q| of shares (classes,): what would have to be moved; 0 to 1."""
    return 0.5 * float((p - q).abs().sum())


# On a subject


def frechet(subject: Subject) -> Found:
    real, made = _features(subject)
    learned, _ = subject.images.taken(subject.images.train_sample[: len(real)])
    floor = frechet_distance(subject.images.eye.features(learned), real)
    parts = {"training images themselves": floor}
    return Found(frechet_distance(made, real), parts, f"{len(made):,} samples, {len(real):,} test images")


def precision(subject: Subject) -> Found:
    real, made = _features(subject)
    return Found(share_inside(made, real), note=f"{len(made):,} samples, {len(real):,} test images")


def recall(subject: Subject) -> Found:
    real, made = _features(subject)
    return Found(share_inside(real, made), note=f"{len(made):,} samples, {len(real):,} test images")


def class_histogram(subject: Subject) -> Found:
    names = subject.images.data.class_names
    _refuse_one_class(subject)
    eye, x = subject.images.eye, subject.images.x
    told = torch.bincount(eye.classes(subject.samples), minlength=len(names)) / len(subject.samples)
    true = torch.bincount(torch.tensor(subject.images.labels), minlength=len(names)) / len(x)
    right = (eye.classes(x).numpy() == subject.images.labels).mean()
    parts = {f"class {name}": float(share) for name, share in zip(names, told, strict=True)}
    return Found(total_variation(told, true), parts, f"by a classifier that is right in {100 * right:.1f} %")


def _features(subject: Subject) -> tuple[Tensor, Tensor]:
    """Of the test images, (n, p), and of as many samples."""
    _refuse_one_class(subject)
    return subject.images.seen, subject.samples_seen


def _refuse_one_class(subject: Subject) -> None:
    if len(set(subject.images.labels.tolist())) < 2:
        raise Undefined("needs a classifier, and all images are of one class")


METRICS = (
    Metric(
        About(
            "frechet_cnn",
            "Fréchet distance (CNN)",
            "",
            "Of new samples from the data, on features of a small classifier learned from this data set. Not FID.",
            "lower",
            "Heusel et al. 2017, arXiv:1706.08500, with another network",
        ),
        frechet,
        beside_pca=True,
    ),
    Metric(
        About(
            "precision",
            "Precision",
            "%",
            "New samples that lie among the real images, on the same features: do they look right?",
            "higher",
            "Kynkäänniemi et al. 2019, arXiv:1904.06991",
        ),
        precision,
        beside_pca=True,
    ),
    Metric(
        About(
            "recall",
            "Recall",
            "%",
            "Real images that lie among new samples, on the same features: is everything covered?",
            "higher",
            "Kynkäänniemi et al. 2019, arXiv:1904.06991",
        ),
        recall,
        beside_pca=True,
    ),
    Metric(
        About(
            "sample_classes",
            "Classes of samples",
            "%",
            "How far the classes of new samples are from those of the data: the share that is of another class.",
            "lower",
            "total variation distance",
        ),
        class_histogram,
        beside_pca=True,
    ),
)
