"""Computes what the reconstruction grid wishes to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ae_studio.events import Images
from ae_studio.gui.known_errors import EVERY_MS
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.newest_call import NewestCall
from ae_studio.latent.errors import Reconstructed, squared_errors
from ae_studio.latent.grid import Wish, fill, fill_with_drawn
from ae_studio.latent.groups import read_only
from ae_studio.latent.scene import Scene

KIND = "reconstructions"


class GridFeed(QObject):
    """Asks the laboratory whenever the wish, the look or what is selected are others.

    Signals:
        filled(Reconstructed)
    """

    filled = Signal(object)

    def __init__(self, laboratory: Laboratory, told: Callable[[], int], parent: QObject | None = None) -> None:
        """``told``: the class that a conditional model is told of an image that is none of the sample's."""
        super().__init__(parent)
        self._laboratory = laboratory
        self._told_class = told
        self._wish: Wish | None = None
        self._drawn: Images | None = None
        self._seldom = NewestCall(EVERY_MS, self)  # for what needs all of the sample decoded
        laboratory.scene_changed.connect(self._ask_for_look)
        laboratory.selection_changed.connect(self._ask_for_selection)

    def end(self) -> None:
        self._seldom.forget()

    def ask(self, wish: Wish | None, drawn: Images | None) -> None:
        """What is wanted from now on, None for nothing."""
        if wish is not None and self._wish is not None and drawn is self._drawn and not _differ(self._wish, wish):
            return
        self._wish, self._drawn = wish, drawn
        if wish is None:
            self._seldom.forget()
            self._laboratory.forget(KIND)
        else:
            self._ask()

    def _ask_for_look(self) -> None:
        wish = self._wish
        if wish is not None and (wish.mode == "worst" or (wish.mode == "selected" and wish.by_error)):
            self._seldom.put(self._ask)
        else:
            self._ask()

    def _ask_for_selection(self) -> None:
        if self._wish is not None and self._wish.mode == "selected":
            self._ask()

    def _ask(self) -> None:
        scene, wish = self._laboratory.scene, self._wish
        if scene is None or wish is None:
            return
        if wish.mode == "drawn":
            if self._drawn is None:
                self.filled.emit(_nothing(scene))
            elif scene.look.encoder is not None:
                self._laboratory.ask(
                    KIND, partial(fill_with_drawn, scene.look, self._drawn, self._told_class()), self._take(scene)
                )
        elif scene.images is not None:
            selected = read_only(self._laboratory.marks.selected)
            now = Wish(wish.mode, wish.count, wish.seed, wish.by_error, selected)
            self._laboratory.ask(KIND, partial(fill, now, scene.look, scene.images), self._take(scene))

    def _take(self, scene: Scene) -> partial[None]:
        return partial(self._tell, scene, self._wish)

    def _tell(self, scene: Scene, wish: Wish | None, shown: Reconstructed) -> None:
        now = self._laboratory.scene
        if self._wish is wish and now is not None and now.images is scene.images:
            self.filled.emit(shown)


def _differ(before: Wish, now: Wish) -> bool:
    """The selection is not the wish's own here."""
    return (before.mode, before.count, before.seed, before.by_error) != (now.mode, now.count, now.seed, now.by_error)


def _nothing(scene: Scene) -> Reconstructed:
    images = scene.look.reconstructions[:0]
    return Reconstructed(read_only([]), images, images, squared_errors(images, images))
