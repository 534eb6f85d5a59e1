"""The groups of the run that is shown, and the handle's way from one of them to another."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.undo import UndoStack
from ae_studio.latent.attribute import AttributeVector, attribute_vector
from ae_studio.latent.groups import Group, Groups, named, renamed, with_group, without
from ae_studio.latent.scene import Scene


class Grouping(QObject):
    """Makes, renames and deletes groups, each as a step that can be undone.

    Signals:
        groups_changed(groups): by the user, or by undoing; to be kept.
        groups_shown(groups): what there is now, for whatever reason.
        select_requested(indices, how): the members of a group.
        vector_changed(note, reason): what is to be known of the direction, or why there is none.
        strength_reset(): the handle has been moved by something else.
    """

    groups_changed = Signal(object)
    groups_shown = Signal(object)
    select_requested = Signal(object, str)
    vector_changed = Signal(str, str)
    strength_reset = Signal()

    def __init__(self, laboratory: Laboratory, hand: Hand, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: Groups = ()
        self._laboratory = laboratory
        self._hand = hand
        self._undo = undo
        self._ends = ("", "")
        self._vector: AttributeVector | None = None
        self._strength = 0.0
        self._base: Codes | None = None  # where the handle was before it went along the vector
        self._put: Codes | None = None  # where this has put it since
        self._putting = False
        laboratory.scene_changed.connect(self._take_scene)
        hand.handle_moved.connect(self._take_move)

    def begin(self) -> None:
        """Another run, in whose codes the handle's way means nothing."""
        self._begin_anew()

    # Groups

    def show(self, groups: Groups) -> None:
        """Those that were kept with another run."""
        self._undone_to(groups, tell=False)

    def keep(self, wish: str) -> None:
        """What is selected as a group of this name."""
        selected = self._laboratory.marks.selected
        if selected:
            self._change("Keep a group", with_group(self.groups, Group(wish, selected)))

    def rename(self, name: str, wish: str) -> None:
        self._change("Rename a group", renamed(self.groups, name, wish))

    def delete(self, name: str) -> None:
        self._change("Delete a group", without(self.groups, name))

    def select(self, name: str) -> None:
        group = named(self.groups, name)
        if group is not None:
            self.select_requested.emit(group.indices, "replace")

    def _change(self, text: str, groups: Groups) -> None:
        before = self.groups
        self._undone_to(groups)
        if groups != before:
            self._undo.did(text, partial(self._undone_to, before), partial(self._undone_to, groups))

    def _undone_to(self, groups: Groups, tell: bool = True) -> None:
        changed, self.groups = groups != self.groups, groups
        self.groups_shown.emit(groups)  # a name that was refused is written anew, too
        if changed and tell:
            self.groups_changed.emit(groups)

    # The attribute vector

    def choose_ends(self, first: str, second: str) -> None:
        """The groups that it goes from and to."""
        self._ends = (first, second)
        self._make_vector()
        if self._strength:
            self._move()

    def set_strength(self, strength: float) -> None:
        """So many vectors from where the handle was."""
        self._strength = strength
        self._move()

    def apply(self) -> None:
        """The handle stays; the way begins anew from there."""
        self._begin_anew()

    def _move(self) -> None:
        if self._vector is None:
            return
        if self._base is None:
            self._base = self._hand.explorer.handle.copy()
        self._putting = True
        self._hand.put(self._vector.added(self._hand.explorer.space, self._base, self._strength))
        self._putting = False
        self._put = self._hand.explorer.handle.copy()

    def _take_move(self, code: Codes) -> None:
        if not self._putting and self._put is not None and not np.array_equal(code, self._put):
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._base, self._put, self._strength = None, None, 0.0
        self.strength_reset.emit()

    def _take_scene(self, scene: Scene) -> None:
        """The groups' codes have moved: so has the vector, and the handle with it."""
        if self._base is not None and self._base.shape != (scene.space.size,):
            self._begin_anew()
        self._make_vector()
        if self._strength:
            self._move()

    def _make_vector(self) -> None:
        scene = self._laboratory.scene
        reason = self._why_no_vector(scene)
        self._vector = None
        if not reason and scene is not None:
            first, second = (group.indices for end in self._ends if (group := named(self.groups, end)))
            self._vector = attribute_vector(scene.codes, first, second)
        self.vector_changed.emit(self._vector.in_words() if self._vector else "", reason)

    def _why_no_vector(self, scene: Scene | None) -> str:
        if scene is None:
            return "There is no run yet"
        if scene.space.kind == "codebook":
            return f"{scene.why_not_flat}: there is no way between them"
        groups = [group for end in self._ends if (group := named(self.groups, end))]
        if len(groups) < 2 or self._ends[0] == self._ends[1]:
            return "Keep two groups first: the vector goes from the mean code of one to that of the other"
        too_far = max(group.members[-1] for group in groups if group.members)
        return "" if too_far < len(scene.codes) else "The groups are of other images"
