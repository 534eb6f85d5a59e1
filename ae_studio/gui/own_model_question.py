"""Whether a Python file may run that has not been run here before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ae_studio.gui.named import named
from ae_studio.models.own_file import Source

SHOWN = 200_000  # characters of a file that can be read in the question


class OwnModelQuestion(QMessageBox):
    """Shows where the file is, and its code behind Show Details; Cancel is what Return and Escape answer.

    Signals:
        run_chosen(): it may run. Nothing where it may not.
    """

    run_chosen = Signal()

    def __init__(self, source: Source, of_a_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "own_model_question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Run this Python file?")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file's name is no markup
        whose = "This run's model is Python code" if of_a_run else "A model of your own is Python code"
        self.setText(f"{whose} that has not been run here before:\n\n{source.path}")
        self.setInformativeText(
            "It will run with your rights: it can read, change and send whatever you can. Run it only if you wrote it "
            "or trust whoever did; its code is under Show Details. "
            + ("Without it the run's codes, pictures and curves are shown, but nothing is decoded." if of_a_run else "")
        )
        self.setDetailedText(source.text[:SHOWN])
        run = self.addButton("Run it", QMessageBox.ButtonRole.AcceptRole)
        run.clicked.connect(self.run_chosen)
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
