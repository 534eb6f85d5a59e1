"""Rate against distortion of all runs of a data set: what a code costs, and what it leaves out. Knows no torch.

The rate is KL(q(z|x) ‖ p(z)), an upper bound on what the code says about the image; the distortion is what the decoder
still has to be told, -log p(x|z). Their sum is the negative ELBO, so runs on a line of equal sums are equally good
models of the data, however much their codes do (Alemi et al. 2018, "Fixing a broken ELBO", arXiv:1711.00464). Both
are means over the validation images, in nats per image.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ae_studio.config import ConfigError
from ae_studio.runs.listed import ListedRun
from ae_studio.runs.record import RunError, read_record
from ae_studio.runs.validations import Validations, read_validations
from ae_studio.training.live import read_changes

At = Literal["last", "best"]
"""Which epoch of a run: its last, or that of its smallest validation loss."""

MOST = 20_000  # runs that are looked at, the newest first: more points are no picture
TOLD = 64  # runs between two tellings, some ten milliseconds

LIKELIHOODS = {
    "bernoulli": "nats per image",
    "gaussian": "squared error per image",
    "gaussian-linear": "squared error per image",
}
FITTED = "nats per image, of a Gaussian whose σ is fitted"
PER_PIXEL = "MSE per pixel"


@dataclass(frozen=True, slots=True)
class Point:
    """A run at an ``epoch``: ``rate`` in nats per image, ``distortion`` in ``unit``, ``mse`` per pixel where known.

    Distortions of another unit are another axis. ``beta`` is the KL weight the run began with, None where its family
    has none.
    """

    folder: str
    name: str
    model: str
    latent_dim: int
    beta: float | None
    seed: int
    epoch: int
    rate: float
    distortion: float
    unit: str
    mse: float | None = None

    @property
    def total(self) -> float:
        """Rate + distortion: the negative ELBO; of squared errors but for a constant (a Gaussian of σ² = ½)."""
        return self.rate + self.distortion


@dataclass(frozen=True, slots=True)
class RateDistortion:
    """Of all runs of ``data``. ``left_out`` says of the others, by folder, why they have no point.

    Of one that is still being made ``unread`` runs are missing.
    """

    data: str
    at: At
    points: tuple[Point, ...]
    left_out: Mapping[str, str]
    unread: int = 0


Key = tuple[int, int]
Known = dict[tuple[str, At], tuple[Key, "Point | str"]]
"""What was read of a run before, or why it has no point, with the time and size of the file it was read from."""


def rate_distortion(
    root: Path,
    runs: Iterable[ListedRun],
    data: str,
    at: At = "last",
    *,
    known: Known | None = None,
    on_part: Callable[[RateDistortion], None] = lambda part: None,
    check: Callable[[], None] = lambda: None,
) -> RateDistortion:
    """The points of the runs in ``root`` that have learned from ``data``, the newest first.

    What is ``known`` is read again only where it has changed; ``on_part`` is told what is there so far, ``check`` is
    called often and may raise to leave.
    """
    wanted = [run for run in runs if run.data == data]
    left_out = {run.folder: f"only the newest {MOST:,} runs are looked at" for run in wanted[MOST:]}
    points: list[Point] = []
    known = {} if known is None else known
    for number, run in enumerate(wanted[:MOST]):
        if number % TOLD == 0:
            check()
            if number:
                on_part(RateDistortion(data, at, tuple(points), dict(left_out), len(wanted) - number))
        found = _known_or_read(root, run, at, known)
        if isinstance(found, Point):
            points.append(found)
        else:
            left_out[run.folder] = found
    return RateDistortion(data, at, tuple(points), left_out)


def _known_or_read(root: Path, run: ListedRun, at: At, known: Known) -> Point | str:
    try:
        stat = os.stat(root / run.folder / "metrics.csv")
    except OSError:
        return "metrics.csv is missing"
    key = stat.st_mtime_ns, stat.st_size
    before = known.get((run.folder, at))
    if before is None or before[0] != key:
        before = known[run.folder, at] = key, _read(root, run, at)
    return before[1]


def _read(root: Path, run: ListedRun, at: At) -> Point | str:
    """A point, or why there is none."""
    try:
        record = read_record(root / run.folder)
        validations = read_validations(root / run.folder)
    except RunError as error:
        return str(error)
    epoch = _epoch(validations, run, at)
    if epoch is None:
        return "no epoch was validated"
    terms = validations[epoch]
    if "kl" not in terms:
        return "this model has no KL, so a code has no price"
    settings = _settings(root / run.folder, record, epoch)
    unit = FITTED if run.model == "sigma-vae" else LIKELIHOODS.get(str(settings.get("reconstruction")), "")
    if "reconstruction" not in terms or not unit:
        return "nobody knows how this model measures its reconstruction"
    return Point(
        folder=run.folder,
        name=run.name,
        model=run.model,
        latent_dim=run.latent_dim,
        beta=_number(settings.get("beta")),
        seed=int(_number(record["config"].get("seed")) or 0),
        epoch=epoch,
        rate=terms["kl"],
        distortion=terms["reconstruction"],
        unit=unit,
        mse=terms.get("mse_per_pixel"),
    )


def _epoch(validations: Validations, run: ListedRun, at: At) -> int | None:
    whole = [epoch for epoch, terms in validations.items() if "loss" in terms]
    if not whole:
        return None
    return run.best_epoch if at == "best" and run.best_epoch in whole else max(whole)


def _settings(path: Path, record: dict[str, Any], epoch: int) -> dict[str, Any]:
    """The model's own at this epoch: a weight may have been changed in the course of the run."""
    settings, steps = record["config"].get("settings"), record.get("steps_per_epoch")
    found = dict(settings) if isinstance(settings, dict) else {}
    with suppress(ConfigError):
        for change in read_changes(path):
            if isinstance(steps, int) and change.step < epoch * steps:
                found |= {name: value for name, value in change.values.items() if name in found}
    return found


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
