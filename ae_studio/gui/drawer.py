"""Between the pad and the model: what is drawn is encoded in the laboratory, and shown wherever it belongs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from ae_studio.gui.drawing_panel import DrawingPanel
from ae_studio.gui.drawing_sheet import SIDE, ink_image, picture_image
from ae_studio.gui.hand import Hand
from ae_studio.gui.handle_history import HandleHistory
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.layer_board import LayerBoard
from ae_studio.gui.layers.drawing import mark_of
from ae_studio.gui.newest_call import NewestCall
from ae_studio.latent.drawn import Drawn, made_of, told_class
from ae_studio.latent.scene import Scene

if TYPE_CHECKING:
    from ae_studio.data.drawing import Proportions

CHANGE_MS = 16  # between two drawings that are encoded while a stroke is drawn
KEY = "drawing"
Pixels = npt.NDArray[np.uint8]


class Drawer(QObject):
    """Asks again when the drawing, the look or the class that a model is told has changed; the newest counts.

    Signals:
        drawn(image): what the model got, uint8 (H, W) or (H, W, 3); None when the pad is empty.
    """

    drawn = Signal(object)

    def __init__(
        self,
        panel: DrawingPanel,
        laboratory: Laboratory,
        hand: Hand,
        layers: LayerBoard,
        canvas: LatentCanvas,
        history: HandleHistory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._laboratory, self._hand = panel, laboratory, hand
        self._layers, self._canvas, self._history = layers, canvas, history
        self._scene: Scene | None = None
        self._proportions: Proportions | None = None
        self._drawn: Drawn | None = None
        self._label = 0
        self._newest = NewestCall(CHANGE_MS, self)
        self._connect()

    def _connect(self) -> None:
        panel, laboratory = self._panel, self._laboratory
        panel.pad.changed.connect(self._take_change)
        panel.picture_given.connect(self._take_picture)
        panel.class_chosen.connect(self._choose_class)
        panel.go_requested.connect(self._go)
        panel.follow_toggled.connect(self._follow)
        panel.neighbour_chosen.connect(laboratory.focus)
        laboratory.scene_changed.connect(self._take_scene)
        laboratory.view_changed.connect(self._show_mark)
        self._layers.shown_changed.connect(self._show_mark)
        self._hand.switches_changed.connect(self._take_options)

    # What has changed

    def _take_scene(self, scene: Scene) -> None:
        before, self._scene = self._scene, scene
        self._panel.allow(scene.why_no_encoder)
        if not _is_same_run(before, scene):
            self._proportions = None
            self._laboratory.ask("proportions", partial(_measured, scene), self._take_proportions)
        self._panel.show_classes(next((switch for switch in scene.space.switches if switch.given), None))
        self._ask()

    def _take_proportions(self, proportions: Proportions) -> None:
        self._proportions = proportions
        self._panel.set_kind(proportions.colour, proportions.thickness * SIDE / max(proportions.shape[:2]))
        self._ask()

    def _take_change(self) -> None:
        self._newest.put(self._ask)

    def _take_options(self, options: list[int]) -> None:
        """Which option each switch of the handle holds."""
        label = told_class(self._hand.explorer.space, options)
        self._panel.show_class(label)
        if label != self._label:
            self._label = label
            self._ask()

    def _choose_class(self, option: int) -> None:
        switches = self._hand.explorer.space.switches
        number = next((number for number, switch in enumerate(switches) if switch.given), None)
        if number is not None:
            self._hand.switch(number, option)

    # The drawing and what is made of it

    def _ask(self) -> None:
        scene, proportions, pad = self._scene, self._proportions, self._panel.pad
        if pad.is_empty or scene is None or scene.look.encoder is None:
            self._laboratory.forget(KEY)
            self._take_drawn(scene, None)
        elif proportions is not None:
            sheet = pad.sheet.picture() if proportions.colour else pad.sheet.ink()
            work = partial(_drawn, sheet, proportions, scene, self._label)
            self._laboratory.ask(KEY, work, partial(self._take_drawn, scene))

    def _take_drawn(self, scene: Scene | None, drawn: Drawn | None) -> None:
        if drawn is not None and (self._panel.pad.is_empty or not _is_same_run(scene, self._scene)):
            return  # cleared while it was encoded, or of a run that was left
        was_drawn, self._drawn = self._drawn is not None, drawn
        if drawn is None or scene is None:
            self._panel.show_nothing()
            if was_drawn:
                self._show_mark()
                self.drawn.emit(None)
            return
        neighbours = None if scene.images is None else scene.images[drawn.neighbours]
        self._panel.show_drawn(drawn, neighbours, [scene.class_of(index) for index in drawn.neighbours])
        self._show_mark()
        self.drawn.emit(drawn.image)
        self._follow(self._panel.following)

    def _show_mark(self, _: object = None) -> None:
        view, drawn = self._laboratory.view, self._drawn
        shown = drawn is not None and view is not None and KEY in self._layers.shown
        if shown and drawn is not None and view is not None and len(drawn.code) == view.space.size:
            self._canvas.show_overlay(KEY, mark_of(drawn.code, drawn.spread, view))
        else:
            self._canvas.show_overlay(KEY, None)

    def _go(self) -> None:
        """The handle to the drawing."""
        if self._drawn is not None and len(self._drawn.code) == self._hand.explorer.space.size:
            self._hand.put(self._drawn.code)

    def _follow(self, following: bool) -> None:
        """The handle goes where the drawing is; that is no step, but the stroke's."""
        if following:
            self._history.follow(self._go)

    # Pictures

    def _take_picture(self, picture: QImage | Path) -> None:
        coloured = self._panel.pad.sheet.coloured
        self._laboratory.ask("picture", partial(_sheet_of, picture, coloured), self._put_picture)

    def _put_picture(self, found: QImage | str) -> None:
        """A sheet, or why there is none."""
        if isinstance(found, str):
            self._panel.show_wrong(found)
        else:
            self._panel.pad.put(found, "Put a picture on the pad")


