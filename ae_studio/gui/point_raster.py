"""Very many points as one picture: each a pixel with a soft rim, in its colour, stronger where many lie."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LEVELS = 32  # of strength, between one point alone and the densest places
FAINTEST = 0.35  # of a point alone, however dense the rest is: it must still be seen
DENSE = 2.5  # times the mean number of points in a pixel that has any: from there on nothing is stronger
BAND = 32  # rows that are worked on at once: what is made on the way stays in the processor's cache
RIMS = (0.3, 0.7, 1.0)  # opacity of a point's corners, of the pixels beside it, and of its own: a dot of 1.2 pixels

Picture = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.integer]
Cells = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int32]


class PointRaster:
    """Bins points to pixels. ``colours`` (k, 3): red, green, blue, 0 to 255, of every kind of point.

    Every pixel gets the number of an ink: 0 for none, then those of corners, of the pixels beside a point and of points
    themselves, so that of two the larger is the one to be seen.
    """

    def __init__(self, colours: npt.NDArray[np.uint8]) -> None:
        self._colours = colours
        self._bank = len(colours) * LEVELS
        self._number = np.int16 if len(RIMS) * self._bank < 2**15 else np.int32
        self._inks: dict[int, Picture] = {}
        self._counts: Counts = np.zeros((0, 0), dtype=np.int32)
        self._cells: Cells = np.zeros((0, 0), dtype=self._number)

    def paint(self, x: Cells, y: Cells, kinds: Kinds, picture: Picture) -> None:
        """Points at the pixels (n,), (n,) of these kinds (n,), as premultiplied ARGB into the picture (height, width).

        At least two pixels from its edge. Where points share a pixel the last has its colour; so that all kinds are
        seen, their order is to be no order of kinds.
        """
        height, width = picture.shape
        places = y.astype(np.intp)
        places *= width
        places += x
        counts, cells = self._empty(height, width)
        np.add.at(counts.ravel(), places, np.int32(1))
        crowding = len(places) / max(1, int(np.count_nonzero(counts)))  # points in a pixel that has any
        first = np.arange(len(self._colours)) * LEVELS + 2 * self._bank + 1
        cells.ravel()[places] = first.astype(self._number).take(kinds)
        levels = _levels(crowding).astype(self._number)
        for top in range(0, height, BAND):
            cells[top : top + BAND] += levels.take(counts[top : top + BAND], mode="clip")
        # Where hardly any share a pixel a point alone is at its full strength: raster and single dots look alike.
        ink = self._ink(round(100 * max(FAINTEST, crowding**-0.5)) if len(places) else 100)
        picture[[0, -1]] = 0
        picture[:, [0, -1]] = 0
        for top in range(1, height - 1, BAND):
            bottom = min(top + BAND, height - 1)
            picture[top:bottom, 1:-1] = ink.take(self._with_rims(cells[top - 1 : bottom + 1]))

    def _empty(self, height: int, width: int) -> tuple[Counts, Cells]:
        """The same memory for every picture of a size: new memory costs more than all that is done with it."""
        if self._cells.shape != (height, width):
            self._counts = np.zeros((height, width), dtype=np.int32)
            self._cells = np.zeros((height, width), dtype=self._number)
        else:
            self._counts.fill(0)
            self._cells.fill(0)
        return self._counts, self._cells

    def _with_rims(self, cells: Cells) -> Cells:
        """Cells (rows + 2, width) to (rows, width - 2): where nothing lies, the rim of what lies beside it."""
        across = np.maximum(cells[:, :-2], cells[:, 2:])  # left and right of every pixel
        beside = np.maximum(cells[:-2, 1:-1], cells[2:, 1:-1])
        np.maximum(beside, across[1:-1], out=beside)
        beside -= self._number(self._bank)
        corner = np.maximum(across[:-2], across[2:])
        corner -= self._number(2 * self._bank)
        np.maximum(beside, corner, out=beside)
        return np.maximum(beside, cells[1:-1, 1:-1], out=beside)

    def _ink(self, faint: int) -> Picture:
        """Of every number that a pixel can have its premultiplied ARGB; ``faint``: percents of one point alone."""
        if faint not in self._inks:
            strength = faint / 100 + (1 - faint / 100) * np.linspace(0, 1, LEVELS)
            alpha = np.array(RIMS)[:, None, None] * strength * np.ones((len(self._colours), 1))  # (rims, k, levels)
            inks = np.round(255 * alpha).astype(np.uint32) << 24
            for channel, shift in enumerate((16, 8, 0)):
                inks |= np.round(alpha * self._colours[:, channel, None]).astype(np.uint32) << shift
            self._inks[faint] = np.concatenate([np.zeros(1, dtype=np.uint32), inks.ravel()])
        return self._inks[faint]


def _levels(crowding: float) -> npt.NDArray[np.float64]:
    """For 0, 1, 2 … points in a pixel, logarithmic in them: 0 for one, up to LEVELS - 1 for the densest places."""
    densest = max(2.0, DENSE * crowding)
    shares = np.log(np.arange(1, int(np.ceil(densest)) + 1)) / np.log(densest)
    return np.concatenate([[0], np.round(np.minimum(shares, 1) * (LEVELS - 1))])
