"""The run that is shown: how it comes into the window, what it is called, which of its epochs is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ae_studio.events import Look, RunEnded, RunStarted
from ae_studio.gui.evaluator import Evaluator
from ae_studio.gui.named import named
from ae_studio.gui.run_views import RunViews
from ae_studio.gui.session import Session
from ae_studio.gui.time_machine import TimeMachine
from ae_studio.paths import runs_root


class ShownRun(QObject):
    """A new run, one from the disk, or another process's that is watched.

    Signals:
        named(title): what is shown, for the window's title.
        noted(text): what is done with it.
        ended(RunEnded, log): with the file that holds what the run said.
        config_read(RunConfig): the settings of a run that was opened.
        untrusted_found(run, file): its model is in a Python file that has not been run here.
        epoch_refused(epoch, reason, left_out): it cannot be shown; ``left_out``: those behind it are played on.
        comparison_requested(entries): a list of (run, epoch) that are to be compared.
    """

    named = Signal(str)
    noted = Signal(str)
    ended = Signal(object, object)
    config_read = Signal(object)
    untrusted_found = Signal(object, object)
    epoch_refused = Signal(int, str, bool)
    comparison_requested = Signal(object)

    def __init__(
        self, session: Session, views: RunViews, evaluator: Evaluator, times: TimeMachine, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._views = views
        self._evaluator = evaluator
        self._times = times
        self._waiting: Path | None = None  # to be opened as soon as there is an engine

    @property
    def name(self) -> str:
        """``Watching 2026-11-25_vae_digits (another process)``"""
        run = self._session.run_path.name if self._session.run_path else "No run"
        if not self._session.watched:
            return run
        return f"Watching {run} ({'its own' if self._session.own_process else 'another'} process)"

    # Comes and goes

    def begin(self, event: RunStarted) -> None:
        self._evaluator.cancel()
        self._views.start(event)
        self._times.begin(event.run)
        self._tell_name()
        if self._session.watched:
            self.noted.emit(self.name)

    def end(self, event: RunEnded) -> None:
        self._views.end(event)
        self._times.rest()
        if self._session.run_path:
            self._tell_name()
        self.ended.emit(event, self._session.log_of(event.run))

    def choose(self) -> None:
        dialog = named(QFileDialog(self._window, "Open a run folder", str(runs_root())), "open_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open)
        dialog.open()

    def open(self, folder: str) -> None:
        self.noted.emit("Opening…")
        self._session.open_run(Path(folder))

    def open_when_ready(self, folder: Path) -> None:
        self._waiting = folder

    def open_waiting(self) -> None:
        """The engine is there."""
        if self._waiting is not None:
            self._session.open_run(self._waiting)

    def show(self, opened: Any) -> None:
        """An :class:`ae_studio.runs.opening.OpenedRun`; its last look follows."""
        if not opened.why_no_model:
            self.config_read.emit(opened.config)
        self._views.load(opened)
        self._times.begin(opened.path)
        self._tell_name()
        self.noted.emit(opened.ended[1] if opened.ended else self.name)
        if opened.untrusted:
            self.untrusted_found.emit(opened.path, opened.untrusted)
        if opened.epochs:
            self._show_kept_metrics(opened.epochs[-1])

    def rejoin(self, ready: Any) -> None:
        """A :class:`ae_studio.runs.branching.Ready`, which goes on; its last look follows."""
        self.config_read.emit(ready.now)
        self._times.begin(ready.opened.path)
        self._views.load(ready.opened)
        self._tell_name()

    def _tell_name(self) -> None:
        self.named.emit(f"{self.name} – AE Studio")

    # Its epochs

    def go_to_epoch(self, epoch: int) -> None:
        self._times.go_to(epoch)
        self._views.mark_epoch(epoch)
        self._show_kept_metrics(epoch)

    def follow(self, look: Look) -> None:
        """The newest look is shown; that of a run which is not trained any more is one of its epochs as any other."""
        if self._views.epochs.following:
            self._times.follow(look)

    def refuse_epoch(self, epoch: int, reason: str) -> None:
        """It cannot be shown: what is looked at stays."""
        left_out = self._views.epochs.player.playing
        self._views.epochs.refuse(epoch, self._views.epoch)
        if not left_out:
            self._views.mark_epoch(self._views.epoch)
            self._show_kept_metrics(self._views.epoch)
        self.epoch_refused.emit(epoch, reason, left_out)

    def ask_for_sides(self, a: int, b: int) -> None:
        """Two epochs of this run, beside each other."""
        if self._session.run_path is not None:
            run = self._session.run_path.resolve()
            self.comparison_requested.emit([(run, a), (run, b)])

    def evaluate(self) -> None:
        """The epoch that is looked at."""
        if self._session.run_path is not None:
            self._evaluator.evaluate(self._session.run_path.resolve(), self._views.epoch)

    def _show_kept_metrics(self, epoch: int) -> None:
        if self._session.run_path is not None:
            self._evaluator.show_kept(self._session.run_path, epoch)
