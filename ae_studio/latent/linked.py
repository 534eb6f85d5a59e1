"""Latent spaces of several runs, linked: the same images in all, and one handle that moves through all. Knows neither
torch nor Qt.

What is shown is the first run's plane. The others' codes are turned onto it (:mod:`ae_studio.latent.alignment`), so a
point of it has a code in every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ae_studio.events import Codes, Images, Labels, LatentSpace, Look
from ae_studio.latent.alignment import Alignment, align
from ae_studio.latent.fitted_planes import Known, NoPlane, fit_plane
from ae_studio.latent.plane import LatentPlane, Points, dimension_plane
from ae_studio.latent.scene import Scene
from ae_studio.latent.valid import nearest_valid

Plane = tuple[int, int] | str
"""Two dimensions counted from 0, or one of :data:`ae_studio.latent.fitted_planes.FITTED`."""


@dataclass(frozen=True, slots=True, eq=False)
class LinkedRun:
    """A run among others. ``codes`` (n, code size) are those of the common images, empty where ``why_not`` says why
    there are none.

    ``picture`` brings its codes to the plane that is shown, ``own`` to one of its own. ``seen`` says how well what is
    shown of it then agrees with the first run, ``whole`` how well the codes do in all of their dimensions.
    """

    space: LatentSpace
    look: Look
    codes: Codes
    picture: Alignment
    own: Alignment
    seen: Alignment
    whole: Alignment
    why_not: str = ""

    @property
    def dim(self) -> int:
        """Numbers of a code that can be moved; behind them stand those of its switches."""
        return self.space.dim

    def middle(self) -> Codes:
        """The code (size,) in the middle of all, with the first option of every switch."""
        code = np.zeros(self.space.size, dtype=np.float32)
        if len(self.codes):
            code[: self.dim] = self.codes[:, : self.dim].mean(axis=0)
        return nearest_valid(self.space, code)

    def points(self, *, aligned: bool) -> Points:
        """The codes on the plane that is shown, (n, 2)."""
        return self._map(aligned).forward(self.codes[:, : self.dim])

    def place(self, code: Codes, *, aligned: bool) -> tuple[float, float]:
        """Where a code (size,) is shown."""
        x, y = self._map(aligned).forward(code[None, : self.dim])[0]
        return float(x), float(y)

    def code_at(self, x: float, y: float, base: Codes, *, aligned: bool) -> Codes:
        """The code (size,) that is shown there and differs least from ``base`` (size,)."""
        code = base.copy()
        place = np.array([[x, y]], dtype=np.float32)
        code[: self.dim] = self._map(aligned).backward(place, base[: self.dim])[0]
        return nearest_valid(self.space, code)

    def _map(self, aligned: bool) -> Alignment:
        return self.picture if aligned else self.own


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """``images`` and their ``labels`` (n,) are the first run's; every run of ``runs`` has codes of them."""

    images: Images | None
    labels: Labels
    class_names: tuple[str, ...]
    runs: tuple[LinkedRun, ...]
    choice: Plane
    axes: tuple[str, str]

    def start(self) -> tuple[Codes, ...]:
        """Every run's code where a handle begins: in the middle of the first run's."""
        bases = tuple(run.middle() for run in self.runs)
        if self.runs[0].why_not:
            return bases
        return self.moved(0, *self.runs[0].place(bases[0], aligned=True), bases, aligned=True)

    def codes_of(self, index: int) -> tuple[Codes, ...]:
        """Every run's own code of an image."""
        return tuple(run.middle() if run.why_not else run.codes[index].copy() for run in self.runs)

    def moved(self, run: int, x: float, y: float, codes: Sequence[Codes], *, aligned: bool) -> tuple[Codes, ...]:
        """All runs' codes when the handle is put to a place that one run shows; ``codes`` are those of before."""
        leader = self.runs[run]
        code = leader.code_at(x, y, codes[run], aligned=aligned)
        x, y = leader.place(code, aligned=True)
        others = zip(self.runs, codes, strict=True)
        found = [each if other.why_not else other.code_at(x, y, each, aligned=True) for other, each in others]
        found[run] = code
        return tuple(found)


