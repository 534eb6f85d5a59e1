from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ae_studio.gui.command_dialog import CommandDialog


def test_copy_puts_the_command_on_the_clipboard(qtbot):
    dialog = CommandDialog("ae-studio train --lr 0.02")
    qtbot.addWidget(dialog)
    button = dialog.findChild(QPushButton, "copy_command_button")
    button.click()
    assert QGuiApplication.clipboard().text() == "ae-studio train --lr 0.02"
    assert button.text() == "Copied"
