"""Do the codes tell the classes apart? The model has not been told them (or what it was told is left out)."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Floats, Subject

STEPS = 100  # of the logistic regression's solver at most: it is a yardstick, not a contest


def knn_accuracy(subject: Subject) -> Found:
    return _accuracy(_knn(subject), subject, *_codes(subject))


def knn_accuracy_pixels(subject: Subject) -> Found:
    return _accuracy(_knn(subject), subject, *_pixels(subject))


def probe_accuracy(subject: Subject) -> Found:
    return _accuracy(_logistic(), subject, *_codes(subject))


def probe_accuracy_pixels(subject: Subject) -> Found:
    return _accuracy(_logistic(), subject, *_pixels(subject))


def _knn(subject: Subject) -> Any:
    from sklearn.neighbors import KNeighborsClassifier

    neighbours = min(subject.options.neighbours, len(subject.images.train_sample))
    return KNeighborsClassifier(neighbours, algorithm="brute")


def _logistic() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=STEPS))


def _codes(subject: Subject) -> tuple[Floats, Floats]:
    """Of some training images and of the sample of test images, (m, p) and (n, p)."""
    learned = subject.features(subject.train_codes)
    if not learned.shape[1]:
        raise Undefined("the code holds only what the model was told")
    return learned, subject.features(subject.codes)


def _pixels(subject: Subject) -> tuple[Floats, Floats]:
    x, _ = subject.images.taken(subject.images.train_sample)
    return x.flatten(1).numpy(), subject.images.x.flatten(1).numpy()


def _accuracy(classifier: Any, subject: Subject, learned: Floats, tested: Floats) -> Found:
    labels = subject.images.data.labels[subject.images.train_sample]
    if len(np.unique(labels)) < 2:
        raise Undefined("all images are of one class")
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        classifier.fit(learned, labels)
    right = float(classifier.score(tested, subject.images.labels))
    return Found(right, note=f"{len(learned):,} training images, {len(tested):,} test images")


METRICS = (
    Metric(
        About(
            "knn_accuracy",
            "k-NN accuracy",
            "%",
            "Test images whose class most of the k nearest training codes have.",
            "higher",
            "Fix & Hodges 1951; scikit-learn",
        ),
        knn_accuracy,
        beside_pca=True,
    ),
    Metric(
        About(
            "knn_accuracy_pixels",
            "k-NN on pixels",
            "%",
            "The same with the images themselves for codes, to compare.",
            "neither",
            "Fix & Hodges 1951; scikit-learn",
        ),
        knn_accuracy_pixels,
    ),
    Metric(
        About(
            "probe_accuracy",
            "Linear probe",
            "%",
            "Test images whose class a logistic regression on the codes finds: are the classes linearly apart?",
            "higher",
            "Alain & Bengio 2016, arXiv:1610.01644; scikit-learn",
        ),
        probe_accuracy,
        beside_pca=True,
    ),
    Metric(
        About(
            "probe_accuracy_pixels",
            "Linear probe on pixels",
            "%",
            "The same with the images themselves for codes, to compare.",
            "neither",
            "Alain & Bengio 2016, arXiv:1610.01644; scikit-learn",
        ),
        probe_accuracy_pixels,
    ),
)
