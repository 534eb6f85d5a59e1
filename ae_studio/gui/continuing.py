"""A run that is shown goes on: asked about, made ready in the background, and handed to the session."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ae_studio.config import RunConfig
from ae_studio.gui.named import named
from ae_studio.gui.toolbar import Possible
from ae_studio.gui.worker import Worker

if TYPE_CHECKING:
    from ae_studio.gui.continue_dialog import Choice, ContinueDialog
    from ae_studio.runs.branching import Continuable, Ready


class Continuing(QObject):
    """Asks from where, and for how long; the form's values may be others in a branch.

    Signals:
        form_requested(): the form's settings are wanted, by :meth:`show_form`.
        open_requested(folder): this run is to be shown before it is asked about.
        noted(text): what is under way.
        refused(message): why what was asked for cannot be done.
        ready(Ready): a run is read back up to where it goes on, and can be trained.
    """

    form_requested = Signal()
    open_requested = Signal(str)
    noted = Signal(str)
    refused = Signal(str)
    ready = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._why_not = ""
        self._filled: RunConfig | None = None  # the settings that the form was last filled with, those of a run
        self._epoch: int | None = None
        self._awaited: Path | None = None  # a run that is being opened, to be asked about
        self.dialog: ContinueDialog | None = None
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)

    def prepare(self) -> None:
        """Reads what it opens: behind the main window's first paint, which that would hold back, and in its thread."""
        import ae_studio.gui.continue_dialog  # noqa: F401

    def end(self) -> None:
        """Waits for the thread."""
        self.close()
        self._worker.end()

    def show_possible(self, possible: Possible) -> None:
        self._why_not = possible.go_on
        if self._why_not:
            self.close()

    # What is asked

    def ask(self, run: Path | None, epoch: int | None = None) -> None:
        """From where this run is to go on; ``epoch`` is proposed, by default its last."""
        if self._why_not or run is None:
            self.refused.emit(self._why_not or "There is no run yet")
            return
        self._epoch = epoch
        self._worker.request("read", partial(_read, run.resolve()))

    def open_and_ask(self, folder: str) -> None:
        """Of a run that is not shown yet."""
        self._awaited = Path(folder)
        self.open_requested.emit(folder)

    def take_opened(self, opened: Any) -> None:
        """Another run is shown."""
        self.close()
        awaited, self._awaited = self._awaited, None
        if awaited is not None and opened.path == awaited:
            self.ask(awaited)

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def take_filled(self, config: RunConfig) -> None:
        """The form was filled with these settings, or a run began with them."""
        self._filled = config

    def show_form(self, config: RunConfig | None, where: str = "") -> None:
        """The form's settings as they are, None while one is wrong, and ``where`` it says to train, in words."""
        if self.dialog is not None:
            self.dialog.show_form(config, self._filled, where)

    def show_menu(self, bar: QWidget, at: QPoint, run: Path | None, epoch: int) -> None:
        """Over the epochs: what can be done with the one that is looked at."""
        menu = named(QMenu(bar), "epoch_menu")
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction("Branch from this epoch…", lambda: self.ask(run, epoch))
        action.setEnabled(not self._why_not)
        action.setToolTip(self._why_not or f"Train on from epoch {epoch}, in a new run")
        menu.popup(bar.mapToGlobal(at))

    def _ask(self, found: Continuable) -> None:
        from ae_studio.gui.continue_dialog import ContinueDialog

        self.close()
        dialog = ContinueDialog(found, self._epoch, self._window)
        dialog.go_requested.connect(self._make_ready)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self.form_requested.emit()
        dialog.show()

    def _forget(self) -> None:
        if self.sender() is self.dialog:
            self.dialog = None

    def _make_ready(self, choice: Choice) -> None:
        self.noted.emit("Branching…" if choice.apart else "Going on…")
        self._worker.request("ready", partial(_make_ready, choice))

    def _take_result(self, kind: str, result: Any) -> None:
        if self._why_not:
            self.refused.emit(self._why_not)  # a training was begun meanwhile
        elif kind == "read":
            self._ask(result)
        else:
            self.ready.emit(result)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        self.noted.emit("")
        self.refused.emit(message)


def _read(run: Path) -> Continuable:
    from ae_studio.runs.branching import read_continuable

    return read_continuable(run)


def _make_ready(choice: Choice) -> Ready:
    from ae_studio.runs.branching import make_ready

    return make_ready(choice.run, choice.epoch, choice.more, choice.values, apart=choice.apart)
