"""An entry of the registry of metrics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.subject import Subject


class Undefined(Exception):
    """Why a metric has no value for this model or data, in the user's words."""


@dataclass(frozen=True, slots=True)
class Metric:
    """``measure`` finds the value on a subject or raises :class:`Undefined`; ``beside_pca``: PCA has one to compare."""

    about: About
    measure: Callable[[Subject], Found | float]
    beside_pca: bool = False
