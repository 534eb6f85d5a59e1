"""Modified Bessel functions as distributions on a sphere need them: of any order, without overflow, with a gradient.

Over the first number t of a uniform point on the unit sphere of R^m, F(kappa) = log E[exp(kappa t)]: F(0) = 0, and
F' = A = I_{m/2} / I_{m/2-1}, the mean of t where points weigh exp(kappa t).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

DEBYE_ORDER = 10  # of the Bessel function from which on four terms of Debye's expansion are right to 1e-6


def normaliser(kappa: Tensor, m: int) -> tuple[Tensor, Tensor]:
    """F(kappa) = log[Gamma(v + 1) (2 / kappa)^v I_v(kappa)] with v = m/2 - 1, and A(kappa) = I_{v+1} / I_v; each (...).

    From Debye's expansion at a high order (DLMF 10.41.3) down by I_v = I_{v+2} + 2 (v + 1) / kappa I_{v+1}. Both are
    smooth at kappa = 0, where a quotient of Bessel functions is not.
    """
    v = m / 2 - 1
    steps = max(0, math.ceil(DEBYE_ORDER - v))
    log_f, ratio = _debye(kappa, v + steps)
    for order in (v + step for step in reversed(range(steps))):
        denominator = 2 * (order + 1) + kappa * ratio
        log_f = log_f + torch.log(denominator / (2 * (order + 1)))
        ratio = kappa / denominator
    return log_f, ratio


def _debye(kappa: Tensor, v: float) -> tuple[Tensor, Tensor]:
    """F and A = F' at the order v: log I_v = v eta - 1/2 log(2 pi v s) + log U(1/s), s = sqrt(1 + (kappa / v)^2)."""
    z = kappa / v
    s = torch.sqrt(1 + z * z)
    t = 1 / s
    above_one = z * z / (1 + s)  # s - 1
    series, slope = _debye_series(t, v)
    at_zero, _ = _debye_series(torch.ones_like(t), v)
    log_f = v * (above_one - torch.log1p(above_one / 2)) + 0.5 * torch.log(t) + torch.log(series / at_zero)
    ratio = z / (1 + s) - 0.5 * z * t * t / v - slope / series * z * t**3 / v
    return log_f, ratio


_U = (  # u_k(t) / t^k of DLMF 10.41.10, in powers of t^2
    (1.0,),
    (3 / 24, -5 / 24),
    (81 / 1152, -462 / 1152, 385 / 1152),
    (30375 / 414720, -369603 / 414720, 765765 / 414720, -425425 / 414720),
    (4465125 / 39813120, -94121676 / 39813120, 349922430 / 39813120, -446185740 / 39813120, 185910725 / 39813120),
)


def _debye_series(t: Tensor, v: float) -> tuple[Tensor, Tensor]:
    """U(t) = sum_k u_k(t) / v^k, and dU/dt."""
    powers: dict[int, float] = {}
    for k, row in enumerate(_U):
        for j, coefficient in enumerate(row):
            powers[k + 2 * j] = powers.get(k + 2 * j, 0.0) + coefficient / v**k
    value, slope = torch.zeros_like(t), torch.zeros_like(t)
    for power in range(max(powers), -1, -1):  # Horner's rule
        slope = slope * t + value
        value = value * t + powers.get(power, 0.0)
    return value, slope
