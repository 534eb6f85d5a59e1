from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout

from ae_studio.gui.buttons import allow, button_beside_list


def test_return_is_left_to_what_has_the_focus(qtbot):
    dialog, pressed = QDialog(), []
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    button = button_beside_list("move_button", "Move", dialog)
    button.clicked.connect(lambda: pressed.append("Move"))
    field = QLineEdit(dialog)
    column.addWidget(button)
    column.addWidget(field)
    dialog.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["Move"]
    assert (button.objectName(), button.accessibleName()) == ("move_button", "Move")


def test_what_cannot_be_done_says_why_and_then_what_it_does(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    allow(button, "Choose a run first", "Show its files")
    assert (button.isEnabled(), button.toolTip()) == (False, "Choose a run first")
    allow(button, "", "Show its files")
    assert (button.isEnabled(), button.toolTip()) == (True, "Show its files")
