"""What can be done with the runs of the queue that are chosen, and why not the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.buttons import allow, button_beside_list
from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.sweeps.job import Job

NO_JOB = "Choose a run of the list first"


class QueueActions(QWidget):
    """A row of buttons; what cannot be done is disabled, and its tooltip says why.

    Signals:
        nudged(number, by), front_requested(number): earlier, later, the next to begin.
        call_off_requested(numbers), retry_requested(numbers), remove_requested(numbers)
        open_requested(run), summary_requested(tag)
    """

    nudged = Signal(int, int)
    front_requested = Signal(int)
    call_off_requested = Signal(object)
    retry_requested = Signal(object)
    remove_requested = Signal(object)
    open_requested = Signal(object)
    summary_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: list[Job] = []
        self._jobs: Sequence[Job] = ()
        self._flow = FlowLayout(gap=8)
        self._up_button = self._button("queue_up_button", "Up")
        self._down_button = self._button("queue_down_button", "Down")
        self._front_button = self._button("queue_front_button", "Next")
        self._call_off_button = self._button("queue_call_off_button", "Cancel")
        self._retry_button = self._button("queue_retry_button", "Try again")
        self._remove_button = self._button("queue_remove_button", "Clear ended")
        self._summary_button = self._button("queue_summary_button", "Summary")
        self._open_button = self._button("queue_open_button", "Open")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._flow)
        self._connect()

    def _button(self, name: str, text: str) -> QPushButton:
        button = button_beside_list(name, text, self)
        self._flow.addWidget(button)
        return button

    def _connect(self) -> None:
        self._up_button.clicked.connect(lambda: self.nudged.emit(self._chosen[0].number, -1))
        self._down_button.clicked.connect(lambda: self.nudged.emit(self._chosen[0].number, 1))
        self._front_button.clicked.connect(lambda: self.front_requested.emit(self._chosen[0].number))
        self._call_off_button.clicked.connect(lambda: self.call_off_requested.emit(self._numbers()))
        self._retry_button.clicked.connect(lambda: self.retry_requested.emit(self._numbers()))
        self._remove_button.clicked.connect(self._remove_ended)
        self._summary_button.clicked.connect(lambda: self.summary_requested.emit(self._chosen[0].planned.tags[0]))
        self._open_button.clicked.connect(lambda: self.open_requested.emit(self._chosen[0].run))

    # By keys

    def open(self) -> None:
        """Where the button could be pressed."""
        self._open_button.click()

    def call_off(self) -> None:
        self._call_off_button.click()

    # What can be done

    def show_chosen(self, chosen: list[Job], jobs: Sequence[Job], why_not_open: str = "") -> None:
        """Of all ``jobs``; ``why_not_open``: why no run can be shown in the window now."""
        self._chosen, self._jobs = chosen, jobs
        job = chosen[0] if len(chosen) == 1 else None
        one = "" if job else NO_JOB if not chosen else "One run at a time"
        self._allow_moving(job, one)
        self._allow_ending(chosen)
        tagged = one or ("" if job and job.planned.tags else "It belongs to no sweep")
        allow(self._summary_button, tagged, "What its sweep has come to: a plot over the values")
        begun = one or ("" if job and job.run and job.run.exists() else "It has not begun")
        watched = "Show it in the window; one that is trained is watched there (Return)"
        allow(self._open_button, begun or why_not_open, watched)

    def _allow_moving(self, job: Job | None, why_not: str) -> None:
        waiting = [each.number for each in self._jobs if each.state == "waiting"]
        why_not = why_not or ("" if job and job.number in waiting else "Only what waits can be moved")
        first = "It is the next to begin" if job and waiting[:1] == [job.number] else ""
        last = "It is the last" if job and waiting[-1:] == [job.number] else ""
        allow(self._up_button, why_not or first, "Earlier (Alt+Up, or drag it)")
        allow(self._down_button, why_not or last, "Later (Alt+Down, or drag it)")
        allow(self._front_button, why_not or first, "The next to begin")

    def _allow_ending(self, chosen: list[Job]) -> None:
        none = "" if chosen else NO_JOB
        runs = any(job.at_work for job in chosen)
        self._call_off_button.setText("Stop" if runs else "Cancel")
        self._call_off_button.setAccessibleName(self._call_off_button.text())
        how = "What is trained stops at the next batch and is kept; what waits will not begin (Delete)"
        over = "" if any(not job.over and job.state != "stopping" for job in chosen) else "It has ended"
        over = "It is stopping" if over and any(job.state == "stopping" for job in chosen) else over
        allow(self._call_off_button, none or over, how)
        again = any(job.over and job.state != "finished" for job in chosen)
        why_not = none or ("" if again else "Only what failed, was stopped or cancelled can be tried again")
        allow(self._retry_button, why_not, "Behind all that wait; what was stopped goes on in its folder")
        ended = "" if any(job.over for job in self._jobs) else "None has ended"
        allow(self._remove_button, ended, "From this list; the runs themselves stay")

    def _numbers(self) -> list[int]:
        return [job.number for job in self._chosen]

    def _remove_ended(self) -> None:
        self.remove_requested.emit([job.number for job in self._jobs if job.over])
