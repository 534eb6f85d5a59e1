"""The queue and its sweeps in the window: the dialogs, who works for them, and what the rest of the window hears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ae_studio.config import RunConfig
from ae_studio.gui.queue_keeper import QueueKeeper
from ae_studio.gui.theme import DARK, Theme
from ae_studio.gui.toolbar import Possible
from ae_studio.sweeps.job import Job
from ae_studio.sweeps.plan import Sweep
from ae_studio.sweeps.scripts import command_lines

if TYPE_CHECKING:
    from ae_studio.gui.queue_window import QueueWindow
    from ae_studio.gui.sweep_dialog import SweepDialog
    from ae_studio.gui.sweep_summary import SweepSummary


class Queueing(QObject):
    """Its dialogs are made when they are first opened.

    Signals:
        counted(at_work, waiting): other numbers of runs.
        noted(text): what was done.
        open_requested(folder): the path of a run to be shown.
        sweep_wanted(): a sweep of the form's settings, see :meth:`open_sweep`.
        run_ended(): another run is kept.
        close_requested(): the user has agreed that the window closes.
    """

    counted = Signal(int, int)
    noted = Signal(str)
    open_requested = Signal(str)
    sweep_wanted = Signal()
    run_ended = Signal()
    close_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = DARK
        self._why_not_open, self._beside = "", False
        self._agreed = False
        self.keeper = QueueKeeper(self)
        self.dialog: QueueWindow | None = None
        self.sweep_dialog: SweepDialog | None = None
        self.summary: SweepSummary | None = None
        self.keeper.changed.connect(self._tell)
        self.keeper.job_changed.connect(self._follow)
        self.keeper.failed.connect(self._tell_failure)

    def prepare(self) -> None:
        """Reads what it opens: behind the main window's first paint, which that would hold back, and in its thread."""
        import ae_studio.gui.queue_question
        import ae_studio.gui.queue_window
        import ae_studio.gui.sweep_dialog
        import ae_studio.gui.sweep_summary  # noqa: F401

    # What is asked for

    def add(self, config: RunConfig) -> None:
        """The form's settings, at the end of the queue."""
        self.keeper.add(config)
        self.noted.emit(f"Added to the queue: {self._counts()}")

    def go_on(self, ready: Any) -> None:
        """With a run that was read back, a :class:`ae_studio.runs.branching.Ready`, at the end of the queue."""
        self.keeper.add_run(ready.opened.path, ready.config)
        self.noted.emit(f"Added to the queue: {self._counts()}")

    def add_sweep(self, sweep: Sweep) -> None:
        self.keeper.add_runs(sweep.runs)
        self.open()

    def open(self) -> None:
        if self.dialog is None:
            self.dialog = self._made_dialog()
        self._tell()
        self.dialog.tell("")
        self.dialog.open_queue()

    def open_sweep(self, config: RunConfig) -> None:
        """Of these settings."""
        if self.sweep_dialog is None:
            from ae_studio.gui.sweep_dialog import SweepDialog

            self.sweep_dialog = SweepDialog(self._window)
            self.sweep_dialog.runs_added.connect(self.add_sweep)
            self.sweep_dialog.copied.connect(self.noted)
        self.sweep_dialog.open_sweep(config)

    def open_summary(self, tag: str) -> None:
        if self.summary is None:
            self.summary = self._made_summary()
        self.summary.open_summary(tag)

    def find_machine(self) -> None:
        """The engine is there, and knows of GPUs."""
        self.keeper.find_machine()
        if self.dialog is not None:
            self.dialog.show_machine(self.keeper.queue.machine, self.keeper.queue.workers)

    # The window

    def show_possible(self, possible: Possible) -> None:
        """A run of the window's own is in the way of another, and computes beside those of the queue."""
        self._why_not_open, self._beside = possible.why_not_open, not possible.steer
        if self.dialog is not None:
            self.dialog.allow_open(self._why_not_open, beside=self._beside)
        if self.summary is not None:
            self.summary.allow_open(self._why_not_open)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for each in (self.dialog, self.summary):
            if each is not None:
                each.set_theme(theme)

    def may_close(self) -> bool:
        """Asks where runs wait or are trained; ``close_requested`` follows where the answer is yes."""
        from ae_studio.gui.queue_question import QueueQuestion

        if self._agreed or not self.keeper.busy:
            return True
        queue = self.keeper.queue
        question = QueueQuestion(len(queue.at_work), len(queue.waiting), self._window)
        question.close_chosen.connect(self._agree)
        question.copy_chosen.connect(self._copy_and_agree)
        question.stop_chosen.connect(self._stop_and_agree)
        question.open()
        return False

    def close(self) -> None:
        for each in (self.dialog, self.sweep_dialog, self.summary):
            if each is not None:
                each.close()

    def end(self) -> None:
        """What is trained goes on by itself; waits for the thread."""
        self.keeper.end()

    def _agree(self) -> None:
        self._agreed = True
        self.close_requested.emit()

    def _copy_and_agree(self) -> None:
        QGuiApplication.clipboard().setText(command_lines(self.keeper.queue.waiting))
        self._agree()

    def _stop_and_agree(self) -> None:
        self.keeper.stop_all()
        self._agree()

    # What is told

    def _tell(self) -> None:
        queue = self.keeper.queue
        self.counted.emit(len(queue.at_work), len(queue.waiting))
        if self.dialog is not None:
            self.dialog.show_jobs(queue.jobs, paused=queue.paused)

    def _counts(self) -> str:
        return f"{len(self.keeper.queue.at_work)} at work, {len(self.keeper.queue.waiting)} waiting"

    def _follow(self, job: Job) -> None:
        """One has begun or ended: the summary of its sweep is another."""
        if job.over and job.run is not None:
            self.run_ended.emit()
        if job.state == "failed":
            self.noted.emit(f"A run of the queue failed: {job.name}")
        if self.summary is not None and self.summary.isVisible() and self.summary.tag in job.planned.tags:
            self.keeper.read_summary(self.summary.tag)

    def _tell_failure(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.tell(message)
        else:
            self.noted.emit(message)

    def _open_run(self, run: Any) -> None:
        self.open_requested.emit(str(run))

    # The dialogs

    def _made_dialog(self) -> QueueWindow:
        from ae_studio.gui.queue_window import QueueWindow

        dialog, keeper = QueueWindow(self._window), self.keeper
        dialog.set_theme(self._theme)
        dialog.allow_open(self._why_not_open, beside=self._beside)
        dialog.show_machine(keeper.queue.machine, keeper.queue.workers)
        dialog.moved.connect(keeper.move)
        dialog.nudged.connect(keeper.nudge)
        dialog.pause_requested.connect(keeper.pause)
        dialog.stop_requested.connect(keeper.pause_and_stop)
        dialog.resume_requested.connect(keeper.resume)
        dialog.workers_chosen.connect(keeper.set_workers)
        dialog.sweep_requested.connect(self.sweep_wanted)
        row = dialog.actions_row
        row.front_requested.connect(keeper.to_front)
        row.call_off_requested.connect(keeper.call_off)
        row.retry_requested.connect(keeper.retry)
        row.remove_requested.connect(keeper.remove)
        row.open_requested.connect(self._open_run)
        row.summary_requested.connect(self.open_summary)
        keeper.progressed.connect(dialog.show_progress)
        return dialog

    def _made_summary(self) -> SweepSummary:
        from ae_studio.gui.sweep_summary import SweepSummary

        summary = SweepSummary(self._window)
        summary.set_theme(self._theme)
        summary.allow_open(self._why_not_open)
        summary.sweep_chosen.connect(self.keeper.read_summary)
        summary.open_requested.connect(self.open_requested)
        self.keeper.summary_read.connect(summary.show_summary)
        return summary
