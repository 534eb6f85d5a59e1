"""How far two samples of codes lie apart: what pulls the aggregate posterior q(z) towards a prior p(z).

Each couples the images of a batch: several processes compute it over their own shares, and average the gradients.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

SEVERAL_SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # times C: differences near by and far away, both seen


def mmd(z: Tensor, prior: Tensor, scale: float, factors: Sequence[float] = (1.0,), *, paired: bool = False) -> Tensor:
    """MMD^2 of samples z (n, d) and prior (m, d), the unbiased U-statistic; around 0 where they agree, so also below.

    The kernel is the inverse multiquadratic k(a, b) = C / (C + |a - b|^2), C = ``scale``, of Tolstikhin et al. 2018
    (arXiv:1711.01558, section 4); with several ``factors`` the sum of the kernels with C times each of them.
    At most 2 for each kernel. A single sample has no pairs: then it is 0.

    ``paired``: row i of the prior's sample, n = m, may depend on row i of z, of which only pairs i != j are then looked
    at (Gretton et al. 2012, JMLR 13, lemma 6). Rows that are nearly alike take nearly all noise out of the estimate.
    """
    n, m = len(z), len(prior)
    if min(n, m) < 2:
        return z.new_zeros((), dtype=torch.float32)
    scales = [scale * factor for factor in factors]
    within_z, within_prior, across = (_kernel(a, b, scales) for a, b in ((z, z), (prior, prior), (z, prior)))
    mean_across = _mean_off_diagonal(across) if paired else across.mean()
    return _mean_off_diagonal(within_z) + _mean_off_diagonal(within_prior) - 2 * mean_across


def _kernel(a: Tensor, b: Tensor, scales: Sequence[float]) -> Tensor:
    """Sum over the scales of C / (C + |a_i - b_j|^2), (n, m)."""
    d2 = squared_distances(a, b)
    return sum((c / (c + d2) for c in scales), torch.zeros_like(d2))


def _mean_off_diagonal(k: Tensor) -> Tensor:
    """Of a kernel (n, n), without the pairs of a row with itself."""
    return (k.sum() - k.diagonal().sum()) / (len(k) * (len(k) - 1))


def sliced_wasserstein(z: Tensor, prior: Tensor, directions: Tensor) -> Tensor:
    """SW_2^2 of samples z and prior, each (n, d): W_2^2 on a line, mean over the unit vectors ``directions`` (p, d).

    On a line the best plan pairs the sorted values (Kolouri et al. 2018, arXiv:1804.01947, eq. 8 and 12).
    Never negative; between two samples of the same distribution it is above 0 and falls about as 1/n.
    """
    with torch.autocast(z.device.type, enabled=False):
        line_z, line_prior = (sample.float() @ directions.float().T for sample in (z, prior))  # (n, p)
    return (line_z.sort(dim=0).values - line_prior.sort(dim=0).values).square().mean()


def random_directions(count: int, like: Tensor) -> Tensor:
    """Unit vectors (count, d), uniform on the sphere, for codes like these (n, d). Alike in all processes."""
    return torch.nn.functional.normalize(torch.randn(count, like.shape[1], device=like.device), dim=1)


def squared_distances(a: Tensor, b: Tensor) -> Tensor:
    """|a_i - b_j|^2 of (n, d) and (m, d), (n, m), in 32 bits. Its gradient is finite where two points agree."""
    with torch.autocast(a.device.type, enabled=False):
        a, b = a.float(), b.float()
        centre = b.mean(dim=0).detach()  # far from the origin, the difference of large squares would lose its digits
        a, b = a - centre, b - centre
        return (a.square().sum(dim=1)[:, None] + b.square().sum(dim=1) - 2 * a @ b.T).clamp_min(0)