def link(scenes: Sequence[Scene], data: Sequence[str], choice: Plane | None = None) -> Linked:
    """Of runs that have learned from ``data`` of these names. Encodes the first one's images where another's differ.

    ``choice`` is the first run's plane: by default its two dimensions, or those in which its codes spread most.
    """
    first = scenes[0]
    if reason := _why_unmovable(first.space):
        left = [_left_out(first, reason)]
        left += [_left_out(scene, "The first run has no plane to bring it to") for scene in scenes[1:]]
        return Linked(first.images, first.labels, first.class_names, tuple(left), (0, 0), ("", ""))
    choice, plane = _plane_of(first, first.codes, choice)
    picture = _flat(plane)
    runs = [LinkedRun(first.space, first.look, first.codes, picture, picture, picture, picture)]
    runs += [_linked(scene, name, first, data[0], picture) for scene, name in zip(scenes[1:], data[1:], strict=True)]
    return Linked(first.images, first.labels, first.class_names, tuple(runs), choice, plane.labels)


def _linked(scene: Scene, data: str, first: Scene, first_data: str, picture: Alignment) -> LinkedRun:
    """Another run beside the first one, which is shown as in ``picture``."""
    try:
        codes = _common_codes(scene, data, first, first_data)
        part, others = codes[:, : scene.space.dim], first.codes[:, : first.space.dim]
        target = picture.forward(others)
        shown = align(part, target, scale="spread")
        seen, whole = align(shown.forward(part), target), align(part, others)
    except ValueError as reason:  # those of a run's weights, which cannot be read, among them
        return _left_out(scene, str(reason))
    own = _flat(_plane_of(scene, codes, None)[1])
    return LinkedRun(scene.space, scene.look, codes, shown, own, seen, whole)


def _common_codes(scene: Scene, data: str, first: Scene, first_data: str) -> Codes:
    """A run's codes of the first one's images. Raises ValueError that says why there are none."""
    if reason := _why_unmovable(scene.space):
        raise ValueError(reason)
    if data != first_data:
        raise ValueError(f"It has learned from {data}, the first run from {first_data}: they have no image in common")
    if first.images is None or scene.images is None:
        raise ValueError("A run was kept without the images of its codes: nobody knows which belong together")
    if first.images.shape[1:] != scene.images.shape[1:]:
        own, wanted = (" × ".join(map(str, images.shape[1:])) for images in (scene.images, first.images))
        raise ValueError(f"Its images have {own} pixels, the first run's {wanted}")
    if np.array_equal(first.images, scene.images):
        return scene.codes
    if scene.look.encoder is None:
        raise ValueError(f"{scene.why_no_encoder}, and it was kept with other images than the first run")
    return scene.look.encoder(first.images, first.labels).codes


def _why_unmovable(space: LatentSpace) -> str:
    if space.kind == "codebook":
        return "Its codes lie in the places of a codebook: there is nothing between them to turn or to drag through"
    return "" if space.dim else "Its codes are choices among options: there is nothing between them to drag through"


def _plane_of(scene: Scene, codes: Codes, choice: Plane | None) -> tuple[Plane, LatentPlane]:
    """The plane that was chosen, as far as there is one, of the part of the codes that can be moved."""
    dim = scene.space.dim
    axes = (0, min(1, dim - 1))
    choice = ("pca" if dim > 2 else axes) if choice is None else choice
    if isinstance(choice, str):
        try:
            return choice, fit_plane(choice, Known(codes[:, :dim], scene.labels, dim, scene.look.kl))
        except NoPlane:
            choice = axes
    return choice, dimension_plane(dim, *choice)


def _flat(plane: LatentPlane) -> Alignment:
    """A plane as the map that it is: turned onto it, as large as it is."""
    return Alignment(plane.origin, np.zeros(2, dtype=np.float32), np.ascontiguousarray(plane.axes.T), 1.0, 1.0)


def _left_out(scene: Scene, reason: str) -> LinkedRun:
    none = np.zeros((0, scene.space.size), dtype=np.float32)
    nothing = _flat(dimension_plane(max(1, scene.space.dim), 0, 0))
    return LinkedRun(scene.space, scene.look, none, nothing, nothing, nothing, nothing, reason)
