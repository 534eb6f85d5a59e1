"""The shortest way through the images that a decoder makes. Knows neither torch nor Qt.

A path z_0 .. z_n of least energy, the sum of |g(z_i+1) - g(z_i)|^2 over its pieces (Shao, Kumar & Fletcher 2018,
arXiv:1711.08014, eq. 3; Arvanitidis, Hansen & Hauberg 2018, arXiv:1710.11379): in the limit of small steps a geodesic
of G = J^T J at an even speed, here by the method of Gauss and Newton with the damping of Levenberg and Marquardt.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes, Derivatives
from ae_studio.latent.paths import evenly, linear

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating[Any]]

COARSE, PIECES = 8, 32  # of a path: first few, for its course, then as many as make it smooth
SWEEPS = 60  # steps of the method at most, for each of the two
SECONDS = 0.8  # that a path may take
SETTLED = 1e-4  # of the energy: a step that saves less is the last
NEIGHBOURS = 10  # of each code in the graph of the data
NODES = 400  # codes in it: more take a convolutional decoder a second
DAMPED, FREED = 4.0, 0.3  # factors of the damping behind a step that failed and one that did not
HOPELESS = 1e6  # damping beyond which no step saves anything


@dataclass(frozen=True, slots=True, eq=False)
class Geodesic:
    """``path`` (m, d), and the ``length`` of its images.

    ``settled``: no step could shorten it noticeably any more; otherwise the time was over.
    """

    path: Codes
    length: float
    settled: bool


def geodesic(
    derivatives: Derivatives,
    start: Codes,
    free: int,
    put_back: Callable[[Codes], Codes] = lambda path: path,
    seconds: float = SECONDS,
) -> Geodesic:
    """From the ``start`` (m, d), whose ends stay; only the first ``free`` numbers of its codes move.

    ``put_back`` moves the codes of a path to where codes may be. Takes so many ``seconds``, but one Jacobian of a few
    codes at least.
    """
    descent = _Descent(derivatives, free, put_back, time.perf_counter() + seconds)
    found = descent.relaxed(_spread(start, COARSE, free))
    if descent.time_for(PIECES / COARSE):
        found = descent.relaxed(_spread(found.path, PIECES, free))
    return found


def _spread(path: Codes, pieces: int, free: int) -> Codes:
    """In pieces of one length; numbers that are not free go evenly from end to end."""
    spread = evenly(path, pieces + 1)
    spread[:, free:] = linear(path[0, free:], path[-1, free:], pieces + 1)
    return spread


class _Descent:
    """Moves the inner codes of a path to where its energy is least, ``until`` some moment."""

    def __init__(self, derivatives: Derivatives, free: int, put_back: Callable[[Codes], Codes], until: float) -> None:
        self._derivatives, self._free, self._put_back, self._until = derivatives, free, put_back, until
        self._cost = 0.0  # seconds that the derivatives of a path took last

    def time_for(self, times: float) -> bool:
        """Whether there is time for derivatives that take so many times what they took last."""
        return time.perf_counter() + times * self._cost <= self._until

    def relaxed(self, path: Codes) -> Geodesic:
        path = self._put_back(path)
        images, jacobians = self._measured(path)
        energy, damping, settled = _energy(images), 1e-3, False
        for _ in range(SWEEPS):
            if settled or not self.time_for(1):
                break
            moved = path.copy()
            moved[1:-1, : self._free] += _step(images, jacobians[1:-1, :, : self._free], damping).astype(np.float32)
            moved = self._put_back(moved)
            there, jacobians_there = self._measured(moved)
            saved = energy - _energy(there)
            if saved > 0:
                path, images, jacobians, energy = moved, there, jacobians_there, energy - saved
                damping *= FREED
                settled = saved < SETTLED * energy
            else:  # NaN, too
                damping *= DAMPED
                settled = damping > HOPELESS
        return Geodesic(path, _length(images), settled)

    def _measured(self, path: Codes) -> tuple[Numbers, Numbers]:
        began = time.perf_counter()
        found = self._derivatives(path)
        self._cost = time.perf_counter() - began
        return found


def _step(images: Numbers, jacobians: Numbers, damping: float) -> Floats:
    """Where the inner codes (n - 1, d) would move if the decoder were linear around each of them.

    Of the residuals r_i = g(z_i+1) - g(z_i) the normal equations are tridiagonal in blocks (d, d): 2 J_i^T J_i, and
    beside them -J_i^T J_i+1; the right-hand side is J_i^T (g_i-1 - 2 g_i + g_i+1).
    """
    x, j = images.astype(np.float64), jacobians.astype(np.float64)
    right = np.einsum("npd,np->nd", j, x[:-2] - 2 * x[1:-1] + x[2:])
    transposed = j.transpose(0, 2, 1)
    g = transposed @ j
    beside = -(transposed[:-1] @ j[1:])
    scale = float(np.trace(g, axis1=1, axis2=2).mean()) / g.shape[1]
    diagonal = 2 * g + (damping * scale + 1e-12) * np.eye(g.shape[1])
    return solved(diagonal, beside, right)


def solved(diagonal: Floats, beside: Floats, right: Floats) -> Floats:
    """Of a symmetric system, tridiagonal in blocks: (n, d, d), above it (n - 1, d, d), and the right side (n, d)."""
    pivots, sides = [diagonal[0]], [right[0]]
    for block, above, side in zip(diagonal[1:], beside, right[1:], strict=True):
        factor = np.linalg.solve(pivots[-1].T, above).T  # above^T pivot^-1
        pivots.append(block - factor @ above)
        sides.append(side - factor @ sides[-1])
    found = [np.linalg.solve(pivots[-1], sides[-1])]
    for pivot, above, side in zip(pivots[-2::-1], beside[::-1], sides[-2::-1], strict=True):
        found.append(np.linalg.solve(pivot, side - above @ found[-1]))
    return np.stack(found[::-1])


def through_the_data(a: Codes, b: Codes, codes: Codes, images: Numbers) -> Codes | None:
    """The chain of neighbours (m, d) from a to b among the codes (n, d) of a sample that is shortest in the image.

    As Isomap measures (Tenenbaum et al. 2000), but with lengths between their decoded ``images`` (n + 2, ...), a's and
    b's last. It keeps to the data, where the shortest way of all may leave them. None where no chain leads there.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra
    from scipy.spatial import cKDTree

    nodes = np.concatenate([codes, a[None], b[None]]).astype(np.float64)
    near = cKDTree(nodes).query(nodes, min(NEIGHBOURS + 1, len(nodes)))[1]  # each is its own nearest
    rows, columns = np.repeat(np.arange(len(nodes)), near.shape[1]), near.ravel()
    flat = images.reshape(len(nodes), -1).astype(np.float32)
    weights = np.linalg.norm(flat[rows] - flat[columns], axis=1) + 1e-9  # an edge of no length would be no edge
    graph = csr_matrix((weights, (rows, columns)), shape=(len(nodes), len(nodes)))
    first, last = len(nodes) - 2, len(nodes) - 1
    _, before = dijkstra(graph, directed=False, indices=first, return_predecessors=True)
    chain = [last]
    while chain[-1] != first:
        if before[chain[-1]] < 0:
            return None
        chain.append(int(before[chain[-1]]))
    return nodes[chain[::-1]].astype(np.float32)


def _energy(images: Numbers) -> float:
    return float(np.square(np.diff(images.astype(np.float64), axis=0)).sum())


def _length(images: Numbers) -> float:
    return float(np.linalg.norm(np.diff(images.astype(np.float64), axis=0), axis=1).sum())
