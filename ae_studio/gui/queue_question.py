"""What is to become of the queue when the window is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QMessageBox, QWidget

from ae_studio.gui.named import named


class QueueQuestion(QMessageBox):
    """Asked while runs of the queue are trained, or wait.

    Signals:
        close_chosen(): what is trained goes on by itself, what waits is dropped.
        copy_chosen(): likewise, with the commands of what waits on the clipboard.
        stop_chosen(): what is trained is stopped first.
    """

    close_chosen = Signal()
    copy_chosen = Signal()
    stop_chosen = Signal()

    def __init__(self, at_work: int, waiting: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "queue_question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Close with a queue?")
        self.setIcon(QMessageBox.Icon.Question)
        self.setText(f"In the queue {_counts(at_work, waiting)}.")
        told = ["What is trained goes on by itself; its folder can be opened again and watched."] if at_work else []
        told += (
            ["What waits is dropped: nothing is left that would begin it. Its commands can be copied."]
            if waiting
            else []
        )
        self.setInformativeText(" ".join(told))
        self._offer("Close", self.close_chosen)
        if waiting:
            self._offer("Copy commands and close", self.copy_chosen)
        if at_work:
            self._offer("Stop and close", self.stop_chosen)
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)

    def _offer(self, text: str, chosen: SignalInstance) -> None:
        self.addButton(text, QMessageBox.ButtonRole.AcceptRole).clicked.connect(chosen)


def _counts(at_work: int, waiting: int) -> str:
    """``1 run is being trained and 3 wait``"""
    runs = [f"{at_work} run{' is' if at_work == 1 else 's are'} being trained"] if at_work else []
    what = "" if at_work else " run" if waiting == 1 else " runs"
    runs += [f"{waiting}{what} wait{'s' if waiting == 1 else ''}"] if waiting else []
    return " and ".join(runs)
