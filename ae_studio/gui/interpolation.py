"""From one code to another: keeps what path is wanted, and has it computed at every look while somebody sees it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, get_args

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.gui.film_files import rgb_of, save_film
from ae_studio.gui.film_views import drawing_of, frames_of
from ae_studio.gui.hand import Hand
from ae_studio.gui.images import to_rgb
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.path_drawing import Points
from ae_studio.gui.theme import DARK, Theme
from ae_studio.gui.undo import UndoStack
from ae_studio.gui.wanted_path import WantedPath
from ae_studio.latent.ends import End, first_ends
from ae_studio.latent.film import Film, Kind, Wish, make_film, why_not
from ae_studio.latent.paths import FINE, evenly
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

KINDS: tuple[Kind, ...] = get_args(Kind)
GONE = "A or B is not among the codes of this run: choose another"
NOTHING_YET = "This run has no codes yet"
NO_STROKE = "Draw one on the canvas first, with the stroke tool (F)"


class Interpolation(QObject):
    """Between :class:`PathPanel`, the canvas and the laboratory. Every choice is a step that can be undone.

    Signals:
        offered(classes, images): another run: its classes that have images, by label, and how many images it has.
        end_shown(letter, what, number): as :meth:`choose_end` takes it.
        possible_changed(reasons, kind): why each kind of path cannot be taken, and which one is.
        frames_shown(count, even): how many frames are wanted, and what is the same from one to the next.
        focus_known(known): a data point has been looked at.
        strip_changed(frames, notes): a :class:`Frames` with what is to be known of it, or None with the reason.
        drawing_changed(drawing): the path on the canvas, None without one.
        stroke_refused(reason): why no stroke can be drawn; empty where it can.
        stroke_taken(): a strip of it is under way.
        saved(path), failed(message)
    """

    offered = Signal(object, int)
    end_shown = Signal(str, str, int)
    possible_changed = Signal(object, str)
    frames_shown = Signal(int, str)
    focus_known = Signal(bool)
    strip_changed = Signal(object, tuple)
    drawing_changed = Signal(object)
    stroke_refused = Signal(str)
    stroke_taken = Signal()
    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, laboratory: Laboratory, hand: Hand, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laboratory, self._hand, self._undo = laboratory, hand, undo
        self._theme = DARK
        self._run: object = None  # the labels of the run's codes: other ones are another run's
        self._wanted = WantedPath()
        self._focus: int | None = None
        self._film: Film | None = None
        self._plane: object = None
        self._active = False
        laboratory.scene_changed.connect(self._take_scene)
        laboratory.view_changed.connect(self._take_view)
        laboratory.focus_changed.connect(self._take_focus)

    # What is wanted

    def choose_end(self, letter: str, what: str, number: int) -> None:
        """``handle``: its code as it is now; ``focus``: the point seen last; ``class`` or ``image`` by its number."""
        if what == "focus":
            what, number = "image", self._focus if self._focus is not None else 0
            self.end_shown.emit(letter, what, number)
        handle = self._hand.explorer.handle.copy() if what == "handle" else None
        end = End("code" if what == "handle" else what, number, handle)  # type: ignore[arg-type]
        ends = zip("AB", self._wanted.ends, strict=True)
        self._want(f"Choose {letter}", ends=tuple(end if each == letter else old for each, old in ends))

    def swap(self) -> None:
        wanted = self._wanted
        if wanted.kind == "stroke" and wanted.stroke is not None:
            self._want("Turn the stroke round", stroke=wanted.stroke[::-1])
        else:
            self._want("Swap A and B", ends=wanted.ends[::-1])

    def choose_kind(self, kind: Kind) -> None:
        self._want("Choose another path", kind=kind)

    def choose_frames(self, count: int) -> None:
        self._want("Choose the frames", frames=count)

    def choose_even(self, even: str) -> None:
        self._want("Choose the steps", even=even)

    def _want(self, text: str, **changes: Any) -> None:
        before, after = self._wanted, replace(self._wanted, **changes)
        self._show_wanted(after)
        self._undo.did(text, partial(self._show_wanted, before), partial(self._show_wanted, after))

    def _show_wanted(self, wanted: WantedPath) -> None:
        self._wanted = wanted
        self._tell_ends()
        self._tell_possible()
        self.frames_shown.emit(wanted.frames, wanted.even)
        self._refresh()

    def take_stroke(self, points: Points) -> None:
        """Points (m, 2) of the plane, as drawn."""
        view = self._laboratory.view
        if view is None or self._reasons()["linear"]:
            return
        self._want("Draw a path", kind="stroke", stroke=view.lift(evenly(points, FINE)))
        self.stroke_taken.emit()

    def set_active(self, active: bool) -> None:
        """Whether the strip is seen: otherwise nothing is computed, and no path lies on the canvas."""
        self._active = active
        if active:
            self._refresh()
        else:
            self._laboratory.forget("film")
            self.drawing_changed.emit(None)

    def go(self, frame: int) -> None:
        """The handle to one of the frames."""
        if self._film is not None and frame < len(self._film.codes):
            self._hand.put(self._film.codes[frame])

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    # What is known

    def begin(self) -> None:
        """Another run; what was shown of the one before is taken away, unless its own first look is here already."""
        if self._laboratory.scene is None:
            self._run = self._film = None
            self.possible_changed.emit(dict.fromkeys(KINDS, NOTHING_YET), self._wanted.kind)
            self.strip_changed.emit(None, (NOTHING_YET,))
            self.drawing_changed.emit(None)

    def _take_scene(self, scene: Scene) -> None:
        if scene.labels is not self._run:
            self._begin(scene)
        self._refresh()

    def _begin(self, scene: Scene) -> None:
        """Another run."""
        self._run, self._film, self._focus = scene.labels, None, None
        kind = self._wanted.kind
        if kind == "stroke" or why_not(scene.space, kind):
            kind = "linear"
        labels = np.unique(scene.labels[: len(scene.codes)]).tolist()
        names = scene.class_names
        self.offered.emit({int(n): names[n] if n < len(names) else str(n) for n in labels}, len(scene.codes))
        self._wanted = replace(self._wanted, ends=tuple(first_ends(scene)), kind=kind, stroke=None)
        self._tell_ends()
        self.focus_known.emit(False)
        self._tell_possible()

    def _take_view(self, view: View) -> None:
        if self._film is not None and view.plane is not self._plane:
            self._draw()

    def _take_focus(self, index: int | None) -> None:
        """The mouse leaves a point on its way to the panel: the last one counts."""
        if index is not None:
            self._focus = index
            self.focus_known.emit(True)

    def _tell_ends(self) -> None:
        for letter, end in zip("AB", self._wanted.ends, strict=False):
            self.end_shown.emit(letter, "handle" if end.what == "code" else end.what, end.number)

    def _tell_possible(self) -> None:
        reasons = self._reasons()
        self.possible_changed.emit(reasons, self._wanted.kind)
        self.stroke_refused.emit(reasons["linear"])

    def _reasons(self) -> dict[str, str]:
        scene = self._laboratory.scene
        if scene is None:
            return dict.fromkeys(KINDS, NOTHING_YET)
        reasons: dict[str, str] = {kind: why_not(scene.space, kind) for kind in KINDS}
        reasons["geodesic"] = reasons["geodesic"] or scene.why_no_derivatives
        reasons["stroke"] = reasons["stroke"] or (NO_STROKE if self._wanted.stroke is None else "")
        return reasons

    # The strip

    def _refresh(self) -> None:
        scene = self._laboratory.scene
        if scene is None or not self._active:
            return
        wanted = self._wanted
        reason = self._reasons()[wanted.kind]
        a, b = (end.in_scene(scene) for end in wanted.ends)
        if reason or a is None or b is None:
            self._film = None
            self.strip_changed.emit(None, (reason or GONE,))
            self._draw()
            return
        wish = Wish(wanted.kind, wanted.frames, a, b, wanted.even, wanted.stroke)  # type: ignore[arg-type]
        self._laboratory.ask("film", partial(_film_of, scene, wish), partial(self._take_film, scene))

    def _take_film(self, scene: Scene, film: Film) -> None:
        if not self._active or scene.labels is not self._run:
            return
        self._film = film
        self.strip_changed.emit(frames_of(scene, film), film.notes)
        self._draw()

    def _draw(self) -> None:
        view = self._laboratory.view
        if self._film is None or view is None or not self._active:
            self.drawing_changed.emit(None)
            return
        self._plane = view.plane
        self.drawing_changed.emit(drawing_of(view, self._film))

    def save(self, path: str, frames_a_second: float, there_and_back: bool) -> None:
        """The strip as a film or, where the name ends so, as a PNG."""
        if self._film is None:
            return
        frames, ground = to_rgb(self._film.images, self._theme), rgb_of(self._theme.image_ground)
        work = partial(save_film, Path(path), frames, ground, 1000 / frames_a_second, there_and_back)
        self._laboratory.ask("save film", work, self._tell_saved)

    def _tell_saved(self, answer: tuple[str, str]) -> None:
        path, problem = answer
        if problem:
            self.failed.emit(problem)
        else:
            self.saved.emit(path)


def _film_of(scene: Scene, wish: Wish) -> Film:
    look = scene.look
    return make_film(wish, scene.space, look.codes, look.decoder, look.derivatives)
