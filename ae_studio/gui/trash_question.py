"""Whether runs are to be moved to the trash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ae_studio.gui.named import named

NAMED = 3  # names that are told; of more, how many


class TrashQuestion(QMessageBox):
    """Asked before; Cancel is what Return and Escape answer.

    Signals:
        trash_chosen()
    """

    trash_chosen = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "trash_question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Move to trash?")
        self.setIcon(QMessageBox.Icon.Question)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a run's name is no markup
        more = [f"and {len(names) - NAMED:,} more"] if len(names) > NAMED else []
        what = "this run" if len(names) == 1 else f"these {len(names):,} runs"
        self.setText(f"Move {what} to the trash?\n\n" + "\n".join([*names[:NAMED], *more]))
        self.setInformativeText("The whole folder goes: snapshots, looks and notes. The system's trash gives it back.")
        trash = self.addButton("Move to trash", QMessageBox.ButtonRole.AcceptRole)
        trash.clicked.connect(self.trash_chosen)
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
