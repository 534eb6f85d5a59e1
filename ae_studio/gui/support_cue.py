"""Whether there is any data at a place, in words: told anew for every look."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from ae_studio.events import Codes
from ae_studio.gui.laboratory import Laboratory
from ae_studio.latent.scene import Scene
from ae_studio.latent.support import Support, support_of


class SupportCue(QObject):
    """Has the codes' density computed in the laboratory's thread; what is asked of it then costs tens of microseconds.

    Signals:
        changed(in_words): a callable, code (d,) to wordings and likelihood; see :class:`ae_studio.latent.support`.
    """

    changed = Signal(object)

    def __init__(self, laboratory: Laboratory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laboratory = laboratory

    def follow(self, scene: Scene) -> None:
        """A new look."""
        self._laboratory.ask("support", partial(support_of, scene.codes), self._take)

    def _take(self, support: Support | None) -> None:
        self.changed.emit(partial(_in_words, support))


def _in_words(support: Support | None, code: Codes) -> tuple[tuple[str, ...], str]:
    if support is None or support.codes.shape[1] != len(code):
        return (), ""
    found = support.at(code[None])
    return found.wordings(), found.likelihood()
