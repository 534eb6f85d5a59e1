"""How images of the sample are selected, from wherever: what is hidden never is, and every step can be undone."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.gui.known_errors import KnownErrors
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.undo import UndoStack
from ae_studio.latent.groups import How, Indices, Mask, by_error, combined, of_classes, read_only
from ae_studio.latent.scene import Scene


class Selecting(QObject):
    """Between what finds images and the laboratory's selection.

    Signals:
        lasso_allowed(reason): why nothing can be drawn around on the canvas; empty where it can.
        marked(indices): of the points on the canvas, which are selected.
    """

    lasso_allowed = Signal(str)
    marked = Signal(object)

    def __init__(
        self, laboratory: Laboratory, errors: KnownErrors, undo: UndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._laboratory = laboratory
        self._errors = errors
        self._undo = undo
        self._hidden: frozenset[int] = frozenset()
        self._why_no_points = ""
        laboratory.scene_changed.connect(self._take_scene)
        laboratory.selection_changed.connect(self._mark)

    def take(self, found: Indices, how: How) -> None:
        """What was drawn around, or clicked."""
        scene = self._laboratory.scene
        if scene is None:
            return
        before = self._laboratory.marks.selected
        shown = ~of_classes(scene.labels, self._hidden)
        wished = combined(read_only(before), read_only(found), how)
        self._choose(before, tuple(wished[shown[wished]].tolist()))

    def select_class(self, label: int, how: How) -> None:
        if (scene := self._laboratory.scene) is not None:
            self._take_mask(of_classes(scene.labels, {label}), how)

    def select_by_error(self, threshold: float, above: bool, how: How) -> None:
        if self._errors.errors is not None:
            self._take_mask(by_error(self._errors.errors, threshold, above=above), how)

    def select_all(self) -> None:
        """All that is shown."""
        if (scene := self._laboratory.scene) is not None:
            self._take_mask(np.ones(len(scene.labels), dtype=np.bool_), "replace")

    def invert(self) -> None:
        """What is shown and not selected."""
        if (scene := self._laboratory.scene) is not None:
            mask = np.ones(len(scene.labels), dtype=np.bool_)
            mask[list(self._laboratory.marks.selected)] = False
            self._take_mask(mask, "replace")

    def clear(self) -> None:
        self.take(read_only([]), "replace")

    def hide_classes(self, hidden: Collection[int]) -> None:
        """Their images are selected no longer."""
        self._hidden = frozenset(hidden)
        scene, selected = self._laboratory.scene, self._laboratory.marks.selected
        if scene is not None and scene.space.kind != "codebook":  # there the legend is not one of classes
            self._laboratory.select(index for index in selected if int(scene.labels[index]) not in self._hidden)
        else:
            self._hidden = frozenset()

    def _take_mask(self, mask: Mask, how: How) -> None:
        self.take(read_only(np.flatnonzero(mask)), how)

    def _choose(self, before: tuple[int, ...], selected: tuple[int, ...]) -> None:
        if selected == before:
            return
        self._laboratory.select(selected)
        text = f"Select {len(selected):,} images" if selected else "Select nothing"
        self._undo.did(text, partial(self._laboratory.select, before), partial(self._laboratory.select, selected))

    def _take_scene(self, scene: Scene) -> None:
        is_codebook = scene.space.kind == "codebook"
        reason = "The points are entries of a codebook, not images: select by class or error" if is_codebook else ""
        if reason != self._why_no_points:
            self._why_no_points = reason
            self.lasso_allowed.emit(reason)

    def _mark(self, selected: tuple[int, ...]) -> None:
        self.marked.emit(() if self._why_no_points else selected)
