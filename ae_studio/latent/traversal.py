"""Traversals: what every dimension of a code does to the image, alone. Knows no torch.

As in Higgins et al. 2017 (beta-VAE), figure 2: one dimension moves while the others stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, LatentSpace
from ae_studio.latent.activity import activity
from ae_studio.latent.plane import subscripted
from ae_studio.latent.valid import nearest_valid, switch_parts

CELLS = 9  # of a row: an odd number has a middle
MOST_OPTIONS = 12  # of a switch: all of most, ten classes among them, still in a row that fits
QUANTILES = (0.01, 0.99)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One dimension on its way: ``values`` (m,) and the ``codes`` (m, d) that hold them, in order.

    ``importance`` is in words; ``reason`` says why the model does not use it, empty where it does. ``texts`` (m) are
    the values in words. ``dimension`` is None for a switch, whose values are its options.
    """

    name: str
    dimension: int | None
    values: Floats
    texts: tuple[str, ...]
    codes: Codes
    importance: str
    reason: str = ""

    def cell_of(self, code: Codes) -> int:
        """The cell whose value is nearest to this code's."""
        return int(np.square(self.codes - code).sum(axis=1).argmin())


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The codes (n, d) of the fixed sample, their posteriors' standard deviations (n, d), and KL (d,) in nats."""

    codes: Codes
    space: LatentSpace
    spread: Codes | None = None
    kl: Codes | None = None


RANGES = {
    "two": "±2",
    "quantile": "1 % to 99 %",
    "aggregate": "±2 σ of q(z)",
}


def why_no_range(kind: str, spread: Codes | None) -> str:
    """Why a range cannot be had, empty where it can."""
    if kind == "aggregate" and spread is None:
        return "The codes of this model have no posterior, and so no aggregate of them"
    return ""


def why_no_traversal(space: LatentSpace) -> str:
    """Why the codes have no dimensions to go along, empty where they do."""
    if space.kind == "codebook":
        return "The codes of this model are entries of a codebook: between two of them there is nothing"
    return ""


def ends(kind: str, sample: Sample, centre: Codes) -> tuple[Floats, Floats]:
    """First and last value (dim,) of each dimension.

    ``two``: 2 to both sides of the centre, two standard deviations of a standard normal prior. ``quantile``: from
    1 % to 99 % of the codes, wherever the centre is. ``aggregate``: two standard deviations of the aggregate posterior
    q(z) = E_x q(z|x) to both sides of the centre; by the law of total variance that is sqrt(E[sigma^2] + Var[mu]).
    """
    dim = sample.space.dim
    middle = centre[:dim].astype(np.float64)
    if kind == "quantile":
        low, high = np.quantile(sample.codes[:, :dim].astype(np.float64), QUANTILES, axis=0)
        return low, high
    reach = np.full(dim, 2.0) if kind == "two" else 2 * aggregate_deviation(sample)
    return middle - reach, middle + reach


def aggregate_deviation(sample: Sample) -> Floats:
    """Standard deviation (dim,) of a code that is drawn from the posterior of a random image."""
    dim = sample.space.dim
    if sample.spread is None:
        raise ValueError(why_no_range("aggregate", None))
    means = sample.codes[:, :dim].astype(np.float64)
    within = np.square(sample.spread[:, :dim].astype(np.float64)).mean(axis=0)
    deviation: Floats = np.sqrt(within + means.var(axis=0))
    return deviation


def traversal(sample: Sample, centre: Codes, kind: str = "two", cells: int = CELLS) -> tuple[Row, ...]:
    """A row for every dimension, the most important first, and one for every switch, each through ``centre`` (d,).

    On a sphere or in a ball, the codes are put back where codes may lie.
    """
    if why_no_traversal(sample.space) or not len(sample.codes) or not np.isfinite(sample.codes).all():
        return ()
    known = activity(sample.codes, sample.space, sample.kl, sample.spread)
    low, high = ends(kind, sample, centre)
    rows = []
    for dimension in map(int, known.order):
        values = np.linspace(low[dimension], high[dimension], cells)
        codes = np.repeat(centre[None].astype(np.float32), cells, axis=0)
        codes[:, dimension] = values
        if sample.space.kind != "flat":
            codes = np.stack([nearest_valid(sample.space, code) for code in codes])
        texts = tuple(f"{value:+.2f}".replace("-", "−") for value in values)
        name, words = subscripted(dimension), known.in_words(dimension)
        rows.append(Row(name, dimension, values, texts, codes, words, known.why_inactive(dimension)))
    return (*rows, *_switch_rows(sample.space, centre))


def _switch_rows(space: LatentSpace, centre: Codes) -> list[Row]:
    """The options of every switch, as many as a row has room for."""
    rows = []
    for switch, part in zip(space.switches, switch_parts(space), strict=True):
        shown = min(MOST_OPTIONS, len(switch.options))
        codes = np.repeat(centre[None].astype(np.float32), shown, axis=0)
        codes[:, part] = np.eye(len(switch.options), dtype=np.float32)[:shown]
        names = switch.options[:shown]
        words = f"{len(switch.options)} options" + (f", the first {shown}" if shown < len(switch.options) else "")
        rows.append(Row(switch.name, None, np.arange(shown, dtype=np.float64), names, codes, words))
    return rows
