"""The queue in a window of its own: what waits, what is trained, how far it is; and what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from ae_studio.gui.buttons import allow, button_beside_list
from ae_studio.gui.elided_label import ElidedLabel
from ae_studio.gui.list_or_words import ListOrWords
from ae_studio.gui.message_line import MessageLine
from ae_studio.gui.named import named
from ae_studio.gui.queue_actions import QueueActions
from ae_studio.gui.queue_table import QueueTable
from ae_studio.gui.queue_view import QueueView
from ae_studio.gui.side_window import SideWindow
from ae_studio.gui.theme import Theme
from ae_studio.sweeps.job import Job
from ae_studio.sweeps.machine import Machine

FIRST_SIZE = 900, 480  # pixels
SMALLEST = 600, 300
EMPTY = (
    "Nothing waits. Choose Queue under Run in, and Train puts the settings of the form at the end of this list; "
    "Sweep… puts one run here for each value of a setting.\n\n"
    "Each is trained in a process of its own and kept among the runs."
)


class QueueWindow(SideWindow):
    """Stands beside the window and leaves it free. Alt+Up and Alt+Down move what waits, Delete calls off.

    Signals:
        moved(number, place), nudged(number, by): another order.
        pause_requested(), stop_requested(), resume_requested(): of the whole queue; stop: what is at work, too.
        workers_chosen(count): so many at once.
        sweep_requested()
    """

    moved = Signal(int, int)
    nudged = Signal(int, int)
    pause_requested = Signal()
    stop_requested = Signal()
    resume_requested = Signal()
    workers_chosen = Signal(int)
    sweep_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("queue_window", "Queue", FIRST_SIZE, SMALLEST, parent)
        self._paused, self._beside = False, False
        self._why_not_open = ""
        self.table = QueueTable(self)
        self.view = QueueView(self.table, self)
        self.actions_row = QueueActions(self)
        self._told = named(ElidedLabel(self), "queue_told")
        self._message = MessageLine(self)
        self._workers = named(QSpinBox(self, minimum=1), "queue_workers_box")
        self._workers.setAccessibleName("Runs at once")
        self._workers.lineEdit().setTextMargins(6, 0, 0, 0)
        self._pause_button = button_beside_list("pause_queue_button", "Pause queue", self)
        self._stop_button = button_beside_list("stop_queue_button", "Pause and stop", self)
        self._sweep_button = button_beside_list("queue_sweep_button", "Sweep…", self)
        self._sweep_button.setToolTip("A run for each value of one or two settings of the form")
        self._stack = ListOrWords(self.view, EMPTY, self)
        self._lay_out()
        self._connect()
        self.show_machine(Machine(), 1)
        self.show_jobs(())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._told, 1)
        label = named(QLabel("At once", self), "dim_label")
        label.setBuddy(self._workers)
        for widget in (label, self._workers, self._pause_button, self._stop_button, self._sweep_button):
            top.addWidget(widget)
        self.column.addLayout(top)
        self.column.addWidget(self._message)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.actions_row)

    def _connect(self) -> None:
        self.table.moved.connect(self.moved)
        self.view.nudged.connect(self.nudged)
        self.actions_row.nudged.connect(self.nudged)
        self.view.chosen.connect(self._tell_possible)
        self.view.open_requested.connect(self.actions_row.open)
        self.view.call_off_requested.connect(self.actions_row.call_off)
        self._workers.valueChanged.connect(self.workers_chosen)
        self._pause_button.clicked.connect(self._toggle_pause)
        self._stop_button.clicked.connect(self.stop_requested)
        self._sweep_button.clicked.connect(self.sweep_requested)

    # Comes and goes

    def open_queue(self) -> None:
        """In front of the window, no larger than that."""
        self.come()
        self.view.setFocus()

    # What is shown

    def show_machine(self, machine: Machine, workers: int) -> None:
        with QSignalBlocker(self._workers):
            self._workers.setMaximum(machine.most_workers)
            self._workers.setValue(workers)
        self._workers.setToolTip(
            f"Runs that are trained at the same time, 1 to {machine.most_workers}. Usual here: {machine.why_so_many}. "
            "Those at once share the cores; a change holds from the next run on."
        )

    def show_jobs(self, jobs: Sequence[Job], *, paused: bool = False) -> None:
        self._paused = paused
        self.table.show_jobs(jobs)
        self._stack.show_list(bool(jobs))
        self._pause_button.setText("Resume queue" if paused else "Pause queue")
        self._pause_button.setAccessibleName(self._pause_button.text())
        self._pause_button.setToolTip("Go on with what waits" if paused else "No other begins; those at work go on")
        at_work = any(job.state == "running" for job in jobs)
        how = "No other begins, and those at work stop at the next batch; tried again, they go on"
        allow(self._stop_button, "" if at_work else "Nothing is at work", how)
        self._tell_counts()
        self._tell_possible()

    def show_progress(self, progress: Any) -> None:
        self.table.show_progress(progress)

    def tell(self, message: str) -> None:
        """What went wrong, or was done; empty: nothing."""
        self._message.tell(message)

    def allow_open(self, why_not: str, *, beside: bool) -> None:
        """Whether a run can be shown in the window now; ``beside``: one is trained there, too."""
        self._why_not_open, self._beside = why_not, beside
        self._tell_counts()
        self._tell_possible()

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)
        self.view.set_theme(theme)

    def _tell_counts(self) -> None:
        jobs = self.table.jobs
        at_work = sum(job.at_work for job in jobs)
        waiting = sum(job.state == "waiting" for job in jobs)
        told = f"{at_work} at work, {waiting} waiting" + (", paused" if self._paused else "")
        if self._beside and (at_work or waiting):
            told += "; the window trains beside them, on the same cores"
        self._told.setText(told if jobs else "The queue is empty" + (", and paused" if self._paused else ""))

    def _tell_possible(self) -> None:
        self.actions_row.show_chosen(self.view.selected, self.table.jobs, self._why_not_open)

    def _toggle_pause(self) -> None:
        (self.resume_requested if self._paused else self.pause_requested).emit()
