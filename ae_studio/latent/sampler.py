"""New codes, drawn from the model's prior or, where it learns none, from what its codes turned out to be."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.distributions import Distribution, Independent, Normal

from ae_studio.events import Codes, Prior
from ae_studio.models.base import Autoencoder
from ae_studio.models.priors import Gaussian
from ae_studio.models.stream import OwnStream

COMPONENTS = 10  # of the mixture that is fitted afterwards, as many as Ghosh et al. 2020 (arXiv:1903.12436) take
MOST_FULL = 32  # numbers in a code up to which each component has a whole covariance


class FrozenSampler:
    """A number of codes and a seed to codes (n, code size), float32, of the model as it was.

    A model without a prior has a mixture of Gaussians fitted to the ``codes`` (m, code size) of the fixed sample, when
    it is asked for the first time (Ghosh et al. 2020, section 4: ex-post density estimation).
    """

    def __init__(self, model: Autoencoder[Any], codes: Codes) -> None:
        self._prior = copy.deepcopy(model.prior())  # a prior may hold the model's own, changing weights
        self.prior = None if self._prior is None else Prior(normal_sd(self._prior))
        self._codes = codes
        self._mixture: Any = None

    def __call__(self, count: int, seed: int) -> Codes:
        if self._prior is None:
            return self._from_mixture(count, seed)
        with OwnStream(seed), torch.no_grad():
            return self._prior.sample(torch.Size([count])).float().cpu().numpy()

    def _from_mixture(self, count: int, seed: int) -> Codes:
        if self._mixture is None:
            self._mixture = fitted_mixture(self._codes)
        self._mixture.random_state = seed
        drawn: Codes = self._mixture.sample(count)[0].astype(np.float32)
        return np.random.default_rng(seed).permutation(drawn)  # it comes sorted by component


class LateSampler:
    """A frozen sampler whose weights are read when it draws for the first time. Raises then what ``read`` raises."""

    def __init__(self, read: Callable[[], Autoencoder[Any]], codes: Codes) -> None:
        self._read = read
        self._codes = codes
        self._sampler: FrozenSampler | None = None

    def __call__(self, count: int, seed: int) -> Codes:
        if self._sampler is None:
            self._sampler = FrozenSampler(self._read(), self._codes)
        return self._sampler(count, seed)


def normal_sd(prior: Distribution) -> float | None:
    """The standard deviation of a prior that is N(0, sd^2 I) in the latent dimensions; None for every other."""
    p = getattr(prior, "latents", prior)  # of codes that hold more than the latent dimensions
    if isinstance(p, Gaussian):
        return p.sd
    if not isinstance(p, Independent) or not isinstance(p.base_dist, Normal):
        return None
    sd = float(p.base_dist.scale.flatten()[0])
    even = bool((p.base_dist.scale == sd).all()) and not bool(p.base_dist.loc.any())
    return sd if even else None


def fitted_mixture(codes: Codes, seed: int = 0) -> Any:
    """scikit-learn's Gaussian mixture of these codes (n, d); fewer components where there are few codes."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    codes = np.resize(codes, (max(2, len(codes)), codes.shape[1]))  # scikit-learn wants two at least
    components = max(1, min(COMPONENTS, len(codes) // 10))
    kind = "full" if codes.shape[1] <= MOST_FULL else "diag"
    mixture = GaussianMixture(components, covariance_type=kind, reg_covar=1e-6, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # codes that all agree are no reason to complain
        return mixture.fit(codes.astype(np.float64))
