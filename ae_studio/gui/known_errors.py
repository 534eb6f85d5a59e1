"""The reconstruction errors of the whole sample, computed while somebody looks at them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.newest_call import NewestCall
from ae_studio.latent.errors import Errors, sample_errors
from ae_studio.latent.scene import Scene

EVERY_MS = 1000  # between two computations while a training runs: each decodes 2,000 images


class KnownErrors(QObject):
    """Signals: ``changed(errors)``: of the newest look that they were computed for, None where they are not known."""

    changed = Signal(object)

    def __init__(self, laboratory: Laboratory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.errors: Errors | None = None
        self._laboratory = laboratory
        self._wanted: set[str] = set()
        self._newest = NewestCall(EVERY_MS, self)
        laboratory.scene_changed.connect(self._ask_later)

    def begin(self) -> None:
        """Another run."""
        self._newest.forget()
        self._laboratory.forget("errors")
        self._tell(None)

    def end(self) -> None:
        self._newest.forget()

    def want(self, who: str, wanted: bool) -> None:
        """Somebody begins or ends to look at them."""
        self._wanted = self._wanted | {who} if wanted else self._wanted - {who}
        self._ask_later()

    def _ask_later(self, _: object = None) -> None:
        if self._wanted:
            self._newest.put(self._ask)
        else:
            self._newest.forget()

    def _ask(self) -> None:
        scene = self._laboratory.scene
        if scene is None or scene.images is None:
            self._tell(None)
        elif (known := sample_errors.kept(scene.look)) is not None:
            self._tell(known)
        else:
            work = partial(sample_errors.of, scene.look, scene.images)
            self._laboratory.ask("errors", work, partial(self._take, scene))

    def _take(self, scene: Scene, errors: Errors) -> None:
        now = self._laboratory.scene
        if now is not None and now.images is scene.images:  # perhaps of the look before, but of the same run
            self._tell(errors)

    def _tell(self, errors: Errors | None) -> None:
        if errors is not self.errors:
            self.errors = errors
            self.changed.emit(errors)
