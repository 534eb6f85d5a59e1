"""Which images are learned from and which only looked at: the same answer on every machine, in every run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]
Labels = npt.NDArray[np.int64]

SPLIT_SEED = 20131220  # the day the VAE appeared; apart from a run's seed, so that runs with other seeds compare


def stratified(labels: Labels, among: Indices, fraction: float) -> tuple[Indices, Indices]:
    """Parts ``among`` (n,) into (kept, taken), both sorted: ``fraction`` of all, and of every class as near as can be.

    A class with two images or more gives at least one and keeps at least one, so that none is unseen on either side.
    """
    counts = np.bincount(labels[among])
    classes = np.flatnonzero(counts)
    counts = counts[classes]
    taken = [np.empty(0, np.int64)]
    for label, share in zip(classes, _shares(counts, fraction), strict=True):
        members = among[labels[among] == label]
        # RandomState, the old generator: numpy promises that its numbers never change (NEP 19).
        order = np.random.RandomState(SPLIT_SEED + int(label)).permutation(len(members))
        taken.append(members[order[:share]])
    chosen = np.sort(np.concatenate(taken))
    is_kept = np.ones(len(labels), bool)  # a set difference would sort copies: half a gigabyte of ten million
    is_kept[chosen] = False
    return among[is_kept[among]], chosen


def _shares(counts: npt.NDArray[np.int64], fraction: float) -> npt.NDArray[np.int64]:
    """How many of each class: rounded down, and the images still lacking go to the largest remainders."""
    exact = counts * fraction
    shares = np.floor(exact).astype(np.int64)
    lacking = round(exact.sum()) - shares.sum()
    shares[np.argsort(shares - exact, kind="stable")[:lacking]] += 1
    within: npt.NDArray[np.int64] = np.clip(shares, np.minimum(1, counts - 1), counts - 1)
    return within
