"""Where a training runs: in this window, in a process of its own, in the queue, or wherever its command is pasted."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.short_box import short_box

WINDOW, PROCESS, QUEUE, COMMAND = "window", "process", "queue", "command"
CHOICES = {WINDOW: "This window", PROCESS: "Own process", QUEUE: "Queue", COMMAND: "Command line"}
GOES_ON = {
    WINDOW: "",
    PROCESS: "It trains in a process of its own, as Run in has it.",
    QUEUE: "It trains when its turn comes in the queue, as Run in has it.",
    COMMAND: "You get the command that trains it, as Run in has it.",
}
HELP = (
    "This window can pause and step a training. Own process goes on when the window is closed, and the window "
    "when the process dies. Queue: likewise, one run after the other. The command line is for another machine: Train "
    "shows the command to copy."
)


class RunIn(QWidget):
    """A choice that is remembered.

    Signals:
        chosen()
        command_requested(): show the command that trains with these settings.
        sweep_requested(): several runs, with several values of a setting.
    """

    chosen = Signal()
    command_requested = Signal()
    sweep_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = short_box("run_in_box", "Run in", 4, self)  # as narrow as the panel is made
        for name, text in CHOICES.items():
            self.box.addItem(text, name)
        self._button = named(QPushButton("Show command", self), "show_command_button")
        self._button.setAccessibleName("Show the command")
        self._button.setToolTip("The command that trains with these settings, to copy")
        self._sweep_button = named(QPushButton("Sweep…", self), "sweep_button")
        self._sweep_button.setAccessibleName("Sweep")
        self._sweep_button.setToolTip("A run for each value of one or two settings, and each seed, in the queue")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addWidget(self._button)
        layout.addWidget(self._sweep_button)
        self.box.setCurrentIndex(max(0, self.box.findData(QSettings().value("run_in", WINDOW))))
        self.box.currentIndexChanged.connect(self._choose)
        self._button.clicked.connect(self.command_requested)
        self._sweep_button.clicked.connect(self.sweep_requested)
        self.lock("")
        self._show_button()

    @property
    def choice(self) -> str:
        return str(self.box.currentData())

    @property
    def where_it_goes_on(self) -> str:
        """Where a run that goes on is trained, in words; empty for this window."""
        return GOES_ON[self.choice]

    def lock(self, reason: str) -> None:
        self.box.setEnabled(not reason)
        self.box.setToolTip(reason or HELP)

    def _choose(self) -> None:
        QSettings().setValue("run_in", self.choice)
        self._show_button()
        self.chosen.emit()

    def _show_button(self) -> None:
        self._button.setVisible(self.choice != WINDOW)
