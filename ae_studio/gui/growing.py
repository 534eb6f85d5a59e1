"""Numbers that are appended to."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FIRST_ROOM = 4096  # values; the room doubles when it is full


class GrowingArray:
    """Numbers that are appended to at the cost of a copy now and then."""

    def __init__(self, dtype: npt.DTypeLike = np.float64) -> None:
        self._room: npt.NDArray[Any] = np.empty(FIRST_ROOM, dtype=dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def extend(self, values: npt.ArrayLike) -> None:
        new = np.asarray(values, dtype=self._room.dtype)
        needed = self._count + len(new)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)), dtype=self._room.dtype)
            room[: self._count] = self._room[: self._count]
            self._room = room
        self._room[self._count : needed] = new
        self._count = needed

    def truncate(self, count: int) -> None:
        """Keeps the first ``count`` alone."""
        self._count = min(self._count, count)

    @property
    def values(self) -> npt.NDArray[Any]:
        return self._room[: self._count]
