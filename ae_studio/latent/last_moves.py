"""When each code last moved: what the model still changes, and what it has settled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes

SHARE = 0.1  # of the spread of all codes: what counts as a move, once it has added up to that


class LastMoves:
    """A little memory over the looks of one run: where each code was when it last moved, and when that was."""

    def __init__(self) -> None:
        self._seen: tuple[float, int] = (-1.0, -1)
        self._places: Codes = np.zeros((0, 0), dtype=np.float32)
        self._moved: npt.NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def see(self, epoch: float, step: int, codes: Codes) -> npt.NDArray[np.float32]:
        """The codes (n, d) of a look, to epochs since each has moved (n,).

        A code has moved when it is farther from where it was after its last move than a tenth of the spread, the root
        of the total variance. Looks that go back in time begin a new memory, in which all have moved just now.
        """
        if self._places.shape != codes.shape or (epoch, step) < self._seen:
            self._places, self._moved = codes.copy(), np.full(len(codes), epoch, dtype=np.float32)
        self._seen = (epoch, step)
        spread = float(np.sqrt(codes.astype(np.float64).var(axis=0).sum())) if len(codes) else 0.0
        far = np.linalg.norm(codes - self._places, axis=1) > SHARE * spread
        self._places[far], self._moved[far] = codes[far], epoch
        return np.float32(epoch) - self._moved
