"""What is known of the moment that is shown, what is looked at of it, and who computes with that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.events import Images, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.newest_call import NewestCall
from ae_studio.gui.view_window import PixelMap
from ae_studio.gui.worker import Worker
from ae_studio.latent.code_paths import CodePaths
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

VIEW_MS = 40  # between two changes of the view that are told: what follows it is computed, not only painted


class Laboratory(QObject):
    """The scene, the view of it, the selection and the focus, and one thread for all that is made of them.

    Signals:
        scene_changed(Scene): a new look, or another run's first.
        view_changed(View): another plane, another part of it, or the handle has moved; at most every 40 ms.
        selection_changed(indices): which codes of the sample are selected, a sorted tuple.
        hidden_changed(classes): which classes are hidden, a frozen set.
        focus_changed(index): the data point that is looked at, None without one.
        paths_changed(Scene): where its codes are at other epochs is known better.
        failed(message): something that was asked for could not be computed.
    """

    scene_changed = Signal(object)
    view_changed = Signal(object)
    selection_changed = Signal(object)
    hidden_changed = Signal(object)
    focus_changed = Signal(object)
    paths_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, hand: Hand, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self.marks = Marks()
        self._hand = hand
        self._images: Images | None = None
        self._paths = CodePaths()
        self._pixel_map: PixelMap | None = None
        self._tell_newest = NewestCall(VIEW_MS, self)
        self._worker = Worker(self, behind=True)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def prepare(self) -> None:
        """Once the engine is loaded."""
        self.ask("prepare", _prepare)

    def end(self) -> None:
        self._tell_newest.forget()
        self._worker.end()

    # The moment

    def begin(self, images: Images | None) -> None:
        """Another run; ``images`` are those of its looks' codes. The hand has begun with it before."""
        self.scene, self._images = None, images
        self.select(())
        self.focus(None)

    def show(self, look: Look) -> None:
        """The hand shows it already."""
        explorer = self._hand.explorer
        images = self._images if self._images is not None and len(self._images) == len(look.codes) else None
        self.scene = Scene(explorer.space, explorer.labels, explorer.class_names, images, look, self._paths)
        self.scene_changed.emit(self.scene)
        self.tell_view()

    def show_paths(self, paths: CodePaths) -> None:
        """Where the codes of this run are at other epochs."""
        self._paths = paths
        if self.scene is not None:
            self.scene = replace(self.scene, paths=paths)
            self.paths_changed.emit(self.scene)

    def show_window(self, pixel_map: PixelMap) -> None:
        """What part of the plane the canvas shows."""
        self._pixel_map = pixel_map
        self.tell_view()

    def tell_view(self) -> None:
        """The plane or the handle has changed."""
        if self.scene is not None and self._pixel_map is not None:
            self._tell_newest.put(self._tell_view)

    @property
    def view(self) -> View | None:
        """None before there is something to see."""
        if self.scene is None or self._pixel_map is None:
            return None
        explorer, seen = self._hand.explorer, self._pixel_map
        left, top = seen.to_world(0, 0)
        right, bottom = seen.to_world(seen.width, seen.height)
        size = round(seen.width), round(seen.height)
        return View(explorer.space, explorer.plane, left, right, bottom, top, *size, explorer.handle)

    def _tell_view(self) -> None:
        view = self.view
        if view is not None:
            self.view_changed.emit(view)

    # What is looked at

    def select(self, indices: Iterable[int]) -> None:
        """These codes of the sample, and no others."""
        selected = tuple(sorted({int(index) for index in indices}))
        if selected != self.marks.selected:
            self.marks = replace(self.marks, selected=selected)
            self.selection_changed.emit(selected)

    def hide(self, classes: Iterable[int]) -> None:
        """These classes, and no others."""
        hidden = frozenset(classes)
        if hidden != self.marks.hidden:
            self.marks = replace(self.marks, hidden=hidden)
            self.hidden_changed.emit(hidden)

    def focus(self, index: int | None) -> None:
        if index != self.marks.focus:
            self.marks = replace(self.marks, focus=index)
            self.focus_changed.emit(index)

    # The work

    def ask(self, kind: str, work: Callable[[], Any], then: Callable[[Any], None] | None = None) -> None:
        """``work()`` in the laboratory's thread, and ``then`` with what it returns here.

        A newer request of the same kind takes the place of one that still waits. What fails is told by ``failed``.
        """
        self._worker.request(kind, partial(_carried_out, work, then or _nothing))

    def forget(self, kind: str) -> None:
        """Drops a request that has not begun."""
        self._worker.forget(kind)

    def _take_result(self, kind: str, answered: tuple[Callable[[Any], None], Any]) -> None:
        then, result = answered
        then(result)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        self.failed.emit(message)


def _carried_out(work: Callable[[], Any], then: Callable[[Any], None]) -> tuple[Callable[[Any], None], Any]:
    """What was asked for, with who is to have it: by the time it is there a newer request may have another receiver."""
    return then, work()


def _nothing(result: Any) -> None:
    """Of work that is done for what it does."""


def _prepare() -> None:
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
