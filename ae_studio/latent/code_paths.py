"""The way of each code through the epochs. Knows neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ae_studio.events import Codes

MOST_BYTES = 64 << 20  # of all codes together; 2,000 of 32 numbers fill it in 262 epochs
Ends = tuple[int | None, int | None]
"""The epochs that are called A and B, None where none is."""


@dataclass(frozen=True, slots=True, eq=False)
class CodePaths:
    """``codes`` are those (n, d) of the same images after some epochs, in their order; ``ends`` are A and B."""

    codes: Mapping[int, Codes] = field(default_factory=dict)
    ends: Ends = (None, None)

    @property
    def epochs(self) -> tuple[int, ...]:
        return tuple(self.codes)

    def between(self, start: int, goal: int) -> list[Codes]:
        """Those of the epochs that lie between two others, in the order of the way from one to the other."""
        inside = [epoch for epoch in self.codes if min(start, goal) < epoch < max(start, goal)]
        return [self.codes[epoch] for epoch in (inside if start < goal else reversed(inside))]

    def of(self, indices: Iterable[int]) -> Codes:
        """The ways of some images: (epochs, k, d)."""
        chosen = np.asarray(list(indices), dtype=np.int64)
        return np.stack([codes[chosen] for codes in self.codes.values()])

    @property
    def moved(self) -> tuple[Codes, Codes] | None:
        """The codes at A and at B; None while one of them is not chosen, or not read yet."""
        start, goal = (None if epoch is None else self.codes.get(epoch) for epoch in self.ends)
        return None if start is None or goal is None else (start, goal)

    def with_codes(self, found: Mapping[int, Codes]) -> CodePaths:
        """More epochs, or some anew. Where the images are others than before, those of before are forgotten."""
        shapes = {codes.shape for codes in found.values()}
        fitting = {epoch: codes for epoch, codes in self.codes.items() if codes.shape in shapes}
        return CodePaths(dict(sorted((fitting | dict(found)).items())), self.ends)

    def only(self, epochs: Iterable[int]) -> CodePaths:
        """Without those of any other epoch."""
        kept = set(epochs)
        return CodePaths({epoch: codes for epoch, codes in self.codes.items() if epoch in kept}, self.ends)


def evenly(epochs: Iterable[int], count: int, always: Iterable[int | None] = ()) -> tuple[int, ...]:
    """At most ``count`` of the epochs, evenly, the first and the last among them, and those of ``always`` beside."""
    known = sorted(epochs)
    if len(known) <= count:
        return tuple(known)
    places = np.linspace(0, len(known) - 1, max(2, count)).round().astype(np.int64)
    return tuple(sorted({known[place] for place in places} | (set(known) & set(always))))
