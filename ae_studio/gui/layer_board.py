"""Which layers are on, with which options; computes their drawings again when they are old."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.layers.catalog import BY_KEY, LAYERS, PRESETS
from ae_studio.gui.layers.layer import Drawing, Layer
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which layers are ``on``, and the ``values`` of each one's options, by name."""

    on: frozenset[str]
    values: Mapping[str, Mapping[str, Any]]


class LayerBoard(QObject):
    """The state behind the Layers panel.

    Signals:
        drawing_changed(key, drawing): a layer's newest drawing, None where there is none (any more).
        shown_changed(keys): which layers are on and possible.
        state_changed(): what is on, possible or chosen has changed: read it.
        did(text, before, after, merge): the user has changed it, from one :class:`Chosen` to another; ``merge`` as
            :meth:`ae_studio.gui.undo.UndoStack.did` has it.
    """

    drawing_changed = Signal(str, object)
    shown_changed = Signal(object)
    state_changed = Signal()
    did = Signal(str, object, object, str)

    def __init__(self, laboratory: Laboratory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laboratory = laboratory
        self._on = {layer.key for layer in LAYERS if layer.on_at_first}
        self._values = {layer.key: {option.name: option.default for option in layer.options} for layer in LAYERS}
        self._reasons: dict[str, str] = {}
        self._newest: dict[str, object] = {}  # of each layer the work that was asked for last
        self._view: View | None = None
        laboratory.scene_changed.connect(self._take_scene)
        laboratory.paths_changed.connect(self._take_paths)
        laboratory.view_changed.connect(self._take_view)
        laboratory.selection_changed.connect(partial(self._refresh, "selection"))
        laboratory.focus_changed.connect(partial(self._refresh, "focus"))
        laboratory.hidden_changed.connect(partial(self._refresh, "hidden"))

    # What is on

    def is_on(self, key: str) -> bool:
        return key in self._on

    def reason(self, key: str) -> str:
        """Why there can be no such layer now; empty where there can."""
        return self._reasons.get(key, "")

    def values(self, key: str) -> Mapping[str, Any]:
        """Of the layer's options, by name."""
        return self._values[key]

    @property
    def shown(self) -> frozenset[str]:
        return frozenset(key for key in self._on if not self.reason(key))

    @property
    def chosen(self) -> Chosen:
        return Chosen(frozenset(self._on), {key: dict(values) for key, values in self._values.items()})

    def choose_again(self, chosen: Chosen) -> None:
        """As it was once."""
        changed = {key for key, values in chosen.values.items() if values != self._values[key]}
        self._values = {key: dict(values) for key, values in chosen.values.items()}
        self._switch(set(chosen.on), changed)

    def set_on(self, key: str, on: bool) -> None:
        before = self.chosen
        self._switch(self._on | {key} if on else self._on - {key})
        self.did.emit(f"{'Show' if on else 'Hide'} {BY_KEY[key].title}", before, self.chosen, "")

    def set_value(self, key: str, name: str, value: Any) -> None:
        """An option of a layer."""
        before = self.chosen
        self._values[key][name] = value
        self._compute(BY_KEY[key])
        self.did.emit(f"Change {BY_KEY[key].title}", before, self.chosen, f"{key} {name}")

    def apply(self, preset: str) -> None:
        """One of :data:`~ae_studio.gui.layers.catalog.PRESETS`: its layers on, all others off."""
        before = self.chosen
        self._switch(set(PRESETS[preset].keys) & set(BY_KEY), set(BY_KEY))
        self.did.emit(f"Show {PRESETS[preset].title}", before, self.chosen, "")

    def _switch(self, on: set[str], changed: Collection[str] = ()) -> None:
        """These layers on; those that come, or are ``changed``, are computed."""
        before, self._on = self._on, on
        self._tell_state()
        for layer in LAYERS:
            if layer.key in on - before or (layer.key in on and layer.key in changed):
                self._compute(BY_KEY[layer.key])
            elif layer.key in before - on:
                self._drop(layer.key)

    def _drop(self, key: str) -> None:
        self._laboratory.forget(_kind(key))
        self._laboratory.forget(_finer_kind(key))
        self.drawing_changed.emit(key, None)

    def _tell_state(self) -> None:
        self.state_changed.emit()
        self.shown_changed.emit(self.shown)

    # What is old

    def _take_scene(self, scene: Scene) -> None:
        self._show_reasons(scene)
        self._view = self._laboratory.view  # of this look: it is not to be computed for twice
        self._refresh("look")

    def _take_paths(self, scene: Scene) -> None:
        self._show_reasons(scene)
        self._refresh("paths")

    def _show_reasons(self, scene: Scene) -> None:
        reasons = {layer.key: layer.why_not(scene) for layer in LAYERS}
        if reasons != self._reasons:
            self._reasons = reasons
            for key in (key for key, reason in reasons.items() if reason):
                self._drop(key)
            self._tell_state()

    def _take_view(self, view: View) -> None:
        before, self._view = self._view, view
        changed = _changes(before, view)
        for layer in LAYERS:
            if layer.follows & changed:
                self._compute(layer)

    def _refresh(self, what: str, _: object = None) -> None:
        for layer in LAYERS:
            if what in layer.follows:
                self._compute(layer)

    def _compute(self, layer: Layer) -> None:
        scene, view = self._laboratory.scene, self._laboratory.view
        if scene is None or view is None or layer.key not in self.shown:
            return
        values = dict(self._values[layer.key])
        work = partial(layer.compute, scene, view, self._laboratory.marks, values)
        self._laboratory.forget(_finer_kind(layer.key))
        self._newest[layer.key] = work
        self._laboratory.ask(_kind(layer.key), work, partial(self._take_drawing, layer.key, scene, work))

    def _take_drawing(self, key: str, scene: Scene, work: object, drawing: Drawing | None) -> None:
        now = self._laboratory.scene
        if key not in self.shown or now is None or now.space != scene.space:
            return
        self.drawing_changed.emit(key, drawing)
        finer = getattr(drawing, "finer", None)
        if finer is not None and self._newest[key] is work:  # else a newer one is under way
            self._laboratory.ask(_finer_kind(key), finer, partial(self._take_drawing, key, scene, work))


def _kind(key: str) -> str:
    """The name of a layer's requests."""
    return f"layer {key}"


def _finer_kind(key: str) -> str:
    """Likewise, of those for a better drawing."""
    return f"layer {key}, finer"


def _changes(before: View | None, now: View) -> set[str]:
    """What of a view is another, in the words of a layer's ``follows``."""
    if before is None or before.space != now.space:
        return {"plane", "window", "base", "handle"}
    found = set()
    if before.plane is not now.plane:
        found |= {"plane", "base"}
    elif not np.allclose(before.base, now.base, atol=1e-6):
        found.add("base")
    if not np.array_equal(before.handle, now.handle):
        found.add("handle")
    sides = ("left", "right", "bottom", "top", "width", "height")
    if any(getattr(before, side) != getattr(now, side) for side in sides):
        found.add("window")
    return found
