"""The plane that the canvas shows of the latent space. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ae_studio.events import Codes

Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LatentPlane:
    """``origin`` + x ``axes[0]`` + y ``axes[1]``; origin (d,), axes (2, d) orthonormal (d = 1: second row zero)."""

    origin: Codes
    axes: Codes
    labels: tuple[str, str]

    def project(self, codes: Codes) -> Points:
        """Codes (n, d) to points (n, 2) of the plane, at right angles."""
        return ((codes - self.origin) @ self.axes.T).astype(np.float32)

    def lift(self, x: float, y: float, base: Codes) -> Codes:
        """The code (d,) above the point that agrees with ``base`` (d,) in every direction off the plane."""
        moved = np.array([x, y], dtype=np.float32) - self.project(base[None])[0]
        return (base + moved @ self.axes).astype(np.float32)

    @property
    def dimensions(self) -> tuple[int, ...] | None:
        """The numbers of the code that the plane is made of, counted from 0; None where it mixes several."""
        found = tuple(int(axis.argmax()) for axis in self.axes if axis.any())
        whole = all(axis[index] == 1 for axis, index in zip(self.axes, found, strict=False))
        return found if whole and not self.origin.any() else None


def dimension_plane(latent_dim: int, first: int, second: int) -> LatentPlane:
    """The plane of two of the code's numbers, counted from 0; for a code of one number, the line of it."""
    axes = np.zeros((2, latent_dim), dtype=np.float32)
    axes[0, first] = 1
    if latent_dim > 1:
        axes[1, second] = 1
    labels = (subscripted(first), subscripted(second) if latent_dim > 1 else "")
    return LatentPlane(np.zeros(latent_dim, dtype=np.float32), axes, labels)


def pca_plane(codes: Codes, previous: LatentPlane | None = None, dim: int = 0) -> LatentPlane:
    """The plane of the two directions in which codes (n, d), or their first ``dim`` numbers, spread most.

    Turned, within itself, to agree best with the ``previous`` plane: from look to look the picture glides instead of
    flipping.
    """
    dim = dim or codes.shape[1]
    origin = np.zeros(codes.shape[1], dtype=np.float32)
    origin[:dim] = codes[:, :dim].mean(axis=0)
    spread = codes[:, :dim] - origin[:dim]
    _, directions = np.linalg.eigh(spread.T @ spread)  # (dim, dim), the widest last; cheaper than the codes' own SVD
    axes = np.zeros((2, codes.shape[1]), dtype=np.float32)
    axes[: min(2, dim), :dim] = directions[:, ::-1].T[:2]
    return LatentPlane(origin, agreeing(axes, previous), ("PC₁", "PC₂"))


def agreeing(axes: Codes, previous: LatentPlane | None) -> Codes:
    """The orthonormal axes (2, d), turned within their plane to agree best with the previous one's (Procrustes)."""
    if previous is None or previous.axes.shape != axes.shape:
        return axes.astype(np.float32)
    left, _, right = np.linalg.svd(previous.axes @ axes.T)
    turned: Codes = ((left @ right) @ axes).astype(np.float32)
    return turned


def subscripted(index: int, letter: str = "z") -> str:
    """0 to ``z₁``."""
    return letter + str(index + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
