"""The mouse over the canvas's points: the one under it is in focus, and its image is seen beside the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from ae_studio.gui.colour_scale import in_figures
from ae_studio.gui.hover_card import HoverCard
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.latent.scene import Scene


class Pointing(QObject):
    """Watches the mouse without taking it from the tools. What was in focus before is so again when it has left."""

    def __init__(
        self, canvas: LatentCanvas, card: HoverCard, laboratory: Laboratory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._card = card
        self._laboratory = laboratory
        self._index: int | None = None
        self._place = QPointF()
        self._focus_before: int | None = None
        canvas.installEventFilter(self)
        canvas.points_moved.connect(self._follow_points)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            held = event.buttons() != Qt.MouseButton.NoButton
            self._point_at(None if held else event.position())
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.Leave, QEvent.Type.Hide):
            self._point_at(None)
        return False

    def _point_at(self, place: QPointF | None) -> None:
        index = None if place is None else self._canvas.point_at(place)
        if index is not None and place is not None:
            self._place = place
            self._show_card(index)
        elif self._index is not None:
            self._card.hide()
        if index != self._index:
            before, self._index = self._index, index
            self._tell_focus(before, index)

    def _tell_focus(self, before: int | None, index: int | None) -> None:
        """The points of a codebook are its entries: none of them is an image that could be in focus."""
        scene, focus = self._laboratory.scene, self._laboratory.marks.focus
        if scene is None or scene.space.kind == "codebook":
            return
        if before is None or focus != before:  # it is not ours: whoever has set it has it back
            self._focus_before = focus
        if index is not None:
            self._laboratory.focus(index)
        else:
            self._laboratory.focus(self._focus_before)

    def _follow_points(self) -> None:
        """They glide while the mouse rests."""
        if self._index is not None:
            self._point_at(self._place)

    def _show_card(self, index: int) -> None:
        scene = self._laboratory.scene
        if scene is None:
            return
        image = None
        if scene.space.kind != "codebook" and scene.images is not None and index < len(scene.images):
            image = scene.images[index]
        words = self._words(scene, index)
        self._card.show_point(image, words, self._canvas.points.colour_of(index), self._place.toPoint())

    def _words(self, scene: Scene, index: int) -> tuple[str, ...]:
        if scene.space.kind == "codebook":
            return (f"entry {index + 1:,}",)
        words = (f"{scene.class_of(index)} · image {index + 1:,}",)
        number = self._canvas.points.number_of(index)
        return words if number is None else (*words, in_figures(number, abs(number)))
