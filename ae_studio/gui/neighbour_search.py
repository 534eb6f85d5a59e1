"""Keeps the Neighbours panel true: of the data point in focus, or of the place under the handle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from ae_studio.events import Codes, Images
from ae_studio.gui.image_row import Cell
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.neighbours_panel import NeighboursPanel
from ae_studio.latent.neighbours import Near, Neighbours, neighbours_of
from ae_studio.latent.scene import Scene

KIND = "neighbours"


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Of an ``image`` that the ``caption`` names."""

    scene: Scene
    image: Images
    caption: str
    neighbours: Neighbours


class NeighbourSearch(QObject):
    """Asks only while the panel is in sight; the newest question is the one that is answered."""

    def __init__(self, laboratory: Laboratory, panel: NeighboursPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laboratory = laboratory
        self._panel = panel
        self._in_sight = False
        for changed in (
            laboratory.scene_changed,
            laboratory.view_changed,
            laboratory.focus_changed,
            panel.count_changed,
        ):
            changed.connect(self.ask)

    def watch(self, in_sight: bool) -> None:
        """Whether the panel can be seen: behind another tab it is visible to Qt, and not to anyone else."""
        self._in_sight = in_sight
        self.ask()

    def ask(self, *changed: object) -> None:
        """Whatever has changed."""
        scene, view = self._laboratory.scene, self._laboratory.view
        if not self._in_sight:
            return
        if scene is None or view is None:
            self._panel.show_nothing()
        elif scene.why_no_images:
            self._panel.show_nothing(scene.why_no_images)
        else:
            work = partial(_answer, scene, view.handle, self._laboratory.marks.focus, self._panel.count)
            self._laboratory.ask(KIND, work, self._show)

    def _show(self, answer: Answer | str) -> None:
        if self._laboratory.scene is None:  # another run has begun meanwhile
            return
        if isinstance(answer, str):
            self._panel.show_nothing(answer)
            return
        scene, found = answer.scene, answer.neighbours
        pixels, codes = (_cells(near, found, scene) for near in (found.pixels, found.codes))
        count = len(scene.class_names)
        self._panel.show_neighbours(answer.image, answer.caption, pixels, codes, found.in_words(), count)


def _answer(scene: Scene, handle: Codes, focus: int | None, count: int) -> Answer | str:
    """In the laboratory's thread; in words, why the handle's code cannot be decoded: the hand has told that already."""
    images, codes = scene.images, scene.codes
    assert images is not None
    if focus is not None:
        image, code, caption = images[focus], codes[focus], f"{scene.class_of(focus)}\nimage {focus + 1:,}"
    else:
        try:
            image, code, caption = scene.look.decoder(handle[None])[0], handle, "decoded\nat the handle"
        except Exception as error:
            return str(error)
    return Answer(scene, image, caption, neighbours_of(image, code, images, codes, scene.space, count, focus))


def _cells(near: Near, found: Neighbours, scene: Scene) -> list[Cell]:
    assert scene.images is not None
    return [
        Cell(i, scene.images[i], int(scene.labels[i]), scene.class_of(i), distance, i not in found.shared)
        for i, distance in zip(near.indices.tolist(), near.distances.tolist(), strict=True)
    ]
