"""What is to become of a training when the window is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ae_studio.gui.named import named


class CloseQuestion(QMessageBox):
    """Asked while a training runs; ``apart``: in a process of its own, which can go on without the window.

    Signals:
        stop_chosen(), leave_chosen(): stop it and close; let it run and close. Neither where nothing is to be closed.
    """

    stop_chosen = Signal()
    leave_chosen = Signal()

    def __init__(self, apart: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "close_question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setText("A training runs in its own process." if apart else "A training is running.")
        goes_on = "It can go on without this window; opened again, its run is watched. " if apart else ""
        self.setInformativeText(f"{goes_on}Stop it and close? Everything learned so far is kept in its run folder.")
        stop = self.addButton("Stop and close", QMessageBox.ButtonRole.AcceptRole)
        stop.clicked.connect(self.stop_chosen)
        if apart:
            leave = self.addButton("Let it run and close", QMessageBox.ButtonRole.AcceptRole)
            leave.clicked.connect(self.leave_chosen)
        stay = "Cancel" if apart else "Keep training"
        self.setDefaultButton(self.addButton(stay, QMessageBox.ButtonRole.RejectRole))
