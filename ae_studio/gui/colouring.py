"""What the points are coloured by: their class, or a number that each of them has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.gui.colour_scale import NumberScale
from ae_studio.gui.laboratory import Laboratory
from ae_studio.latent.last_moves import SHARE, LastMoves
from ae_studio.latent.point_numbers import POINT_NUMBERS, Numbers
from ae_studio.latent.scene import Scene

CLASS = "class"
MOVE = "move"
KIND, MOVES = "colour", "last moves"  # of what is asked for


@dataclass(frozen=True, slots=True, eq=False)
class PointColours:
    """``numbers`` (n,), one for each point, NaN where it has none; and what they are."""

    title: str
    unit: str
    numbers: Numbers
    scale: NumberScale


@dataclass(frozen=True, slots=True)
class ColourChoice:
    """``reason``: why the points cannot be coloured by this now; empty where they can."""

    key: str
    title: str
    hint: str
    reason: str


class Colouring(QObject):
    """Chooses, and computes anew at every look.

    Signals:
        coloured(PointColours): the points have these numbers; None: they have their classes.
        choice_changed(key): it was chosen, or fell back to the class since the other cannot be had.
    """

    coloured = Signal(object)
    choice_changed = Signal(str)

    def __init__(self, laboratory: Laboratory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laboratory = laboratory
        self.key = CLASS
        self._moves = LastMoves()
        self._since: Numbers | None = None
        self._given: dict[str, tuple[str, str, Numbers]] = {}
        self._is_told = False  # the points have numbers
        self._labels: object = None  # of the run that is remembered
        laboratory.scene_changed.connect(self._take_scene)

    def choices(self) -> list[ColourChoice]:
        scene = self._laboratory.scene
        found = [ColourChoice(CLASS, "Class", "The class of each image", "")]
        for number in POINT_NUMBERS.values():
            reason = "There are no codes yet" if scene is None else _sentence(number.why_not(scene))
            found.append(ColourChoice(number.key, number.label, number.hint, reason))
        hint = f"Epochs since each code has moved by more than {SHARE:.0%} of the spread of all"
        found.append(ColourChoice(MOVE, "Epoch of the last move", hint, self._no_moves(scene)))
        found += [ColourChoice(key, title, title, "") for key, (title, _, _) in self._given.items()]
        return found

    def choose(self, key: str) -> None:
        self.key = key
        self.choice_changed.emit(key)
        self._show()

    def give(self, key: str, title: str, unit: str, numbers: Numbers) -> None:
        """A number for every code of the sample (n,), of whatever kind: one choice more, until another run begins."""
        self._given[key] = (title, unit, numbers)
        if self.key == key:
            self._show()

    def _no_moves(self, scene: Scene | None) -> str:
        if scene is not None and scene.space.kind == "codebook":
            return "The points are entries of a codebook, not images"
        return "" if scene is not None else "There are no codes yet"

    def _take_scene(self, scene: Scene) -> None:
        if scene.labels is not self._labels:  # another run: nothing is remembered
            self._labels, self._moves, self._since = scene.labels, LastMoves(), None
            self._given.clear()
        see = partial(self._moves.see, scene.look.epoch, scene.look.step, scene.codes)
        self._laboratory.ask(MOVES, see, partial(self._take_moves, self._moves))
        if any(choice.key == self.key and not choice.reason for choice in self.choices()):
            self._show()
        else:
            self.choose(CLASS)

    def _take_moves(self, moves: LastMoves, since: Numbers) -> None:
        if moves is self._moves:
            self._since = since
            if self.key == MOVE:
                self._show()

    def _show(self) -> None:
        scene = self._laboratory.scene
        self._laboratory.forget(KIND)
        if self.key == MOVE and self._since is not None:
            self._tell("Epochs since the last move", "", self._since)
        elif self.key in self._given:
            self._tell(*self._given[self.key])
        elif self.key in POINT_NUMBERS and scene is not None:
            number = POINT_NUMBERS[self.key]
            then = partial(self._take_numbers, self.key, number.label, number.unit)
            self._laboratory.ask(KIND, partial(_computed, number.compute, scene), then)
        elif self._is_told:
            self._is_told = False
            self.coloured.emit(None)

    def _take_numbers(self, key: str, title: str, unit: str, numbers: Numbers) -> None:
        if key == self.key:
            self._tell(title, unit, numbers)

    def _tell(self, title: str, unit: str, numbers: Numbers) -> None:
        self._is_told = True
        self.coloured.emit(PointColours(title, unit, numbers, NumberScale.of(numbers)))


def _computed(compute: Callable[[Any], Numbers], scene: Scene) -> Numbers:
    return compute(scene)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
