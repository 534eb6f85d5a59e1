"""Where the hand is in the latent space, and what lies around it. Knows neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ae_studio.events import Codebook, Codes, Labels, LatentSpace
from ae_studio.latent.cloud import Cloud, usage_levels
from ae_studio.latent.fitted_planes import Known, NoPlane, fit_plane, why_no_plane
from ae_studio.latent.globe import Globe, circle
from ae_studio.latent.plane import LatentPlane, Points, dimension_plane
from ae_studio.latent.valid import nearest_valid, switch_parts

PCA, POINTS = "pca", "points"
AT_ONCE = 64  # numbers in a code up to which a plane is fitted within 2 ms: in the window's own thread
CORNERS = 3
Plane = tuple[int, int] | str
"""Two dimensions counted from 0, or one of :data:`ae_studio.latent.fitted_planes.FITTED`."""


class Explorer:
    """Codes of one moment (n, d), the plane they are seen in, and the handle: a full code (d,) that the hand moves.

    A sphere of three dimensions is seen as a globe. Of a codebook the entries are the points, and the hand moves one
    ``slot`` of the code among them.
    """

    def __init__(self, space: LatentSpace, labels: Labels, class_names: tuple[str, ...] = ()) -> None:
        self.space = space
        self.labels = labels
        self.class_names = class_names
        self.codes: Codes = np.zeros((0, space.size), dtype=np.float32)
        self.codebook: Codebook | None = None
        self.kl: Codes | None = None
        self.candidates: tuple[int, ...] = ()  # the last three images, by index, that were picked or looked at
        self.corners: tuple[int, ...] = ()  # those through whose codes the plane goes
        self.slot = 0
        self.handle: Codes = self.centre()
        # Of many dimensions the first two may be ones that the model does not use.
        self.choice: Plane = (0, space.dim - 1) if 1 <= space.dim <= 2 else PCA
        self.plane: LatentPlane | Globe = self._first_plane()

    def _first_plane(self) -> LatentPlane | Globe:
        if self.is_globe:
            return Globe()
        if isinstance(self.choice, str):
            return dimension_plane(self.space.size, 0, min(1, self.space.size - 1))
        return dimension_plane(self._seen, *self.choice)

    @property
    def is_globe(self) -> bool:
        return self.space.kind == "sphere" and self.space.dim == 3

    @property
    def _seen(self) -> int:
        """Numbers of what the plane lies in: an entry of the codebook, else a whole code."""
        return self.space.dim if self.space.kind == "codebook" else self.space.size

    def centre(self) -> Codes:
        """The code (d,) at the middle of the prior: zeros, and the first option of every switch.

        Of a codebook it is the first image's, since zeros are nobody's code.
        """
        if self.codebook is not None and len(self.codes):
            return self.codes[0].copy()
        code = np.zeros(self.space.size, dtype=np.float32)
        for part in switch_parts(self.space):
            code[part.start] = 1
        return nearest_valid(self.space, code)

    def show(self, codes: Codes, codebook: Codebook | None = None, kl: Codes | None = None) -> None:
        """New codes of the same images, the codebook where they are made of one, the KL of each dimension in nats."""
        at_home = not len(self.codes) or np.array_equal(self.handle, self.centre())
        before, self.codes, self.codebook, self.kl = self.codebook, codes, codebook, kl
        if codebook is not None:
            self.handle = self.centre() if at_home else self._moved_entries(before, codebook)
        if not self.fits_later:
            self._fit()

    def _moved_entries(self, before: Codebook | None, now: Codebook) -> Codes:
        """The handle's code of the same entries, wherever the training has put them since."""
        if before is None:
            return self.handle
        slots = self.handle.reshape(self.space.slots, -1)
        chosen = np.square(slots[:, None] - before.entries).sum(axis=2).argmin(axis=1)  # (slots,)
        moved: Codes = now.entries[chosen].reshape(-1)
        return moved

    def choose(self, choice: Plane) -> None:
        """Another plane; the handle keeps its full code. Raises NoPlane where there is none, and all stays.

        The plane through three images takes the newest candidates. One of another kind than before is seen as it is
        fitted, the same kind again turned to agree with what was seen.
        """
        if self.is_globe or not isinstance(choice, str) or not len(self.codes):
            self.choice = choice  # one that is fitted comes with the codes
            if not self.is_globe and not isinstance(choice, str):
                self.plane = dimension_plane(self._seen, *choice)
            return
        corners = self.candidates if choice == POINTS else self.corners
        previous = self._flat_plane if choice == self.choice else None
        self.plane = fit_plane(choice, self._known(corners), previous)
        self.choice, self.corners = choice, corners

    @property
    def chosen(self) -> tuple[Plane, tuple[int, ...], LatentPlane | Globe]:
        """All that :meth:`choose` changes, for :meth:`choose_again`."""
        return self.choice, self.corners, self.plane

    def choose_again(self, choice: Plane, corners: tuple[int, ...], plane: LatentPlane | Globe) -> None:
        """A plane that was seen before, fitted to the codes of now and turned to agree with what it was."""
        self.choice, self.corners, self.plane = choice, corners, plane
        self._fit()

    def pick(self, index: int) -> None:
        """Another image is a candidate for the plane through three: the last three different ones are."""
        self.candidates = (*(each for each in self.candidates if each != index), index)[-CORNERS:]

    def why_not(self, kind: str) -> str:
        """Why a plane of this kind cannot be fitted now; empty where it can."""
        if self.space.kind == "codebook" and kind in ("lda", POINTS):
            return "The points are entries of a codebook, not images"
        return why_no_plane(kind, self._known(self.candidates))

    def _fit(self) -> None:
        """The fitted plane follows the codes, as far as they allow one."""
        if (later := self.fit()) is not None:
            self.take_plane(*later())

    def fit(self) -> Callable[[], tuple[Plane, LatentPlane | None]] | None:
        """What fits the plane to the codes anew, in whichever thread; None where it is not fitted at all."""
        if not isinstance(self.choice, str) or self.is_globe:
            return None
        return partial(_fit_if_possible, self.choice, self._known(self.corners), self._flat_plane)

    @property
    def fits_later(self) -> bool:
        """Whether that takes so long that :meth:`show` leaves it to another thread, and to :meth:`take_plane`."""
        return self.space.size > AT_ONCE

    def take_plane(self, choice: Plane, plane: LatentPlane | None) -> bool:
        """What :meth:`fit` has found; False where there was no plane, or another one was chosen meanwhile."""
        if plane is None or choice != self.choice or plane.axes.shape[1] != self._seen:
            return False
        self.plane = plane
        return True

    def _known(self, corners: tuple[int, ...]) -> Known:
        if self.space.kind == "codebook":
            return Known(self._seen_codes(), self.labels[:0], self.space.dim)
        return Known(self.codes, self.labels, self.space.dim or self.space.size, self.kl, corners)

    @property
    def _flat_plane(self) -> LatentPlane | None:
        return self.plane if isinstance(self.plane, LatentPlane) else None

    def turn(self, dx: float, dy: float) -> None:
        """Rolls a globe under the hand, by radii; anything else stays."""
        if isinstance(self.plane, Globe):
            self.plane = self.plane.turned(dx, dy)

    def cloud(self, way: Sequence[Codes] = ()) -> Cloud:
        """The codes on the plane, or the entries of the codebook. ``way``: codes (n, d) that they had in between."""
        seen = self._seen_codes()
        points = self.plane.project(seen)
        behind = self.plane.behind(seen) if isinstance(self.plane, Globe) else np.zeros(len(seen), dtype=np.bool_)
        if self.codebook is not None:
            return Cloud(points, usage_levels(self.codebook), behind)
        labels = self.labels[: len(points)]
        if self.space.size == 1:
            points = spread_over_y(points, self.labels)
        passed = tuple(self._on_the_way(codes, points) for codes in way if codes.shape == seen.shape)
        return Cloud(points, labels, behind, tuple(self._outline()), passed)

    def _on_the_way(self, codes: Codes, goal: Points) -> Points:
        """Of a line's points only where they are on it changes."""
        points = self.plane.project(codes)
        if self.space.size == 1:
            points[:, 1] = goal[:, 1]
        return points

    def _seen_codes(self) -> Codes:
        return self.codebook.entries if self.codebook is not None else self.codes

    def _outline(self) -> list[Points]:
        if isinstance(self.plane, Globe):
            return self.plane.outline()
        if self.space.dim == 2 and self.space.kind in ("sphere", "ball"):
            return circle(self.space.radius)
        return []

    def handle_position(self) -> tuple[float, float]:
        x, y = self.plane.project(self._at_hand()[None])[0]
        return float(x), float(y)

    def handle_is_behind(self) -> bool:
        """Whether the handle is on the half of a globe that is turned away."""
        return isinstance(self.plane, Globe) and bool(self.plane.behind(self.handle[None])[0])

    def code_at(self, x: float, y: float) -> Codes:
        """The code (d,) under a point of the plane, with the handle's own value off the plane."""
        lifted = self.plane.lift(x, y, self._at_hand())
        if self.space.kind == "codebook":
            return self._with_slot(lifted)
        return nearest_valid(self.space, lifted)

    def with_option(self, switch: int, option: int) -> Codes:
        """The handle's code (d,) with another option of a switch."""
        code = self.handle.copy()
        part = switch_parts(self.space)[switch]
        code[part] = 0
        code[part.start + option] = 1
        return code

    def options(self) -> list[int]:
        """Which option each switch of the handle's code holds, or leans to."""
        return [int(self.handle[part].argmax()) for part in switch_parts(self.space)]

    def given(self) -> list[tuple[slice, Codes]]:
        """What the handle's switches tell the model, and where it stands in a code: the class, where it needs one."""
        parts = zip(self.space.switches, switch_parts(self.space), strict=True)
        return [(part, self.handle[part].copy()) for switch, part in parts if switch.given]

    def nearest(self, code: Codes) -> tuple[int, float] | None:
        """Index and distance of the code of a real image nearest to this one; None before there are codes."""
        if not len(self.codes):
            return None
        squared = np.square(self.codes - code).sum(axis=1)
        index = int(squared.argmin())
        return index, float(np.sqrt(squared[index]))

    def nearest_in_words(self, code: Codes) -> str:
        """Class and distance of the nearest code, ``"7, 0.12 away"``; empty before there are codes."""
        nearest = self.nearest(code)
        if nearest is None:
            return ""
        index, distance = nearest
        label = int(self.labels[index])
        name = self.class_names[label] if label < len(self.class_names) else str(label)
        return f"{name}, {distance:.2f} away"

    def _at_hand(self) -> Codes:
        """The part of the handle's code that the hand moves: one slot of several, else all of it."""
        if self.space.kind != "codebook":
            return self.handle
        return self.handle[self.slot * self.space.dim : (self.slot + 1) * self.space.dim]

    def _with_slot(self, wished: Codes) -> Codes:
        """The handle's code with the entry in its slot that is nearest to the wished place (dim,)."""
        entry = wished
        if self.codebook is not None:
            entries = self.codebook.entries
            entry = entries[int(np.square(entries - wished).sum(axis=1).argmin())]
        code = self.handle.copy()
        code[self.slot * self.space.dim : (self.slot + 1) * self.space.dim] = entry
        return code


def spread_over_y(points: Points, labels: Labels) -> Points:
    """Points (n, 2) of a line, each of the classes (n or more,) at a height of its own, to be told apart."""
    spread = points.copy()
    if len(points):
        spread[:, 1] = class_heights(points, labels)[labels[: len(points)]]
    return spread


def class_heights(points: Points, labels: Labels) -> Points:
    """The height of each class (classes,), among these points (n, 2) of a line."""
    reach, last = float(np.ptp(points[:, 0])) or 1.0, int(labels.max())
    heights: Points = ((np.arange(last + 1) / max(1, last) - 0.5) * 0.5 * reach).astype(np.float32)
    return heights


def _fit_if_possible(kind: str, known: Known, previous: LatentPlane | None) -> tuple[Plane, LatentPlane | None]:
    try:
        return kind, fit_plane(kind, known, previous)
    except NoPlane:
        return kind, None