def _is_same_run(before: Scene | None, now: Scene | None) -> bool:
    if before is None or now is None:
        return False
    return before.images is now.images and before.space == now.space and _shape(before) == _shape(now)


def _shape(scene: Scene) -> tuple[int, ...]:
    """Of an image: (H, W) or (H, W, 3)."""
    return scene.look.reconstructions.shape[1:]


def _measured(scene: Scene) -> Any:
    from ae_studio.data.drawing import measured_proportions, usual_proportions

    return usual_proportions(_shape(scene)) if scene.images is None else measured_proportions(scene.images)


def _drawn(sheet: Pixels, proportions: Proportions, scene: Scene, label: int) -> Drawn | None:
    from ae_studio.data.drawing import as_data

    image = as_data(sheet if proportions.colour else sheet / np.float32(255), proportions)
    return None if image is None else made_of(image, scene.look, label)


def _sheet_of(picture: QImage | Path, coloured: bool) -> QImage | str:
    """A picture as the pad's new sheet, or why it cannot be."""
    from ae_studio.data.dataset import DataError
    from ae_studio.data.picture import KEPT, ink_on_sheet, on_ground, picture_on_sheet, read_picture

    try:
        if isinstance(picture, Path):
            pixels = read_picture(picture)
        elif picture.isNull():
            return "This picture cannot be read"
        else:
            pixels = on_ground(_rgba(picture, KEPT))
    except DataError as error:
        return str(error)
    if coloured:
        return picture_image(picture_on_sheet(pixels, SIDE))
    ink = ink_on_sheet(pixels, SIDE)
    return ink_image(ink) if ink.any() else "Nothing stands out from the ground of this picture"


def _rgba(picture: QImage, longest: int) -> Pixels:
    """(h, w, 4), no side longer than that."""
    if max(picture.width(), picture.height()) > longest:
        ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        picture = picture.scaled(longest, longest, *ways)
    picture = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(picture.constBits(), dtype=np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : 4 * picture.width()].reshape(picture.height(), picture.width(), 4).copy()
