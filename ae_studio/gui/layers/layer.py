"""What can lie on the canvas beside its points: one class, in one file, for each kind of layer."""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtGui import QPainter

from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import PixelMap
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View


class Drawing(Protocol):
    """What a layer has made, in units of the plane: it is painted anew whenever the view moves, until a newer comes.

    It may have a ``finer``, a callable like ``compute`` that makes a better one and is called when nothing newer is
    wanted; and a ``paint_legend`` like ``paint``, for what is to stand over all layers.
    """

    def paint(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a layer: one of several values, with the words for each."""

    name: str
    label: str
    values: Mapping[str, str]
    default: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An option of a layer: a number between two bounds."""

    name: str
    label: str
    low: float
    high: float
    default: float


Option = Choice | Amount
Values = Mapping[str, Any]


class Layer(ABC):
    """A kind of layer. ``hint`` explains what is seen; ``follows`` says what makes a drawing old.

    That may be ``look``, ``plane``, ``window`` (what part of the plane is seen), ``base`` (the handle's numbers off the
    plane), ``handle``, ``selection``, ``focus``, ``hidden`` (classes), and ``paths`` (codes at other epochs). A layer
    without a ``compute`` of its own is painted by the canvas.
    """

    key: str
    title: str
    hint: str
    follows: frozenset[str] = frozenset()
    options: tuple[Option, ...] = ()
    on_at_first: bool = False

    def why_not(self, scene: Scene) -> str:
        """Why there can be no such layer, in words; empty where there can."""
        return ""

    def compute(self, scene: Scene, view: View, marks: Marks, values: Values) -> Drawing | None:
        """In the laboratory's thread. ``values`` are those of the options, by name."""
        return None


@dataclass(frozen=True, slots=True)
class Marks:
    """Which codes of the sample are ``selected``, which one is in ``focus``, and which classes are ``hidden``."""

    selected: tuple[int, ...] = ()
    focus: int | None = None
    hidden: frozenset[int] = frozenset()
