"""What could be measured only where the true factors behind the images were known."""

from __future__ import annotations

from typing import NoReturn

from ae_studio.latent.measured import About
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.measures.subject import Subject

REASON = "needs the true factors behind the images (position, size, colour), which this data does not have"


def unknown(subject: Subject) -> NoReturn:
    raise Undefined(REASON)


METRICS = (
    Metric(
        About(
            "mig",
            "MIG",
            "",
            "Mutual information gap: does each factor stand in one latent dimension alone?",
            "higher",
            "Chen et al. 2018, arXiv:1802.04942",
        ),
        unknown,
    ),
    Metric(
        About(
            "dci",
            "DCI",
            "",
            "Disentanglement, completeness and informativeness of the code about the factors.",
            "higher",
            "Eastwood & Williams 2018, ICLR",
        ),
        unknown,
    ),
    Metric(
        About(
            "sap",
            "SAP",
            "",
            "Separated attribute predictability: how far the best dimension for a factor leads.",
            "higher",
            "Kumar et al. 2018, arXiv:1711.00848",
        ),
        unknown,
    ),
)
