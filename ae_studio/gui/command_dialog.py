"""The command that trains with the settings of the form, to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.named import named

HINT = "Trains with exactly these settings. Open run, on its folder, watches it from here while it runs."


class CommandDialog(QDialog):
    """Shows a command; Copy puts it on the clipboard."""

    def __init__(self, command: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("command_dialog")
        self.setWindowTitle("The command of this training")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self._text = named(QPlainTextEdit(command, self, readOnly=True), "command_text")
        self._text.setAccessibleName("Command")
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setFixedHeight(110)
        self._copy_button = named(QPushButton("Copy", self), "copy_command_button")
        self._close_button = named(QPushButton("Close", self), "close_command_button")
        self._copy_button.clicked.connect(self._copy)
        self._close_button.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._copy_button)
        row.addWidget(self._close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(HINT, self, wordWrap=True))
        layout.addWidget(self._text)
        layout.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copy_button.setText("Copied")
